# SPDX-License-Identifier: GPL-3.0-or-later
"""The references of the Create place in a real window: what is no file, or a bad one, is told in a sentence of its own;
folders; replacing, moving, looking at them large; using them again."""
import os
import socket
import subprocess
import sys
import threading
import time

from creating import FILES, MEDIA, PICTURE, W, Create, Drag, alone, make_media, shot
from drive import Atspi, Platform, main, run, wait


def bad(name):
    return os.path.join(W, 'bad', name)


def make_bad():
    os.makedirs(bad('empty folder'))
    os.makedirs(bad('album/inner'))
    for i in range(3):
        run('convert', '-size', f'{600 + i}x400', 'gradient:red-blue', bad(f'album/{i + 1}.jpg'))
    with open(bad('album/read me.txt'), 'w') as f:
        f.write('no picture')
    os.mkfifo(bad('pipe.png'))
    os.symlink('/dev/zero', bad('endless.png'))
    os.symlink('/nowhere/at/all.png', bad('dangling.png'))
    open(bad('empty.png'), 'w').close()
    with open(bad('words.png'), 'w') as f:
        f.write('these are words, whatever the name says')
    os.rename(run_copy(FILES['clip.mp4'], bad('clip')), bad('clip really.jpg'))
    with open(FILES['one; 一.png'], 'rb') as whole, open(bad('half.png'), 'wb') as half:
        half.write(whole.read()[:700])
    with socket.socket(socket.AF_UNIX) as s:
        s.bind(bad('socket.png'))


def run_copy(source, target):
    run('cp', source, target)
    return target


def references():
    app = Create()
    app.click('References to Video')
    app.group('Reference Images')
    return app


def paste(app, *paths):
    """As a file manager copies them."""
    text = ''.join(f'file://{p.replace(" ", "%20")}\r\n' for p in paths)
    subprocess.run(['xclip', '-selection', 'clipboard', '-t', 'text/uri-list', '-i'], input=text, text=True, check=True)
    app.focus()
    app.click('Paste')


SENTENCES = {
    'empty folder': 'This folder holds no pictures, videos or sounds.',
    'pipe.png': 'It is a pipe between programs, and no file.',
    'endless.png': 'It is a device, and no file.',
    'socket.png': 'It is a socket of a program, and no file.',
    'dangling.png': 'It is a link to something that is not there any more.',
    'gone.png': 'It is not there any more.',
    'empty.png': 'The file is empty.',
    'words.png': 'What is in it is not what its name says',
    'half.png': 'it seems that it is still being written',
}


def test_each_its_sentence():
    app = references()
    for name, sentence in SENTENCES.items():
        if name == 'half.png':
            os.utime(bad(name))
        paste(app, bad(name))
        app.wait_text(f'“{name}” was not added. ', 20)
        app.wait_text(sentence, 5)
    # what lies about its kind only is taken for what it is, and that is told
    paste(app, bad('clip really.jpg'))
    app.says('Reference Videos', '1 of 3')
    app.wait_text('“clip really.jpg” is a video, whatever its name says.')
    shot('references-lie')
    app.close()


def test_growing():
    """A file that changes while it is looked at is told as such, and taken when it is whole."""
    app = references()
    growing = bad('growing.mp4')
    with open(FILES['clip.mp4'], 'rb') as f:
        whole = f.read()
    stop = threading.Event()

    def write():
        with open(growing, 'wb', buffering=0) as f:
            f.write(whole[:3000])
            while not stop.is_set():
                f.write(b'\0' * 16)
                time.sleep(0.002)
    writer = threading.Thread(target=write)
    writer.start()
    try:
        wait(lambda: os.path.exists(growing) and os.path.getsize(growing) > 3000, 'the beginning of the file')
        paste(app, growing)
        app.wait_text('still being written', 20)
    finally:
        stop.set()
        writer.join()
    with open(growing, 'wb') as f:
        f.write(whole)
    paste(app, growing)
    app.says('Reference Videos', '1 of 3')
    app.close()


def test_folder_and_many():
    app = references()
    paste(app, bad('album'))
    app.says('Reference Images', '3 of 9')
    assert app.tiles('Reference Images') == ['1.jpg', '2.jpg', '3.jpg'], app.tiles('Reference Images')

    # too many: those that fit, and one line for all others
    many = []
    for i in range(20):
        many.append(os.path.join(W, f'm{i:02}.jpg'))
        run('convert', '-size', '640x480', f'xc:rgb({i * 10},0,0)', many[-1])
    paste(app, *many)
    app.says('Reference Images', '9 of 9')
    app.wait_text('14 files were not added. Reference Images is full: it takes at most 9.')
    assert app.tiles('Reference Images')[3:] == [f'm{i:02}.jpg' for i in range(6)], app.tiles('Reference Images')
    shot('references-many')
    app.close()


def test_replace_and_move():
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
    run('xdotool', 'mousemove', *map(str, app.place(picture)), 'click', '--repeat', '10', '4')
    wait(lambda: percent(app, dialog) > 2 * whole, 'the wheel to bring it closer')
    shot('references-closer')
    run('xdotool', 'click', '--repeat', '2', '--delay', '80', '1')
    wait(lambda: percent(app, dialog) == whole, 'a double click to show all of it')


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
        wait(lambda name=name: (app.focused().get_name() or '').startswith(name), 'the focus to come back')
    app.close()


def test_used_before():
    """A picture of two jobs is one, told so, found by what was noted about it, and attached again."""
    with Platform() as platform:
        run(os.environ['YUANJING_MAKE_JOBS'], '--picture', PICTURE, 'The moon', 'The lake', env={**os.environ, **platform.env})
    app = Create(platform.folder)
    app.click('Image to Video')

    app.click('Used Before')
    app.find(lambda n: 'moon-lake.jpg' in n and 'used in 2 jobs' in n, role='list item')
    shot('references-used')
    app.click('Name and Note of moon-lake.jpg')
    app.set_text('Note', 'by the lake')
    app.click('Save')
    app.wait_text('by the lake')
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


if __name__ == '__main__':
    FILES.update(make_media())
    make_bad()
    tests = [test_each_its_sentence, test_growing, test_folder_and_many, test_replace_and_move, test_preview, test_used_before]
    main([alone(test) for test in tests if len(sys.argv) < 2 or sys.argv[1] in test.__name__])
