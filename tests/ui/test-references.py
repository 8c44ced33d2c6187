# SPDX-License-Identifier: GPL-3.0-or-later
"""The references of the Create place in a real window: what is no file, or a bad one, is told in a sentence of its own;
folders, and very many."""
import os
import socket
import sys
import threading
import time

from gi.repository import Gio

from creating import FILES, W, alone, make_media, paste, references, shot
from drive import main, run, wait


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


def menu(app, tile, *keys):
    """The menu of a tile and an item in it, by keyboard alone."""
    app.tab_to(lambda n: (n.get_name() or '').startswith(tile) and n.get_role_name() == 'grouping', tile)
    app.key('Menu')
    wait(lambda: app.search(role='menu item'), 'the menu')
    app.key(*keys)
    wait(lambda: not app.search(role='menu item'), 'the menu to be gone')


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

    # one more by hand is set aside; another one set aside makes room for it
    paste(app, FILES['two.jpg'])
    app.wait_text('“two.jpg” was set aside. Reference Images is full: it takes at most 9.')
    shot('references-tenth')
    app.tab_to(lambda n: (n.get_name() or '').startswith('two.jpg') and n.get_role_name() == 'grouping', 'what is set aside')
    app.key('Menu')
    # Look at It, Open, Remove: no way to where there is no room
    wait(lambda: len(app.search(role='menu item')) == 3, 'a menu of three')
    app.key('Escape')
    wait(lambda: not app.search(role='menu item'), 'the menu to be gone')
    menu(app, 'm05.jpg', 'n')
    app.find('Mention: m05.jpg, sent as [Image 9]')
    menu(app, 'm05.jpg', 's')
    app.says('Reference Images', '8 of 9')
    app.find('Mention: “m05” is set aside, and not sent')
    assert app.is_focused('m05.jpg'), 'the focus went elsewhere'
    menu(app, 'two.jpg', 'Up', 'Up', 'Return')
    app.says('Reference Images', '9 of 9')
    assert app.tiles('Reference Images')[8] == 'two.jpg', app.tiles('Reference Images')
    app.find('Mention: “m05” is set aside: there is no room for it')
    shot('references-aside')

    # where there is no room for pictures, a bad file is told like any other, and other kinds have theirs
    paste(app, bad('words.png'), FILES['note.txt'], FILES['clip.mp4'])
    app.says('Reference Videos', '1 of 3')
    app.wait_text(f'“words.png” was not added. {SENTENCES["words.png"]}')
    app.wait_text('“note.txt” was not added. ')
    app.close()


def test_twice_the_same():
    """One picture under two names is told, and one click takes one of them out; another one there is no twin any more."""
    twin = run_copy(FILES['two.jpg'], os.path.join(W, 'twin.jpg'))
    app = references()
    app.drop('Reference Images', 'two.jpg', twin)
    app.says('Reference Images', '“twin.jpg” is the same picture as “two.jpg”.')
    app.click('Remove “twin.jpg”', 'button')
    wait(lambda: app.tiles('Reference Images') == ['two.jpg'], 'one of them to go')
    assert 'is the same picture' not in app.all_text(), 'a picture without a twin is told to have one'
    app.click('Undo', 'button')
    app.says('Reference Images', '“twin.jpg” is the same picture as “two.jpg”.')
    run_copy(FILES['tiny.jpg'], twin)
    wait(lambda: 'is the same picture' not in app.all_text(), 'another picture under the name to be seen')
    app.end()


def make_types():
    """A file of each type that can be made here."""
    video, sound = 'videotestsrc num-buffers=60 ! video/x-raw,width=640,height=480', 'audiotestsrc num-buffers=200 ! audioconvert'
    pipes = {'clip.webm': f'{video} ! vp8enc deadline=1 ! webmmux', 'clip.mkv': f'{video} ! x264enc tune=zerolatency ! matroskamux',
             'clip.ogv': f'{video} ! theoraenc ! oggmux', 'sound.flac': f'{sound} ! flacenc', 'sound.ogg': f'{sound} ! vorbisenc ! oggmux',
             'sound.m4a': f'{sound} ! avenc_aac ! mp4mux'}
    os.makedirs(bad('types'))
    for name in ('picture.bmp', 'picture.tiff', 'picture.gif', 'picture.webp'):
        run('convert', '-size', '640x480', 'gradient:red-blue', bad(f'types/{name}'))
    for name, pipe in pipes.items():
        run('gst-launch-1.0', '-q', *pipe.split(), '!', 'filesink', f'location={bad(f"types/{name}")}')
    return [bad(f'types/{name}') for name in os.listdir(bad('types'))]


def test_types_of_the_desktop():
    """What the app takes is what the desktop offers it for: as a file manager calls each of these, it is in the list."""
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'data', 'ai.opencomputing.Yuanjing.desktop.in')) as f:
        listed = next(line for line in f if line.startswith('MimeType=')).strip().removeprefix('MimeType=').rstrip(';').split(';')
    made = make_types()
    for path in made + [FILES[name] for name in ('one; 一.png', 'two.jpg', 'clip.mp4', 'sound.mp3')]:
        info = Gio.File.new_for_path(path).query_info('standard::content-type', Gio.FileQueryInfoFlags.NONE)
        assert any(Gio.content_type_equals(info.get_content_type(), kind) for kind in listed), (path, info.get_content_type())
    app = references()
    paste(app, *made)
    app.says('Reference Images', f'{sum("picture" in path for path in made)} of 9')
    app.says('Reference Videos', '3 of 3')
    app.says('Reference Audio', '3 of 3')
    assert not app.search(lambda n: 'not added' in n), 'one of them is not taken'
    app.end()


if __name__ == '__main__':
    FILES.update(make_media())
    make_bad()
    tests = [test_each_its_sentence, test_growing, test_folder_and_many, test_twice_the_same,
             test_types_of_the_desktop]
    main([alone(test) for test in tests if len(sys.argv) < 2 or sys.argv[1] in test.__name__])
