# SPDX-License-Identifier: GPL-3.0-or-later
"""The window as a whole: the ways in, keys, places, preferences, state, one instance."""
import http.server
import os
import subprocess
import sys
import threading
import time

from drive import PATIENCE, App, Failed, Platform, main, run, wait

HERE = os.path.dirname(os.path.abspath(__file__))
PICTURE = os.path.join(HERE, '..', '..', 'data', 'samples', 'moon-lake.jpg')
count = 0


def folder():
    """A library of its own for each start."""
    global count
    count += 1
    return {'YUANJING_DATA_DIR': os.path.join(os.environ['W'], f'data-{count}')}


class HtmlServer:
    """A network that answers everything with its sign-in page."""

    def __init__(self):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = b'<html><body>Please sign in</body></html>'
                self.send_response(200)
                self.send_header('Content-Type', 'text/html')
                self.send_header('Content-Length', str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            do_POST = do_GET

            def log_message(self, *args):
                pass
        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.url = f'http://127.0.0.1:{self.server.server_port}'
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def same(what, got, expected):
    if got != expected:
        raise Failed(f'{what}: {got!r} instead of {expected!r}')


def enter_key(app, key):
    app.click('Enter API Key')
    app.set_text('API Key', key)
    app.click('Check and Use')


def test_two_ways_in():
    app = App(env=folder())
    app.find('Enter API Key', 'button')
    app.find('Try Without an Account', 'button')
    app.find('Create a Key on the Web Console', 'button')
    same('places without a key', app.search('Chat', 'page tab'), [])
    app.end()


def test_sandbox_way_in():
    app = App(env=folder())
    app.click('Try Without an Account')
    app.find('Chat', 'page tab')
    app.wait_text('Sandbox: no AI, nothing is charged')
    children = run('pgrep', '-P', str(app.process.pid), '-f', 'yuanjing-sandbox').split()
    same('sandboxes', len(children), 1)
    app.end()
    wait(lambda: not os.path.exists(f'/proc/{children[0]}'), 'the end of the sandbox')


def test_sandbox_if_no_key():
    app = App('--sandbox-if-no-key', env=folder())
    app.wait_text('Sandbox: no AI, nothing is charged')
    app.end()


def test_wrong_key():
    platform = Platform()
    app = App('--base-url', platform.url, env=folder())
    enter_key(app, 'sk-certainly-wrong')
    app.wait_text('The platform does not accept this key.')
    # The dialog stays, with what was typed, to be mended.
    app.set_text('API Key', 'no')
    app.click('Check and Use')
    app.wait_text('This cannot be a key')
    app.end()
    platform.close()


def test_no_network():
    app = App('--base-url', 'http://127.0.0.1:9', env=folder())
    enter_key(app, 'sk-some-good-key')
    app.wait_text('The platform cannot be reached and nothing was sent.')
    app.find('Use Without Checking', 'button')
    app.end()


def test_sign_in_page():
    server = HtmlServer()
    app = App('--base-url', server.url, env=folder())
    enter_key(app, 'sk-some-good-key')
    app.wait_text('The answer was not the platform’s.')
    app.end()
    server.close()


def test_right_key_without_keyring():
    platform = Platform()
    app = App('--base-url', platform.url, env=folder())
    enter_key(app, platform.key)
    app.wait_text('Key Used for This Run Only')
    app.click('Understood')
    wait(lambda: not app.search('Understood'), 'the end of the notice')
    app.find('Chat', 'page tab')
    same('sandbox banner', app.search(lambda n: n.startswith('Sandbox')), [])
    app.focus()
    app.key('ctrl+comma')
    app.wait_text(platform.url)
    if platform.key in app.all_text():
        raise Failed('the whole key is on show')
    app.click('Check')
    app.wait_text('The platform accepts the key')
    app.end()
    platform.close()


def test_key_from_environment():
    platform = Platform()
    app = App(env=platform.env)
    app.find('Chat', 'page tab')
    app.focus()
    app.key('ctrl+comma')
    app.wait_text('From YUANJING_API_KEY')
    app.end()
    platform.close()


def test_places_by_key():
    app = App('--sandbox', env=folder())
    app.find('Gallery', 'page tab')
    app.focus()
    app.key('ctrl+3')
    app.wait_text('No Videos Yet')
    app.key('alt+2')
    app.find('Prompt')
    app.key('alt+1')
    app.find('Message')
    app.key('ctrl+question')
    app.wait_text('First or Last Frame')
    app.key('Escape')
    app.resize(360, 640)
    wait(lambda: app.place(app.find('Gallery', 'page tab'))[1] > app.place(app.find('Main Menu', 'button'))[1] + 400,
         'the switcher at the bottom')
    app.pointer_click('Gallery', 'page tab')
    app.wait_text('No Videos Yet')
    app.end()


def test_focus_comes_along():
    """Where the window starts, and where one goes first after that, the keyboard works at once."""
    env = {**folder(), 'GSETTINGS_BACKEND': 'keyfile'}
    chat, create, gallery = 'Message', 'Image to Video', 'Create a Video'
    for start, key, there in (chat, 'alt+2', create), (create, 'alt+3', gallery), (gallery, 'alt+1', chat):
        app = App('--sandbox', env=env)
        app.find('Chat', 'page tab')
        app.focus()
        wait(lambda name=start: app.is_focused(name), f'the focus on {start} after the start')
        app.key(key)
        wait(lambda name=there: app.is_focused(name), f'the focus on {there} after {key}')
        app.end()


def test_narrow_and_wide_again():
    """Who is writing goes on writing while the window changes its layout."""
    app = App('--sandbox', env=folder())
    app.find('Chat', 'page tab')
    app.focus()
    for place, name in ('1', 'Message'), ('2', 'Prompt'):
        def entry():
            return app.find(name, where=lambda n: n.get_editable_text_iface() is not None)
        app.key(f'alt+{place}')
        app.click_into(entry)
        for width, letter in (1080, 'a'), (360, 'b'), (700, 'c'), (1080, 'd'):
            app.resize(width, 640)
            app.rest(entry())
            app.type(letter)
        wait(lambda: app.text(entry()) == 'abcd', lambda: f'abcd in {name}, which has {app.text(entry())!r}', 10)
    app.end()


def test_lost_llmid():
    app = App('--sandbox', env=folder())
    app.find('Chat', 'page tab')
    app.focus()
    app.key('ctrl+comma')
    app.click('Models', 'page tab')
    app.wait_text('Models Without an Id')
    # The list bears the name, or with newer libraries the group around it.
    app.click_into(lambda: [entry for group in app.search('Models Without an Id') for entry in app.search(role='text', within=group)][0])
    app.type('llm-of-mine')
    app.key('Return')
    app.wait_text('The model can be used now')
    app.end()
    config = os.path.join(os.environ['HOME'], '.config', 'yuanjing')
    kept = ''.join(open(os.path.join(config, name)).read() for name in os.listdir(config) if name.endswith('.json'))
    if 'llm-of-mine' not in kept:
        raise Failed(f'the id was not kept in {config}')


def test_state_survives():
    env = {**folder(), 'GSETTINGS_BACKEND': 'keyfile'}
    app = App('--sandbox', env=env)
    app.click('Gallery', 'page tab')
    app.resize(800, 600)
    app.wait_text('No Videos Yet')
    app.end()
    app = App('--sandbox', env=env)
    app.wait_text('No Videos Yet')
    width = run('xdotool', 'getwindowgeometry', '--shell', app.window).split('WIDTH=')[1].split()[0]
    same('width', width, '800')
    app.end()


def test_one_instance():
    env = folder()
    app = App('--sandbox', env=env)
    app.find('Chat', 'page tab')
    again = subprocess.run([os.environ['YUANJING_APP'], PICTURE], env={**os.environ, **env}, timeout=PATIENCE)
    same('exit status of the second', again.returncode, 0)
    app.find('Prompt')
    app.wait_text('1280 × 720')         # attached, and looked into
    app.end()


def test_ends_by_signal():
    app = App('--sandbox', env=folder())
    app.find('Chat', 'page tab')
    app.process.terminate()
    same('exit status', app.process.wait(PATIENCE), 0)


if __name__ == '__main__':
    chosen = sys.argv[1:]
    main([test for name, test in list(globals().items())
          if name.startswith('test_') and (not chosen or name.removeprefix('test_').replace('_', '-') in chosen)])
