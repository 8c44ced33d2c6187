# SPDX-License-Identifier: GPL-3.0-or-later
"""What is done with references that are attached, in a real window: replacing, moving by pointer and keyboard, looking at
them large, using them again."""
import contextlib
import os
import sqlite3
import subprocess
import sys

from creating import FILES, PICTURE, Create, Drag, alone, make_media, paste, references, shot
from drive import Atspi, Platform, attempt, drag, main, run, wait


def test_replace_by_pointer():
    app = references()
    paste(app, FILES['one; 一.png'], FILES['two.jpg'])
    app.says('Reference Images', '2 of 9')
    tile = app.find(lambda n: n.startswith('two.jpg'), role='grouping')
    dragged = Drag(app, 'tiny.jpg')
    dragged.over(tile)
    app.wait_text('Drop to replace')
    shot('references-replace')
    dragged.end()
    wait(lambda: app.tiles('Reference Images') == ['one;', 'tiny.jpg'], 'the picture to be replaced')
    app.click('Undo')
    wait(lambda: app.tiles('Reference Images') == ['one;', 'two.jpg'], 'the picture to come back')
    app.close()


def menu(app, tile, *keys):
    """The menu of a tile and an item in it, by keyboard alone."""
    app.tab_to(lambda n: (n.get_name() or '').startswith(tile) and n.get_role_name() == 'grouping', tile)
    app.key('Menu')
    wait(lambda: app.search(role='menu item'), 'the menu')
    app.key(*keys)
    wait(lambda: not app.search(role='menu item'), 'the menu to be gone')


def choose_in_dialog(app, path, accept='Replace', look=None):
    """GTK's own dialog: a slash begins a path, in an entry that it brings. @look sees the dialog before."""
    def others():
        # It fails when a window goes while it looks.
        found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(app.process.pid)], text=True, capture_output=True)
        return found.stdout and [window for window in found.stdout.split() if window != app.window]

    def entry():
        return app.search(role='text', where=lambda n: n.get_state_set().contains(Atspi.StateType.FOCUSED)
                          and n.get_editable_text_iface() is not None and app.text(n).startswith('/'), within=dialog)

    def asked_for():
        run('xdotool', 'windowactivate', '--sync', others()[-1], 'key', '--clearmodifiers', 'slash')
        return attempt(entry, 'the entry')

    wait(others, 'the file chooser')
    dialog = app.find(role='button', name=accept).get_parent()
    while dialog.get_parent() and dialog.get_parent().get_role_name() != 'application':
        dialog = dialog.get_parent()
    if look:
        look(dialog)
    written = wait(asked_for, 'the entry for a path')[0]
    written.get_editable_text_iface().set_text_contents(path)
    wait(lambda: app.text(written) == path, 'the path')
    app.click(accept, 'button')
    wait(lambda: others() == [], 'the file chooser to go')


def test_replace_by_chooser():
    app = references()
    paste(app, FILES['one; 一.png'], FILES['two.jpg'])
    app.says('Reference Images', '2 of 9')
    menu(app, 'one;', 'p')
    choose_in_dialog(app, PICTURE)
    wait(lambda: app.tiles('Reference Images') == ['moon-lake.jpg', 'two.jpg'], 'the picture to be replaced')
    app.click('Undo')
    wait(lambda: app.tiles('Reference Images') == ['one;', 'two.jpg'], 'the picture to come back')
    app.close()


def test_choose_by_key():
    """Ctrl+O chooses files, at first of those that the model takes; each goes to where its kind belongs."""
    app = references()

    def filters(dialog):
        shot('references-chooser')
        app.find('Files the Model Takes', within=dialog)
    app.focus()
    app.key('ctrl+o')
    choose_in_dialog(app, FILES['clip.mp4'], 'Add')
    app.says('Reference Videos', '1 of 3')
    app.key('ctrl+o')
    choose_in_dialog(app, FILES['one; 一.png'], 'Add', filters)
    app.says('Reference Images', '1 of 9')
    app.end()


def test_between_slots():
    """To the place of the last frame by the menu, back by the pointer; two of them change places."""
    app = Create()
    app.click('Image to Video')
    app.tab_to(lambda n: n.get_name() == 'Model', 'the model')
    app.key('space')
    app.find(lambda n: 'Vidu' in n)
    app.key('Down', 'Down', 'Down', 'Return')
    app.find('Last Frame')
    paste(app, FILES['two.jpg'])
    wait(lambda: app.tiles('First Frame') == ['two.jpg'], 'the picture')
    menu(app, 'two.jpg', 'Up', 'Up', 'Up', 'Up', 'Return')     # Remove, Replace, Set Aside, Move to Last Frame
    wait(lambda: app.tiles('Last Frame') == ['two.jpg'] and not app.tiles('First Frame'), 'the picture to move')
    wait(lambda: app.is_focused('two.jpg'), 'the focus to follow')
    drag(app.rest(app.find(lambda n: n.startswith('two.jpg'), role='grouping')),
         app.rest(app.find('Choose or drop a picture: First Frame')))
    wait(lambda: app.tiles('First Frame') == ['two.jpg'] and not app.tiles('Last Frame'), 'the picture to come back')
    paste(app, FILES['one; 一.png'])
    wait(lambda: app.tiles('Last Frame') == ['one;'], 'the second picture')
    drag(app.rest(app.find(lambda n: n.startswith('two.jpg'), role='grouping')),
         app.rest(app.find(lambda n: n.startswith('one;'), role='grouping')))
    wait(lambda: app.tiles('Last Frame') == ['two.jpg'] and app.tiles('First Frame') == ['one;'], 'both to change places')
    app.close()


def percent(app, dialog):
    return int(app.find(lambda n: n.endswith('%'), role='label', within=dialog).get_name().strip('%'))


def look_closely(app, dialog):
    """By keys, buttons, the wheel and a double click; never smaller than all of it."""
    whole = wait(lambda: percent(app, dialog), 'how large it is')
    app.key('plus')
    wait(lambda: percent(app, dialog) > whole, 'the picture to grow')
    app.key('ctrl+1')
    wait(lambda: percent(app, dialog) == 100, 'its own size')
    app.key('0')
    wait(lambda: percent(app, dialog) == whole, 'all of it')
    app.key('minus')
    picture = app.find('one; 一.png', role='image', within=dialog)
    run('xdotool', 'mousemove', *map(str, app.rest(picture)), 'click', '--repeat', '10', '4')
    wait(lambda: percent(app, dialog) > 2 * whole, 'the wheel to bring it closer')
    shot('references-closer')

    def double_click():
        """Where the two come too far apart they are two clicks, which do nothing."""
        run('xdotool', 'click', '--repeat', '2', '--delay', '80', '1')
        return attempt(lambda: percent(app, dialog) == whole, 'all of it')
    wait(double_click, 'a double click to show all of it')


def test_preview():
    app = references()
    paste(app, FILES['one; 一.png'], FILES['clip.mp4'], FILES['sound.mp3'])
    app.says('Reference Audio', '1 of 3')
    for name, what in (('one;', None), ('clip.mp4', 'Play'), ('sound.mp3', 'Play')):
        app.tab_to(lambda n, name=name: (n.get_name() or '').startswith(name) and n.get_role_name() == 'grouping', name)
        app.key('space')
        dialog = app.find(lambda n, name=name: n.startswith(name), role='dialog')
        if what is None:
            wait(lambda: app.search(role='image', within=dialog,
                                    where=lambda n: n.get_component_iface().get_extents(Atspi.CoordType.WINDOW).height > 300),
                 'the picture')
            look_closely(app, dialog)
        else:
            app.find(what, role='button', within=dialog)
            slider = app.find('Seek', role='slider', within=dialog)
            app.key('space')
            wait(lambda: Atspi.Value.get_current_value(slider.get_value_iface()) > 0.2, f'{name} to play')
        shot(f'references-preview-{name.strip(";")}')
        app.key('Escape')
        wait(lambda: not app.search(role='dialog'), 'the dialog to go')
        # where one was, one is again
        wait(lambda name=name: app.is_focused(name), 'the focus to come back')
    app.close()


def test_used_before():
    """A picture of two jobs is one, told so, found by what was noted about it, and attached again."""
    with Platform() as platform:
        run(os.environ['YUANJING_MAKE_JOBS'], '--picture', PICTURE, 'The moon', 'The lake', env={**os.environ, **platform.env})
    app = Create(platform.folder)
    app.click('Image to Video')

    app.click('Reuse')
    app.find(lambda n: 'moon-lake.jpg' in n and 'used in 2 jobs' in n, role='list item')
    shot('references-used')
    app.click('Name and Note of moon-lake.jpg')
    app.find('Note')
    app.key('Tab')
    app.type('by the lake at which the moon comes up')
    app.key('Return')
    app.wait_text('by the lake')
    app.resize(360, 640)

    def get_height(text):
        label = app.find(lambda n: text in n, role='label')
        return label.get_component_iface().get_extents(Atspi.CoordType.WINDOW).height
    wait(lambda: get_height('by the lake') > get_height('used in 2 jobs') * 1.5, 'the note to take two lines, and no dots')
    app.resize(1080, 720)
    app.set_text('Search References', 'LAKE')
    app.find(lambda n: 'by the lake' in n, role='list item')
    app.set_text('Search References', 'sea')
    app.wait_text('Nothing Found')
    app.set_text('Search References', 'by the')
    app.find(lambda n: 'by the lake' in n, role='list item')
    app.tab_to(lambda n: n.get_name() == 'Search References', 'the search')
    app.key('Return')
    app.says('First Frame', '1280 × 720')
    assert app.tiles('First Frame') == ['moon-lake.jpg'], app.tiles('First Frame')
    app.close()


def test_let_go():
    """One that no job uses any more leaves the list as soon as it has neither name nor note."""
    with Platform() as platform:
        run(os.environ['YUANJING_MAKE_JOBS'], '--picture', PICTURE, 'The moon', env={**os.environ, **platform.env})
    app = Create(platform.folder)
    app.click('Image to Video')

    def reuse():
        app.click('Reuse')
        app.find('Search References')

    def note(text):
        app.click('Name and Note of moon-lake.jpg')
        app.find('Note')
        app.key('Tab', 'ctrl+a', 'Delete')
        app.type(text)
        app.key('Return')
    reuse()
    note('by night')
    app.wait_text('by night')
    app.key('Escape')
    wait(lambda: not app.search('Search References'), 'the dialog to go')
    with contextlib.closing(sqlite3.connect(os.path.join(platform.folder, 'library.db'), timeout=30)) as db, db:
        db.execute('DELETE FROM jobs')
    reuse()
    app.find(lambda n: n.startswith('moon-lake.jpg') and 'by night' in n and 'used in' not in n, role='list item')
    app.click('Name and Note of moon-lake.jpg')
    app.wait_text('Clear both to let it go.')
    shot('references-let-go')
    app.key('Escape')
    wait(lambda: not app.search('Note'), 'the dialog to go')
    note(' ')
    app.wait_text('Nothing Used Yet')
    wait(lambda: app.is_focused('Search References'), 'the focus to stay in the dialog')
    app.close()


if __name__ == '__main__':
    FILES.update(make_media())
    tests = [test_replace_by_pointer, test_replace_by_chooser, test_choose_by_key, test_between_slots, test_preview, test_used_before,
             test_let_go]
    main([alone(test) for test in tests if len(sys.argv) < 2 or sys.argv[1] in test.__name__])
