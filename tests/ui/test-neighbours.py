# SPDX-License-Identifier: GPL-3.0-or-later
"""What other programs give: files from a real file manager (Nautilus), by pointer and by keyboard, and a picture from a
real browser (Chromium). What is not there is skipped with a word why."""
import http.server
import os
import subprocess
import sys
import time

from creating import W, Create, alone, shot
from drive import Atspi, drag, main, run, wait
from programs import Browser, Files, with_programs

KINDS = {'pictures': ['a.png', 'b.jpg', 'c.webp', 'd.png', 'e.jpg', 'f.png'], 'videos': ['g.mp4', 'h.mp4', 'i.mp4'],
         'sounds': ['j.mp3', 'k.mp3', 'l.mp3']}


def make_mixed(folder):
    """Twelve files of three kinds; one of them lies about its kind."""
    os.makedirs(folder)
    for i, name in enumerate(KINDS['pictures']):
        run('convert', '-size', f'{800 + 10 * i}x600', 'gradient:red-blue', os.path.join(folder, name))
    for i, name in enumerate(KINDS['videos']):
        run('gst-launch-1.0', '-q', 'videotestsrc', f'num-buffers={60 + 10 * i}', '!', 'video/x-raw,width=1280,height=720,framerate=25/1',
            '!', 'x264enc', 'tune=zerolatency', '!', 'h264parse', '!', 'mp4mux', '!', 'filesink', f'location={os.path.join(folder, name)}')
    for i, name in enumerate(KINDS['sounds']):
        run('gst-launch-1.0', '-q', 'audiotestsrc', f'num-buffers={150 + 20 * i}', '!', 'audioconvert', '!', 'lamemp3enc', '!',
            'filesink', f'location={os.path.join(folder, name)}')


class Page(http.server.SimpleHTTPRequestHandler):
    """One picture over the whole page, inside a link to something else."""

    def do_GET(self):
        if self.path.startswith('/the%20picture.png?'):
            kind, body = 'image/png', open(PICTURE, 'rb').read()
        elif self.path == '/':
            kind = 'text/html'
            body = (b'<style>img { position: fixed; left: 0; top: 0; width: 100%; height: 100% }</style>'
                    b'<a href="/other"><img src="the%20picture.png?a=1&amp;b=2"></a>')
        else:
            kind, body = 'text/html', b'<p>no picture</p>'
        self.send_response(200)
        self.send_header('Content-Type', kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def browse():
    browser = Browser(Page)
    browser.wait_color(250, 300, '0 128 0')
    return browser


def create(env=None):
    app = Create(env=env)
    app.focus()
    run('xdotool', 'windowmove', app.window, '640', '0')
    app.resize(940, 860)
    app.click('References to Video')
    app.group('Reference Images')
    return app


def test_one_file_by_pointer():
    app = create()
    files = Files(MIXED)
    start = files.place(files.item('a.png'))
    drag(start, app.rest(app.find('Choose or drop a picture: Reference Images')))
    app.says('Reference Images', '1 of 9')
    app.says('Reference Images', '800 × 600')
    files.kill()
    app.close()


def test_twelve_mixed_files_by_pointer():
    app = create()
    files = Files(MIXED)
    start = files.place(files.item('a.png'))
    files.focus()
    files.key('ctrl+a')
    wait(lambda: len(files.search(role='table cell', where=lambda n: n.get_state_set().contains(Atspi.StateType.SELECTED))) == 12,
         'twelve selected files')
    # aimed at one slot: each kind goes to its own
    drag(start, app.rest(app.find('Choose or drop a picture: Reference Images')))
    all_are_there(app)
    shot('neighbours-twelve')
    files.kill()
    app.close()


def all_are_there(app):
    app.says('Reference Images', '6 of 9')
    app.says('Reference Videos', '3 of 3')
    app.says('Reference Audio', '3 of 3')
    # in the order in which the file manager gives them, which is its own affair
    for slot, kind in (('Reference Images', 'pictures'), ('Reference Videos', 'videos'), ('Reference Audio', 'sounds')):
        assert sorted(app.tiles(slot)) == KINDS[kind], app.tiles(slot)


def test_twelve_mixed_files_by_keyboard():
    app = create()
    files = Files(MIXED)
    files.item('a.png')
    files.focus()
    files.key('ctrl+a')
    wait(lambda: len(files.search(role='table cell', where=lambda n: n.get_state_set().contains(Atspi.StateType.SELECTED))) == 12,
         'twelve selected files')
    files.key('ctrl+c')
    app.tab_to(lambda n: n.get_name() == 'Paste', 'Paste')
    app.key('ctrl+v')
    all_are_there(app)
    files.kill()
    app.close()


def test_one_file_by_keyboard():
    app = create()
    files = Files(MIXED)
    files.item('a.png')
    files.focus()
    files.key('Home')
    files.key('ctrl+c')
    app.tab_to(lambda n: n.get_name() == 'Paste', 'Paste')
    app.key('Return')
    app.says('Reference Images', '1 of 9')
    app.says('Reference Images', '800 × 600')
    files.kill()
    app.close()


def test_picture_of_a_page_by_pointer():
    # Chromium sends a position after the drop, of which GDK's X11 side complains critically.
    app = create({'G_DEBUG': ''})
    browser = browse()
    drag((250, 300), app.rest(app.find('Choose or drop a picture: Reference Images')))
    app.says('Reference Images', '1 of 9')
    app.says('Reference Images', '640 × 480')
    app.says('Reference Images', 'the-picture.png')
    shot('neighbours-browser')
    browser.close()
    app.close()


def test_picture_of_a_page_by_keyboard():
    app = create()
    browser = browse()

    def copied():
        """All of the page, by the browser's own keys; again until it has been heard."""
        run('xdotool', 'windowactivate', '--sync', browser.window)
        run('xdotool', 'key', '--delay', '100', 'ctrl+a', 'ctrl+c')
        time.sleep(0.5)
        return 'text/html' in subprocess.run(['xclip', '-o', '-selection', 'clipboard', '-t', 'TARGETS'], capture_output=True,
                                             text=True, timeout=10).stdout
    wait(copied, 'the copy', 20)
    app.tab_to(lambda n: n.get_name() == 'Paste', 'Paste')
    app.key('Return')
    app.says('Reference Images', '1 of 9')
    app.says('Reference Images', '640 × 480')
    browser.close()
    app.close()


MIXED = os.path.join(W, 'mixed')
PICTURE = os.path.join(W, 'page.png')

if __name__ == '__main__':
    tests = with_programs(nautilus=[test_one_file_by_pointer, test_one_file_by_keyboard, test_twelve_mixed_files_by_pointer,
                                    test_twelve_mixed_files_by_keyboard],
                          chromium=[test_picture_of_a_page_by_pointer, test_picture_of_a_page_by_keyboard])
    tests = [alone(test) for test in tests if len(sys.argv) < 2 or sys.argv[1] in test.__name__]
    if not tests:
        print('1..0 # SKIP neither nautilus nor chromium is here')
        sys.exit(0)
    make_mixed(MIXED)
    run('convert', '-size', '640x480', 'xc:rgb(0,128,0)', PICTURE)
    main(tests)
