# SPDX-License-Identifier: GPL-3.0-or-later
"""Videos of the gallery are compared in step; one is chosen, and the others lie behind it until they are unfolded."""
import os
import shutil
import sqlite3
import uuid

from gi.repository import Gio, GLib

from drive import Atspi, main, run, screenshot, wait
from works import Works, card, in_order, same


def shot(name):
    if 'SHOTS' in os.environ:
        screenshot(os.path.join(os.environ['SHOTS'], name + '.png'))


def box(node):
    return node.get_component_iface().get_extents(Atspi.CoordType.WINDOW)


def rows(platform):
    with sqlite3.connect(os.path.join(platform.folder, 'library.db')) as database:
        return dict(database.execute('SELECT prompt, uuid FROM jobs')), dict(database.execute('SELECT prompt, folded FROM jobs'))


def make():
    """Three videos: the first is really made, the second is the same, the third is no video."""
    platform = Works()
    platform.make('One')
    videos = os.path.join(platform.folder, 'videos')
    with sqlite3.connect(os.path.join(platform.folder, 'library.db')) as database:
        database.row_factory = sqlite3.Row
        made = dict(database.execute('SELECT * FROM jobs').fetchone())
        for number, prompt in enumerate(['Two', 'Broken'], 1):
            job = {**made, 'id': made['id'] + number, 'uuid': str(uuid.uuid4()), 'prompt': prompt, 'file': f'{number}.mp4',
                   'task_id': f'task-{number}', 'created': made['created'] + number}
            shutil.copy(os.path.join(videos, made['file']), os.path.join(videos, job['file']))
            database.execute(f'INSERT INTO jobs ({", ".join(job)}) VALUES ({", ".join("?" * len(job))})', list(job.values()))
    with open(os.path.join(videos, '2.mp4'), 'w') as file:
        file.write('no video')
    return platform


def player(name):
    """What the desktop is told of it."""
    return Gio.bus_get_sync(Gio.BusType.SESSION).call_sync(
        'org.mpris.MediaPlayer2.ai.opencomputing.Yuanjing', '/org/mpris/MediaPlayer2', 'org.freedesktop.DBus.Properties', 'Get',
        GLib.Variant('(ss)', ('org.mpris.MediaPlayer2.Player', name)), None, 0, 5000, None).unpack()[0]


def names(app):
    return [name.split(',')[0] for name in in_order(app)]


def full_screen(app):
    """Its own controls and bar go when nobody moves, and come again; what lies below the stage does not come along."""
    app.key('f')
    wait(lambda: not app.search('Show and Hear A'), 'full screen')
    wait(lambda: not app.search('Leave Full Screen') and not app.search('Wipe'), 'controls and bar to go')
    app.key('period', 't')
    wait(lambda: len(app.search(lambda n: n.startswith('Video '))) == 2, 'the two videos')
    shot('compare-full-screen')
    app.key('Tab')
    app.find('Leave Full Screen', 'button')
    app.find('Wipe')
    shot('compare-full-screen-controls')
    app.key('Escape')
    app.find('Show and Hear A')
    x, y = app.rest(app.find('Video A'))
    run('xdotool', 'mousemove', str(x), str(y), 'click', '--repeat', '2', '--delay', '60', '1')
    wait(lambda: not app.search('Show and Hear A'), 'full screen by two clicks')
    app.key('F11')
    app.find('Show and Hear A')
    app.find('Play', 'button')
    app.key('b')


def test_compare():
    platform = make()
    app = platform.open()
    card(app, 'One')
    app.focus()
    run('xdotool', 'mousemove', *map(str, app.rest(card(app, 'One'))), 'keydown', 'ctrl', 'click', '1', 'keyup', 'ctrl')
    app.find('1 selected')
    app.key('ctrl+e')           # one alone cannot be compared
    app.wait_text('Select at least two finished videos')
    app.key('ctrl+a')
    app.find('3 selected')
    app.key('ctrl+e')
    app.find('Show and Hear C', 'toggle button')
    wait(lambda: len(app.search(lambda n: n.startswith('Video '))) == 2, 'the two videos')
    app.wait_text('The file is damaged')
    shot('compare-first')
    app.find('Broken', 'label')
    same('title', player('Metadata')['xesam:title'], 'One · Two · Broken')
    same('status', player('PlaybackStatus'), 'Playing')
    app.click('Pause', 'button')
    app.find('Play', 'button')
    shot('compare-tiles')
    app.key('Home')
    app.find(lambda n: n.startswith('0:00.00'), 'button')
    app.key('period')
    app.find(lambda n: n.startswith('0:00.') and not n.startswith('0:00.00'), 'button')
    app.key('w')
    app.find('Border', 'slider')
    shot('compare-wipe')
    border = app.find('Border', 'slider').get_value_iface()
    before = border.get_current_value()
    app.key('shift+Right')
    wait(lambda: border.get_current_value() > before, 'the border to move')
    app.key('b')
    wait(lambda: not app.search('Border', 'slider'), 'the border to go')
    wait(lambda: len(app.search(lambda n: n.startswith('Video '))) == 1, 'one video')
    app.find('Video B')
    app.key('1')
    app.find('Video A')
    app.key('b')
    app.find('Video B')
    shot('compare-switch')
    full_screen(app)
    app.key('p')
    wait(lambda: names(app) == ['Two'], 'the others to be folded')
    uuids, folded = rows(platform)
    same('folded', folded, {'One': uuids['Two'], 'Two': None, 'Broken': uuids['Two']})
    app.find(lambda n: '2 folded behind it' in n, 'table cell')
    shot('compare-folded')
    app.click('Undo')
    wait(lambda: sorted(names(app)) == ['Broken', 'One', 'Two'], 'all to be back')
    # Once more, and unfolded by the menu of the chosen one.
    app.key('Escape', 'ctrl+a', 'ctrl+e')
    app.click('Choose A, and fold the others behind it', 'button')
    wait(lambda: names(app) == ['One'], 'the others to be folded')
    wait(lambda: app.search(role='table cell'), 'the gallery')
    run('xdotool', 'mousemove', *map(str, app.rest(card(app, 'One'))), 'click', '3')
    wait(lambda: app.search(role='menu item'), 'the menu')
    app.key('n')
    wait(lambda: sorted(names(app)) == ['Broken', 'One', 'Two'], 'all to be unfolded')
    same('folded', set(rows(platform)[1].values()), {None})
    app.end()
    platform.close()


def test_file_away():
    """What has vanished and what is spoilt is fetched once more from its tile, and then compared with the other."""
    platform = make()
    os.remove(os.path.join(platform.folder, 'videos', next(name for name in platform.videos() if len(name) > 5)))
    app = platform.open()
    app.rest(card(app, 'One'))
    app.focus()
    app.key('ctrl+a')           # wherever the focus is
    app.find('3 selected')
    app.key('ctrl+e')
    app.wait_text('The file is not there any more')
    same('to be fetched', len(app.search('Download Again', 'button')), 2)
    app.key('w')
    wait(lambda: not app.search('Download Again'), 'no button where one is over another')
    shot('compare-wipe-away')
    middle = box(app.root.get_child_at_index(0)).width / 2
    words = [box(node) for node in app.search(lambda n: n.startswith('The file is'))]
    assert words and all(it.x + it.width <= middle or it.x >= middle for it in words), f'the border cuts them: {words}'
    app.key('t')
    for left in 1, 0:
        app.click('Download Again', 'button')
        wait(lambda: len(app.search('Download Again', 'button')) == left, 'the button to go')
    wait(lambda: len(app.search(lambda n: n.startswith('Video '))) == 3, 'the three videos')
    shot('compare-fetched')
    app.end()
    platform.close()


main([test_compare, test_file_away])
