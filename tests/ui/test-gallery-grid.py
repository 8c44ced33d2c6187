# SPDX-License-Identifier: GPL-3.0-or-later
"""The gallery's grid: filters and order, selecting, favourites, tags, the trash, playing below the pointer."""
import os
import subprocess

from drive import main, run, screenshot, wait
from works import PICTURE, PROMPT, Works, card, choose_folder, in_order, menu, same


def test_filters():
    platform = Works()
    platform.make('Waves at night')
    platform.make('--picture', PICTURE, PROMPT)
    app = platform.open()
    card(app, 'Waves')
    app.focus()
    app.click('Filters', 'toggle button')
    app.find('Made From', 'combo box')
    # State, mode, model, then what it is made from: the second of the choices below "Any".
    app.key('Tab', 'Tab', 'Tab', 'space')
    app.find('Pictures', 'label')
    app.key('Down', 'Down', 'Return')
    wait(lambda: not app.search(lambda n: n.startswith('Waves'), 'table cell'), 'what has no picture to go')
    app.key('Escape')
    card(app, PROMPT)
    app.wait_text('1 of 2 videos')
    app.click('Remove Filter: Pictures')
    card(app, 'Waves')
    wait(lambda: not app.search('Clear', 'button'), 'the filters to go')
    names = in_order(app)
    menu(app, 'o')
    wait(lambda: in_order(app) == names[::-1], 'the oldest first')
    app.end()
    platform.close()


def test_several():
    platform = Works()
    platform.make('One', 'Two', 'Three')
    app = platform.open()
    card(app, 'Three')
    app.find('Today', 'heading')
    app.focus()
    run('xdotool', 'mousemove', *map(str, app.rest(card(app, 'Three'))), 'keydown', 'ctrl', 'click', '1', 'keyup', 'ctrl')
    app.find('1 selected')
    app.key('End', 'space')
    app.find('2 selected')
    app.key('ctrl+d')
    wait(lambda: len(app.search(lambda n: 'Favorite' in n, 'table cell')) == 2, 'two favorites')
    app.key('ctrl+t')
    app.find('New Tag')
    app.type('Sea')
    app.key('Return')
    wait(lambda: len(app.search(lambda n: n.endswith('Sea'), 'table cell', showing=False)) == 2, 'two with the tag')
    same('to be applied', app.search('Apply', 'button'), [])
    app.click('Rename Tag', 'button')
    app.find('New Name')
    app.key('ctrl+a')
    app.type('Lake')
    app.key('Return')
    wait(lambda: len(app.search(lambda n: n.endswith('Lake'), 'table cell', showing=False)) == 2, 'the tag to be renamed')
    app.key('Escape')
    wait(lambda: not app.search('New Tag'), 'the dialog to go')
    app.key('Delete')
    wait(lambda: [n.split(',')[0] for n in in_order(app)] == ['Two'], 'one to be left')
    app.click('Undo')
    wait(lambda: [n.split(',')[0] for n in in_order(app)] == ['Three', 'Two', 'One'], 'all three in their places')
    app.key('ctrl+a')
    app.find('3 selected')
    folder = os.path.join(os.environ['W'], 'saved')
    os.mkdir(folder)
    with open(os.path.join(folder, 'Two.mp4'), 'w') as f:
        f.write('mine')
    app.click('Save All', 'button')
    choose_folder(app, 'Save All', 'Select', folder)
    app.wait_text('3 videos saved')
    same('saved', {name: os.path.getsize(os.path.join(folder, name)) > 10000 for name in os.listdir(folder)},
         {'One.mp4': True, 'Two.mp4': False, 'Two (2).mp4': True, 'Three.mp4': True})
    app.focus()
    app.key('Escape')
    wait(lambda: not app.search('3 selected'), 'the selection to go')
    app.key('Delete')
    wait(lambda: len(app.search(role='table cell')) == 2, 'the card in focus to go')
    menu(app, 't')
    app.click('Restore')
    wait(lambda: len(app.search(role='table cell', showing=False)) == 3, 'the video to be back')
    app.key('Escape')
    app.end()
    same('videos', len(platform.videos()), 3)
    platform.close()


def test_preview():
    platform = Works()
    platform.make(PROMPT)
    # Where animations are off nothing plays by itself.
    with open(os.path.join(os.environ['HOME'], '.config', 'gtk-4.0', 'settings.ini'), 'a') as f:
        f.write('gtk-enable-animations=true\n')
    app = platform.open()
    x, y = app.rest(card(app, PROMPT))
    kept, now = (os.path.join(os.environ['W'], name) for name in ('poster.png', 'now.png'))

    def look(path=now):
        """The middle of the poster; how many colours it has."""
        screenshot(path)
        run('mogrify', '-crop', f'120x60+{x - 60}+{y - 60}', '+repage', path)
        return int(run('identify', '-format', '%k', path))

    def changed():
        """How many of its 7200 pixels are not as before; some are rounded otherwise when only a part is drawn again."""
        look()
        done = subprocess.run(['compare', '-metric', 'AE', '-fuzz', '4%', kept, now, 'null:'], text=True, capture_output=True)
        return float(done.stderr.split()[0])
    wait(lambda: look(kept) > 50, 'the poster')
    run('xdotool', 'mousemove', str(x), str(y - 30))
    wait(lambda: changed() > 500, 'the video to play below the pointer')
    run('xdotool', 'mousemove', '5', '5')
    wait(lambda: changed() < 100, 'the poster, once the pointer is away')
    app.end()
    platform.close()


main([test_filters, test_several, test_preview])
