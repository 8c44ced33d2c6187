# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong between the window and the platform: each has a sentence of its own that says what to do, what was
written and attached is still there, and nothing is sent twice. YUANJING_SHOTS=FOLDER leaves screenshots there."""
import contextlib
import os
import socket
import sys
import tempfile
import threading

from drive import App, Atspi, DragSource, Sandbox, main, run, screenshot, wait

PICTURE = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'data', 'samples', 'moon-lake.jpg')
SHOTS = os.environ.get('YUANJING_SHOTS')
KEY = 'sk-the-right-key-0001'
LOOK = 'Look at the account’s records on the web console before you submit it again.'


def shot(app, name):
    """Wide, and as narrow as a telephone, to be looked at."""
    if SHOTS:
        for width in (1080, 380):
            app.resize(width, 720)
            run('sleep', '1')
            screenshot(os.path.join(SHOTS, f'{name}-{width}.png'))
        app.resize(1080, 720)
        run('sleep', '0.5')


class Platform:
    """One address, behind which one sandbox after the other takes its turn, each with another fault, or none at all.
    Everything passes through here, and the paid and the asking requests are counted."""

    def __init__(self):
        self.posts = []
        self.target = None
        self.port = None
        self.listen()

    def listen(self):
        self.listener = socket.create_server(('127.0.0.1', self.port or 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, args=(self.listener,), daemon=True).start()

    def hang_up(self):
        """From now on the connection is refused."""
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def accept(self, listener):
        with contextlib.suppress(OSError):
            while True:
                near, _ = listener.accept()
                try:
                    far = socket.create_connection(('127.0.0.1', self.target))
                except OSError:         # between two sandboxes
                    near.close()
                    continue
                threading.Thread(target=self.carry, args=(near, far, True), daemon=True).start()
                threading.Thread(target=self.carry, args=(far, near, False), daemon=True).start()

    def carry(self, source, sink, count):
        tail = b''
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if count:
                    tail += data
                    for line in tail.split(b'\r\n')[:-1]:
                        if line.startswith(b'POST /') and line.endswith(b' HTTP/1.1'):
                            self.posts.append(line.split()[1].decode())
                    tail = tail[tail.rfind(b'\r\n') + 2:][-200:] if b'\r\n' in tail else tail[-200:]
                sink.sendall(data)
        with contextlib.suppress(OSError):
            sink.shutdown(socket.SHUT_WR)

    @contextlib.contextmanager
    def sandbox(self, *args):
        with Sandbox('--key', KEY, '--speed', '50', *args) as box:
            self.target = int(box.url.rsplit(':', 1)[1])
            yield

    def app(self, key=KEY):
        return App(env={'YUANJING_BASE_URL': f'http://127.0.0.1:{self.port}', 'YUANJING_API_KEY': key,
                        'YUANJING_DATA_DIR': tempfile.mkdtemp(dir=os.environ['W'])})


# ---- Chat

def ask(app, platform, question, sentence, name, sent=1):
    """Asks in a conversation of its own, is told @sentence, and still has the question."""
    before = len(platform.posts)
    if app.search('Answer', showing=False):
        app.click('New Chat', 'button')
        wait(lambda: not app.search('Answer', showing=False), 'a new conversation')
    app.set_text('Message', question)
    app.click('Send')
    app.wait_text(sentence)
    app.find('Try Again', 'button')
    assert question in [app.text(n) for n in app.search(role='label')], f'the question is gone:\n{app.tree()}'
    assert len(platform.posts) - before == sent, f'{name}: sent {platform.posts[before:]}'
    shot(app, f'chat-{name}')


def test_chat():
    platform = Platform()
    with platform.sandbox():
        app = platform.app()
        app.find('Message', 'text')
    with platform.sandbox('--fault', 'chat:balance'):
        ask(app, platform, 'no money', 'The account has no balance left. Top it up on the web console; nothing was charged.', 'balance')
        app.find('Top Up', 'button')
    with platform.sandbox('--fault', 'chat:status=400', '--fault', 'chat:body={"error":{"message":"prompt%20is%20too%20long"}}'):
        ask(app, platform, 'too long', 'The platform refused what was sent. Change it and try again. (prompt is too long)', '400')
    with platform.sandbox('--fault', 'chat:html', '--fault', 'chat:status=500'):
        ask(app, platform, 'a page', 'The platform has a fault of its own. Try again later.', 'html')
        assert '<html>' not in app.all_text()
    with platform.sandbox('--fault', 'chat:cut-response-after=4000'):
        ask(app, platform, 'markdown', 'The connection broke off. What came before is kept; try again for the whole.', 'cut')
        app.wait_text('A sample of Markdown')
    with platform.sandbox('--key', 'sk-another-key-0002'):
        ask(app, platform, 'wrong key', 'The platform did not accept the API key. Enter it again, or create a new one', 'key')
        app.find('Enter API Key', 'button')
    platform.hang_up()
    ask(app, platform, 'nobody there', 'The platform cannot be reached and nothing was sent. Check the network and try again.', 'refused',
        sent=0)

    # What is wrong is mended: the same question goes through, once.
    platform.listen()
    with platform.sandbox():
        before = len(platform.posts)
        app.click('Try Again')
        app.wait_text('local sandbox')
        wait(lambda: not app.search('Stop', role='button'), 'the end of the answer')
        assert len(platform.posts) - before == 1, platform.posts[before:]
        app.end()


# ---- Create

def draft_is_there(app, prompt):
    picture = [n for n in app.walk(app.find('First Frame', role='grouping')) if '1280 × 720' in (n.get_name() or '')]
    assert picture, f'the picture is gone:\n{app.tree()}'
    assert app.text(app.find('Prompt', role='text')) == prompt, 'the prompt is gone'


def generate(app, platform, prompt, sentence, name, sent=1):
    """Generates, is told @sentence of the job, and still has all of the draft."""
    before = len(platform.posts)
    app.set_text('Prompt', prompt)
    wait(lambda: app.find('Generate', 'button').get_state_set().contains(Atspi.StateType.SENSITIVE), 'Generate to be on')
    app.click('Generate', 'button')
    app.wait_text(sentence)
    draft_is_there(app, prompt)
    assert len(platform.posts) - before == sent, f'{name}: sent {platform.posts[before:]}'
    shot(app, f'create-{name}')


def drop(app, files, *said):
    source = DragSource(*files)
    source.drop_on(app, app.find('First Frame'))
    for text in said:
        app.wait_text(text)
    source.close()          # not before: what it gives away would go with it


def make_rubbish():
    """Nothing of which is a picture, whatever its name."""
    folder = tempfile.mkdtemp(dir=os.environ['W'])
    empty, text, pipe, below = (os.path.join(folder, name) for name in ('empty.jpg', 'text.jpg', 'pipe.jpg', 'folder'))
    open(empty, 'w').close()
    with open(text, 'w') as f:
        f.write('hello\n' * 100)
    os.mkfifo(pipe)
    os.mkdir(below)
    return empty, below, pipe, text


def open_create(app):
    app.click('Create')
    app.find('Generate', 'button')
    app.click('Image to Video')
    drop(app, make_rubbish(), '“empty.jpg” was not added. The file is empty.', '“folder” was not added. This folder holds no pictures, videos or sounds.',
         '“pipe.jpg” was not added. It is a pipe between programs, and no file.', '“text.jpg” was not added. What is in it is not what its name says')
    shot(app, 'create-rubbish')
    drop(app, [PICTURE], '1280 × 720')


def test_create():
    def under_banner():
        """Where the form begins: a banner is in the tree, folded or not."""
        return app.place(app.find('Image to Video'))[1]

    platform = Platform()
    with platform.sandbox():
        app = platform.app()
        open_create(app)
    with platform.sandbox('--fault', 'submit:balance'):
        generate(app, platform, 'no money', 'The account has no balance left. Top it up on the web console; nothing was charged.', 'balance')
        app.find('Top Up', 'button')
        app.find('The account has no balance left')
        banner = under_banner()
    with platform.sandbox('--fault', 'submit:status=400', '--fault', 'submit:body={"error":"duration%20is%20out%20of%20range"}'):
        generate(app, platform, 'refused', '“duration is out of range”', '400')
        app.wait_text('Trim the clip or sound, or choose another duration.')
    with platform.sandbox('--fault', 'submit:html', '--fault', 'submit:status=500'):
        generate(app, platform, 'a page', f'It is not known whether the platform took it (502 Bad Gateway). {LOOK}', 'html')
        app.wait_text('Unconfirmed: it may have been charged')
        # whatever time passes, it is not sent again
        before = len(platform.posts)
        run('sleep', '3')
        assert len(platform.posts) == before, platform.posts[before:]
    platform.hang_up()
    generate(app, platform, 'nobody there', 'the platform cannot be reached. Nothing was sent; it is tried again by itself.', 'refused', sent=0)

    # It is back: the job goes by itself, once.
    before = len(platform.posts)
    platform.listen()
    with platform.sandbox('--fault', 'submit:job-fails=The%20sky%20is%20no%20subject'):
        app.wait_text('The platform could not do it. Change what you ask for, or try another model. Whether it was', 60)
        app.wait_text('“The sky is no subject”')
        wait(lambda: under_banner() < banner - 20, 'the banner to go: one was taken')
        assert len(platform.posts) - before == 1, platform.posts[before:]
    with platform.sandbox('--key', 'sk-another-key-0002'):
        generate(app, platform, 'wrong key', 'The platform did not accept the API key. Enter it again, or create a new one', 'key')
        app.wait_text('The platform does not accept the API key: nothing can be sent')
        app.wait_text('Free: then submit it again')     # this one has ended, and goes on with no key
        app.find('Enter API Key', 'button')
        # the next one is not even tried with this key, and says why it rests
        before = len(platform.posts)
        jobs = app.all_text().count('The platform did not accept the API key.')
        app.click('Generate', 'button')
        wait(lambda: app.all_text().count('The platform did not accept the API key.') > jobs, 'the reason why the second rests')
        draft_is_there(app, 'wrong key')
        app.wait_text('It goes on with a key that is accepted')
        assert not app.search('Try Now', 'button'), 'a button that does nothing'
        assert len(platform.posts) == before, platform.posts[before:]
    app.end()


if __name__ == '__main__':
    tests = [test_chat, test_create]
    main([test for test in tests if len(sys.argv) < 2 or sys.argv[1] in test.__name__])
