# SPDX-License-Identifier: GPL-3.0-or-later
"""What is dragged and copied in a browser, as browsers offer it: an address, a piece of the page, and the picture itself. The
picture is had as long as one of them gives it. YUANJING_SHOTS=FOLDER leaves screenshots there."""
import hashlib
import http.server
import os
import signal
import sys
import threading

from creating import W, Create, Drag, alone, references, shot
from drive import DragSource, main, run, wait

FOLDER = os.path.join(W, 'web')


class Site(http.server.BaseHTTPRequestHandler):
    """Gives one picture to everybody, another one to nobody."""
    asked = []

    def do_GET(self):
        Site.asked.append(self.path)
        if self.path == '/open.jpg':
            with open(os.path.join(FOLDER, 'original.jpg'), 'rb') as f:
                kind, status, body = 'image/jpeg', 200, f.read()
        elif self.path == '/page':
            kind, status, body = 'text/html', 200, b'<p>a page</p>'
        else:
            kind, status, body = 'text/html', 403, b'<p>sign in</p>'
        self.send_response(status)
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def offered(**ways):
    """The words for a drag source: what each type holds, as text or as the name of a picture of ours."""
    kinds = {'html': 'text/html', 'address': 'text/x-moz-url', 'uris': 'text/uri-list', 'png': 'image/png', 'texture': 'texture'}
    words = []
    for way, what in ways.items():
        path = os.path.join(FOLDER, what)
        if way not in ('png', 'texture'):
            path = os.path.join(FOLDER, f'offered-{way}')
            with open(path, 'wb') as f:
                f.write(what.encode('utf-16-le' if way == 'address' else 'utf-8'))
        words.append(f'{kinds[way]}={path}')
    return words


def kept():
    """How many pictures without a name of their own are in the cache."""
    return sum(f.startswith('picture-') for _, _, files in os.walk(os.path.join(os.environ['HOME'], '.cache', 'yuanjing')) for f in files)


def drop(app, **ways):
    app.drop('Choose or drop a picture: Reference Images', *offered(**ways))


def test_picture_without_file():
    """A picture of another program, and nothing else."""
    app = references()
    drop(app, texture='shown.png')
    app.says('Reference Images', '640 × 480')
    app.end()


def test_made_by_the_page():
    """A page made it: there is no address from which it could be fetched, and it is said and taken all the same."""
    app = references()
    blob = 'blob:http://127.0.0.1/0a1b2c3d'
    words = offered(address=f'{blob}\nA picture', html=f'<img src="{blob}">', png='shown.png')
    dragged = Drag(app, *words)
    dragged.over(app.find('References to Video', 'radio button'))
    app.wait_text('Drop to add to: Reference Images')
    shot('web-drop-blob')
    dragged.end()
    app.says('Reference Images', '640 × 480')
    # inside a link to something else, which is fetched in vain
    drop(app, address=f'{URL}/page\nA page', html=f'<a href="{URL}/page"><img src="{blob}"></a>', png='other.png')
    app.says('Reference Images', '700 × 500')
    assert '/page' in Site.asked, Site.asked
    assert not app.search(lambda n: 'not added' in n), 'what was taken is complained about'
    app.end()


def test_no_address():
    """What looks like one and is none does not keep the picture away."""
    app = references()
    drop(app, address='blob:http://127.0.0.1/0\nA picture', html='<img src="//[x">', png='shown.png')
    app.says('Reference Images', '640 × 480')
    app.end()


def test_other_draft():
    """It goes into the draft upon which it was dropped, though another one is on show when it comes."""
    app = references()
    os.environ['HELD'] = '1'
    dragged = Drag(app, *offered(address='blob:http://127.0.0.1/0\nA picture', html='<img src="blob:http://127.0.0.1/0">', png='shown.png'))
    del os.environ['HELD']
    dragged.over(app.find('Choose or drop a picture: Reference Images'))
    assert dragged.source.listen('the question what it is') == 'asked'
    dragged.source.process.send_signal(signal.SIGUSR1)
    app.wait_text('Drop to add to: Reference Images')
    run('xdotool', 'mouseup', '1')
    assert dragged.source.listen('the question for the address') == 'asked'
    app.click('New Draft')
    app.click('References to Video')
    dragged.source.process.send_signal(signal.SIGUSR1)
    assert dragged.source.listen('the question for the picture') == 'asked'
    dragged.source.process.send_signal(signal.SIGUSR1)
    dragged.source.listen('the end of the drag')
    dragged.source.close()
    app.focus()
    app.key('ctrl+Prior')
    app.says('Reference Images', '640 × 480')
    app.key('ctrl+Next')
    app.says('Reference Images', '0 of 9')
    app.end()


def test_refused():
    """What cannot be used, or not be kept, is said, and nothing of it stays."""
    app = references()
    before = kept()
    for ways in ({'html': '<img src="blob:http://127.0.0.1/0">'}, {'html': f'<img src="{URL}/closed-and-broken.png">'}):
        drop(app, png='broken.png', **ways)
        app.wait_text('not added')
        wait(lambda: kept() == before, lambda: f'what was refused to go: {kept()}, {before}')
    # where the pictures would be there is no folder
    library = os.path.join(W, f'data-{Create.count}')
    folder = os.path.join(os.environ['HOME'], '.cache', 'yuanjing', 'pasted-' + hashlib.sha256(library.encode()).hexdigest()[:16])
    os.rmdir(folder)
    with open(folder, 'w'):
        pass
    drop(app, html='<img src="blob:http://127.0.0.1/0">', png='shown.png')
    app.wait_text('Not a directory')
    assert not app.search(lambda n: 'no picture and no address' in n), 'there was one'
    app.end()


def test_only_for_who_is_signed_in():
    """The site does not give it, the browser does; and where a site gives it, that is better than what the browser made of it."""
    app = references()
    before = kept()
    for path, size in (('closed.png', '640 × 480'), ('open.jpg', '800 × 600')):
        drop(app, address=f'{URL}/{path}\n{path}', html=f'<img src="{URL}/{path}">', png='shown.png')
        app.says('Reference Images', size)
    assert ['/closed.png', '/open.jpg'] == [path for path in Site.asked if path != '/page'], Site.asked
    wait(lambda: app.tiles('Reference Images')[1:] == ['open.jpg'], lambda: f'the original: {app.tiles("Reference Images")}')
    # as WebKit has it, which gives no address of the kind that the others have
    drop(app, html=f'<img src="{URL}/closed-too.png">', uris=f'{URL}/closed-too.png\r\n', png='other.png')
    app.says('Reference Images', '700 × 500')
    assert not app.search(lambda n: 'not added' in n), 'what was taken is complained about'
    # what was not needed is not kept
    wait(lambda: kept() == before + 2, 'the spare picture to go')
    app.end()


def test_pasted():
    """What a browser copies: the picture itself, whatever addresses are beside it."""
    app = references()
    for n, ways in enumerate(({'html': '<img src="blob:http://127.0.0.1/0">', 'png': 'shown.png'},
                              {'uris': f'{URL}/closed-when-copied.png\r\n', 'png': 'other.png'}), 1):
        source = DragSource(*offered(**ways))
        source.copy()
        app.focus()
        app.click('Paste')
        app.says('Reference Images', f'{n} of 9')
        source.close()
    app.says('Reference Images', '640 × 480')
    app.says('Reference Images', '700 × 500')
    app.end()


def test_nothing_in_it():
    """Neither address nor picture: it is said before the drop."""
    app = references()
    dragged = Drag(app, *offered(address='blob:http://127.0.0.1/0\nA picture', html='<img src="blob:http://127.0.0.1/0">'))
    dragged.over(app.find('Choose or drop a picture: Reference Images'))
    app.wait_text('There is no picture and no address in this.')
    dragged.end()
    app.says('Reference Images', '0 of 9')
    app.end()


if __name__ == '__main__':
    os.makedirs(FOLDER)
    for name, size, colour in (('shown.png', '640x480', 'green'), ('other.png', '700x500', 'red'), ('original.jpg', '800x600', 'blue')):
        run('convert', '-size', size, f'xc:{colour}', os.path.join(FOLDER, name))
    with open(os.path.join(FOLDER, 'broken.png'), 'wb') as f:
        f.write(b'no picture')
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    URL = f'http://127.0.0.1:{server.server_port}'
    tests = [test_picture_without_file, test_made_by_the_page, test_no_address, test_other_draft, test_only_for_who_is_signed_in, test_pasted,
             test_nothing_in_it, test_refused]
    main([alone(test) for test in tests if len(sys.argv) < 2 or sys.argv[1] in test.__name__])
