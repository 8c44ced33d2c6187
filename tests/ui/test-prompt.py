# SPDX-License-Identifier: GPL-3.0-or-later
"""The prompt of Create in a real window: files offered at an @, chips that follow what they mean, undo over them, what is
sent on the wire, earlier prompts.
YUANJING_SHOTS=FOLDER leaves screenshots there."""
import email
import email.policy
import http.client
import http.server
import os
import sys
import threading
import time
from urllib.parse import urlsplit

from drive import App, Atspi, Clipboard, DragSource, Failed, Platform, drag, main, run, screenshot, wait

W = os.environ['W']
SHOTS = os.environ.get('YUANJING_SHOTS')
FILES = {}


def make_media():
    os.makedirs(os.path.join(W, 'media'), exist_ok=True)
    for name, size, colours in (('cat.png', '1024x768', 'red-blue'), ('lake.jpg', '800x1200', 'green-yellow'),
                                ('boat.jpg', '900x900', 'white-black')):
        FILES[name] = os.path.join(W, 'media', name)
        run('gst-launch-1.0', '-q', 'videotestsrc', 'num-buffers=1', f'pattern={("snow", "smpte", "ball")[len(FILES) - 1]}', '!',
            'video/x-raw,width={},height={}'.format(*size.split('x')), '!', 'videoconvert', '!',
            'pngenc' if name.endswith('png') else 'jpegenc', '!', 'filesink', f'location={FILES[name]}')


def shot(name):
    if SHOTS:
        time.sleep(0.4)
        screenshot(os.path.join(SHOTS, f'{name}.png'))


class Wire:
    """Stands between the app and a platform, and keeps the prompts of what is submitted."""

    def __init__(self, url):
        wire, to = self, urlsplit(url)
        self.prompts = []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'

            def log_message(self, *_):
                pass

            def pass_on(self):
                body = self.rfile.read(int(self.headers.get('Content-Length') or 0))
                if self.path.startswith('/llmage/video'):
                    wire.prompts.append(wire.prompt(self.headers.get('Content-Type'), body))
                upstream = http.client.HTTPConnection(to.hostname, to.port)
                upstream.request(self.command, self.path, body, {k: v for k, v in self.headers.items() if k != 'Host'})
                answer = upstream.getresponse()
                data = answer.read()
                self.send_response(answer.status)
                for key, value in answer.getheaders():
                    if key.lower() not in ('transfer-encoding', 'content-length', 'connection'):
                        self.send_header(key, value)
                self.send_header('Content-Length', str(len(data)))
                self.end_headers()
                self.wfile.write(data)
                upstream.close()

            do_GET = do_POST = pass_on

        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.url = f'http://127.0.0.1:{self.server.server_port}'
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @staticmethod
    def prompt(kind, body):
        form = email.message_from_bytes(b'Content-Type: ' + kind.encode() + b'\r\n\r\n' + body, policy=email.policy.HTTP)
        for part in form.iter_parts():
            if part.get_param('name', header='content-disposition') == 'prompt':
                return part.get_payload(decode=True).decode()
        return None

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Create(App):
    """The app in Create, by default on its own sandbox."""
    count = 0

    def __init__(self, env=None):
        Create.count += 1
        if env:
            super().__init__(env=env)
        else:
            super().__init__('--sandbox', env={'YUANJING_DATA_DIR': os.path.join(W, f'prompt-{Create.count}')})
        self.click('Create')
        self.find('Generate', role='button')

    def group(self, name):
        return self.find(name, role='grouping')

    def drop(self, slot, *names):
        source = DragSource(*[FILES[n] for n in names])
        source.drop_on(self, self.find(slot))
        source.close()

    def view(self):
        return self.find('Prompt', role='text')

    def into_prompt(self):
        """The keyboard into the prompt, at its end."""
        self.focus()
        for _ in range(60):
            if self.view().get_state_set().contains(Atspi.StateType.FOCUSED):
                self.key('ctrl+End')
                return
            self.tab()
        raise Failed('the keyboard does not reach the prompt')

    def chips(self):
        """What the chips say, in the order of the text."""
        return [n.get_name().removeprefix('Mention: ') for n in self.search(lambda n: n.startswith('Mention: '))]

    def wait_chips(self, *expected):
        wait(lambda: self.chips() == list(expected), lambda: f'the chips {expected}: {self.chips()}')

    def sent(self):
        """What the page says that the model will get."""
        button = self.find('Prompt as Sent', role='toggle button')
        if not button.get_state_set().contains(Atspi.StateType.PRESSED):
            button.get_action_iface().do_action(0)
        labels = [self.text(n) for n in self.search(role='label', within=button.get_parent())]
        return labels[-1] if len(labels) == 2 else None

    def wait_sent(self, expected):
        wait(lambda: self.sent() == expected, f'{expected!r} to be sent, not {self.sent()!r}')

    def recipes(self):
        lists = self.search('Saved Recipes', role='list')
        return [n.get_name() for n in self.search(role='list item', within=lists[-1])] if lists else []

    def stands_on(self, name):
        return self.search(name, 'list item', lambda n: n.get_state_set().contains(Atspi.StateType.FOCUSED))

    def can_press(self, name):
        return self.search(name, 'button', lambda n: n.get_state_set().contains(Atspi.StateType.SENSITIVE))

    def name_recipe(self, name, proposed):
        """In the dialog that asks for a name."""
        entry = self.find('Name', role='text')
        wait(lambda: self.text(entry) == proposed and entry.get_state_set().contains(Atspi.StateType.FOCUSED), proposed)
        self.key('ctrl+a')
        self.type(name)
        wait(lambda: self.text(entry) == name, name)

    def save_recipe(self, name, proposed):
        self.key('ctrl+s')
        self.name_recipe(name, proposed)
        self.key('Return')
        wait(lambda: not self.search('Name', role='text'), 'the dialog to go')

    def offered(self):
        lists = self.search('References', role='list')
        return [n.get_name() for n in self.search(role='list item', within=lists[-1]) if n.get_name()] if lists else []

    def with_pictures(self):
        self.click('References to Video')
        self.drop('Reference Images', 'cat.png', 'lake.jpg')
        wait(lambda: '2 of 9' in self.all_text(), 'two pictures')
        return self


def test_mention():
    """By the keyboard alone: offered, filtered, chosen; bound to the picture whatever happens to it; sent as said."""
    platform = Platform(speed='20')
    wire = Wire(platform.url)
    app = Create({**platform.env, 'YUANJING_BASE_URL': wire.url}).with_pictures()
    app.into_prompt()
    app.type('so @')
    wait(lambda: app.offered() == ['cat [Image 1]', 'lake [Image 2]'], 'both to be offered')
    shot('prompt-offer')
    app.type('la')
    wait(lambda: app.offered() == ['lake [Image 2]'], 'the lake alone')
    app.key('BackSpace', 'BackSpace', 'Down', 'Return')
    app.wait_chips('lake.jpg, sent as [Image 2]')
    app.type(' meets @')
    wait(lambda: len(app.offered()) == 2, 'both to be offered again')
    app.key('Return')
    app.type(' there')
    app.wait_chips('lake.jpg, sent as [Image 2]', 'cat.png, sent as [Image 1]')
    app.wait_sent('so [Image 2] meets [Image 1] there')
    shot('prompt-chips')

    # an address, and an @ that is not wanted
    app.type(' me@')
    time.sleep(0.3)
    assert not app.offered(), 'an address offers files'
    app.type('home @')
    wait(lambda: len(app.offered()) == 2, 'both to be offered')
    app.key('Escape')
    wait(lambda: not app.offered(), 'the menu to go')
    app.type('c')
    time.sleep(0.3)
    assert not app.offered(), 'it comes back'
    for _ in range(len(' me@home @c')):
        app.key('BackSpace')
    app.wait_sent('so [Image 2] meets [Image 1] there')

    # the pictures change places
    drag(app.rest(app.find(lambda n: n.startswith('cat.png 1024'), role='grouping')),
         app.rest(app.find('Choose or drop a picture: Reference Images')))
    app.wait_chips('lake.jpg, sent as [Image 1]', 'cat.png, sent as [Image 2]')
    app.wait_sent('so [Image 1] meets [Image 2] there')

    app.key('ctrl+Return')
    wait(lambda: wire.prompts == ['so [Image 1] meets [Image 2] there'], lambda: f'the prompt on the wire: {wire.prompts}')
    wait(lambda: 'so @lake meets @cat there' in app.all_text(), 'the job, as it was written')
    app.click('Gallery')
    app.pointer_click(lambda n: n.startswith('so @lake meets @cat there'), 'table cell')
    app.wait_text('Sent as: so [Image 1] meets [Image 2] there')
    app.end()
    wire.close()
    platform.close()


def test_nothing_to_mention():
    """An @ while nothing is attached says what to add and how; Escape and more words make it go; a model without files has none."""
    app = Create()
    app.click('References to Video')
    app.into_prompt()

    def hint():
        return app.search(lambda n: n.startswith('Add a picture'), 'label')

    app.type('let @')
    wait(hint, 'the hint')
    shot('prompt-hint')
    app.type('c')
    wait(lambda: not hint(), 'the hint to go while one writes on')
    app.key('BackSpace')
    wait(hint, 'the hint again')
    app.key('Escape')
    wait(lambda: not hint(), 'the hint to go at Escape')
    assert app.text(app.view()) == 'let @', app.text(app.view())
    app.click('Text to Video')
    app.into_prompt()
    app.type(' @')
    time.sleep(0.3)
    assert not hint(), 'a hint where nothing can be attached'
    # nor does one stay that was there before the mode was changed
    app.click('References to Video')
    app.into_prompt()
    app.type(' @')
    wait(hint, 'the hint in the other mode')
    app.click('Text to Video')
    wait(lambda: not hint(), 'the hint to go with the files that it asks for')
    app.end()


def test_broken():
    """A picture that goes leaves a chip that says so, and undo heals it; another picture can take its place."""
    app = Create().with_pictures()
    app.into_prompt()
    app.type('let @')
    wait(lambda: len(app.offered()) == 2, 'both to be offered')
    app.key('Return')
    app.type(' run')
    app.wait_chips('cat.png, sent as [Image 1]')

    tile = app.find(lambda n: n.startswith('cat.png 1024'), role='grouping')
    app.find('Remove “cat.png”', within=tile).get_action_iface().do_action(0)
    app.wait_chips('“cat” is not attached any more')
    app.wait_sent('let cat run')
    shot('prompt-broken')
    app.click('Undo')
    app.wait_chips('cat.png, sent as [Image 1]')

    # a model that knows other words, and one that does not take it
    app.click('Image to Video')
    app.wait_sent('let the first frame run')
    app.wait_chips('cat.png')
    app.click('Text to Video')
    app.wait_chips('“cat” is set aside: this model does not take it')
    app.wait_sent('let cat run')
    app.click('References to Video')
    app.wait_chips('cat.png, sent as [Image 1]')

    # at the chip: another one, or none
    app.click('Mention: cat.png, sent as [Image 1]')
    wait(lambda: app.offered() == ['cat [Image 1]', 'lake [Image 2]', 'Remove Mention'], 'what can be done with it')
    shot('prompt-chip-menu')
    app.key('Down', 'Return')
    app.wait_chips('lake.jpg, sent as [Image 2]')
    app.wait_sent('let [Image 2] run')
    app.click('Mention: lake.jpg, sent as [Image 2]')
    wait(lambda: len(app.offered()) == 3, 'the menu')
    app.key('End', 'Return')
    app.wait_chips()
    app.end()


def test_undo():
    """Undo goes over chips, copies, and what came from elsewhere; each word is a step."""
    app = Create().with_pictures()
    app.into_prompt()
    app.type('one two @')
    wait(lambda: len(app.offered()) == 2, 'both to be offered')
    app.key('Return')
    app.wait_chips('cat.png, sent as [Image 1]')
    app.type(' end')
    app.wait_sent('one two [Image 1] end')
    app.key('ctrl+z', 'ctrl+z')
    app.wait_sent('one two [Image 1]')
    app.key('ctrl+z')
    app.wait_chips()
    app.key('ctrl+z', 'ctrl+z')
    wait(lambda: app.text(app.view()) == 'one ', 'one word')
    app.key(*['ctrl+shift+z'] * 5)
    app.wait_sent('one two [Image 1] end')

    # copied within: the chip comes again; for others it is words
    app.key('ctrl+a', 'ctrl+c', 'ctrl+End')
    copied = run('xclip', '-o', '-selection', 'clipboard')
    assert copied == 'one two @cat end', copied
    app.type('; ')
    app.key('ctrl+v')
    app.wait_sent('one two [Image 1] end; one two [Image 1] end')
    app.key('ctrl+z')
    app.wait_sent('one two [Image 1] end; ')

    # words from elsewhere that mean an attached file
    other = Clipboard('with @lake.jpg and @图片1')
    app.key('ctrl+v')
    app.wait_sent('one two [Image 1] end; with [Image 2] and [Image 1]')
    other.close()

    # one unit for the keys
    app.key('BackSpace')
    app.wait_sent('one two [Image 1] end; with [Image 2] and ')
    app.key('ctrl+a', 'BackSpace')
    app.wait_chips()
    app.key('ctrl+z')
    app.wait_sent('one two [Image 1] end; with [Image 2] and ')
    app.end()


def test_history():
    """What was generated comes back, per mode; what was being written is kept."""
    platform = Platform(speed='20')
    app = Create(platform.env)
    app.click('Text to Video')
    app.click('Earlier Prompts')
    app.wait_text('Prompts that you generate with appear here')
    app.key('Escape')
    wait(lambda: 'Prompts that you generate' not in app.all_text(), 'the menu to go')
    app.into_prompt()
    for text in ('a first lake', 'a second lake'):
        app.key('ctrl+a', 'BackSpace')
        app.type(text)
        app.key('ctrl+Return')
        wait(lambda: any(text in (n.get_name() or '') + app.text(n) for n in app.walk(app.find('Recent Jobs')
                         .get_parent().get_parent())), f'the job {text}')
    app.key('ctrl+a', 'BackSpace')
    wait(lambda: app.text(app.view()) == '', 'an empty prompt')
    app.key('Up')
    wait(lambda: app.text(app.view()) == 'a second lake', 'the last prompt')
    app.key('alt+Up')
    wait(lambda: app.text(app.view()) == 'a first lake', 'the one before')
    app.key('alt+Down', 'alt+Down')
    wait(lambda: app.text(app.view()) == '', 'what was being written')
    app.click('Earlier Prompts')
    wait(lambda: app.search('a second lake', 'list item', lambda n: n.get_state_set().contains(Atspi.StateType.FOCUSED)),
         'the keyboard in the menu')
    shot('prompt-history')
    app.key('Down', 'Return')
    wait(lambda: app.text(app.view()) == 'a first lake', 'the chosen prompt')
    app.key('ctrl+z')
    wait(lambda: app.text(app.view()) == '', 'undo over it')

    # another mode has its own, also when one of this is on show; what is typed after a key comes after it
    app.key('Up')
    wait(lambda: app.text(app.view()) == 'a second lake', 'the last prompt')
    app.click('Image to Video')
    wait(lambda: app.search('First Frame'), 'the other mode')
    app.into_prompt()
    app.key('alt+Up')
    app.type('!')
    wait(lambda: '!' in app.text(app.view()), 'the sign')
    assert app.text(app.view()) == 'a second lake!', 'a prompt of another mode'
    app.key('ctrl+a', 'BackSpace', 'Up')
    app.type('?')
    wait(lambda: app.text(app.view()).endswith('?'), 'the sign')
    assert app.text(app.view()) == '?', 'a prompt of another mode'
    app.end()
    platform.close()


def test_length():
    """Counted as the model counts: characters of Chinese, words of others."""
    app = Create()
    app.click('Text to Video')
    app.set_text('Prompt', '月亮升起来了')
    app.find('6 of 2500 Chinese characters')
    app.set_text('Prompt', 'a moon')
    app.find('6 of 5000 characters')
    app.set_text('Prompt', '月' * 2501)
    app.find('2501 of 2500 Chinese characters')
    app.wait_text('what comes after the first 2500')
    shot('prompt-long')
    app.end()


IMPROVED = ', the camera slowly moves closer, in soft light (sample of the sandbox, no AI)'


def test_improve():
    """A chat model's prompt is shown as a difference, taken whole, in part or not; mentions stay what they are."""
    platform = Platform(speed='50')
    app = Create(platform.env).with_pictures()
    assert not app.find('Improve Prompt', role='button').get_state_set().contains(Atspi.StateType.SENSITIVE), 'nothing to improve'
    app.into_prompt()
    app.type('let @')
    wait(lambda: len(app.offered()) == 2, 'both to be offered')
    app.key('Return')
    app.type(' run')
    app.wait_sent('let [Image 1] run')

    app.click('Improve Prompt', role='button')
    app.wait_text('qwen3-max rewrites the prompt with what is known of writing for Seedance 2.0. It costs')
    shot('prompt-improve-ask')
    app.type('slower')
    app.key('Return')
    view = app.find('Changes', role='text')
    wait(lambda: app.text(view) == 'let @cat run' + IMPROVED, lambda: f'the answer: {app.text(view)}')
    assert not app.search('The answer leaves out @cat.')
    shot('prompt-improve-answer')
    app.key('Escape')
    wait(lambda: not app.search('Changes'), 'the dialog to go')
    app.wait_sent('let [Image 1] run')

    # left out by the keyboard, then taken
    app.click('Improve Prompt', role='button')
    app.click('Improve', role='button')
    view = app.find('Changes', role='text')
    app.key('shift+Tab', 'shift+Tab', 'ctrl+End', 'space')
    shot('prompt-improve-left-out')
    app.click('Use', role='button')
    wait(lambda: not app.search('Changes'), 'the dialog to go')
    app.wait_sent('let [Image 1] run')

    app.click('Improve Prompt', role='button')
    app.click('Improve', role='button')
    app.click('Use', role='button')
    wait(lambda: not app.search('Changes'), 'the dialog to go')
    app.wait_sent('let [Image 1] run' + IMPROVED)
    app.wait_chips('cat.png, sent as [Image 1]')
    app.into_prompt()
    app.key('ctrl+z')
    app.wait_sent('let [Image 1] run')
    app.end()
    platform.close()

    # a refusal is said, and nothing is lost
    platform = Platform('--fault', 'chat:balance', speed='50')
    app = Create(platform.env)
    app.click('Text to Video')
    app.set_text('Prompt', 'a boat')
    app.click('Improve Prompt', role='button')
    app.click('Improve', role='button')
    app.wait_text('balance')
    app.find('Improve', role='button')
    assert app.can_press('Top Up'), 'nothing that helps is offered'
    shot('prompt-improve-refused')
    app.key('Escape')
    assert app.text(app.view()) == 'a boat'
    app.end()
    platform.close()


def test_improve_cut():
    """An answer that broke off is no prompt: nothing is changed, and what it may have cost is said."""
    platform = Platform('--fault', 'chat:cut-response-after=300')
    app = Create(platform.env)
    app.set_text('Prompt', 'a fox in the snow')
    app.click('Improve Prompt', role='button')
    app.click('Improve', role='button')
    app.wait_text('Your prompt is as it was; the answer may have been charged.')
    app.key('Escape')
    wait(lambda: not app.search('Improve', 'button'), 'the dialog to go')
    assert app.text(app.view()) == 'a fox in the snow', app.text(app.view())
    app.end()
    platform.close()


def test_improve_key():
    """A key that is refused is entered anew from where it was missed, and the same wish goes through."""
    platform = Platform(speed='50')
    app = Create({**platform.env, 'YUANJING_API_KEY': 'sk-not-the-key-0001'})
    app.click('Text to Video')
    app.set_text('Prompt', 'a boat')
    app.click('Improve Prompt', role='button')
    app.type('slower')
    app.click('Improve', role='button')
    app.wait_text('The platform did not accept the API key.')
    app.click('Enter API Key', 'button')
    app.set_text('API Key', platform.key)
    app.click('Remember')
    app.click('Check and Use')
    wait(lambda: not app.search('Check and Use') and not app.search(lambda n: 'did not accept' in n), 'the complaint to go')
    app.click('Improve', role='button')
    view = app.find('Changes', role='text')
    wait(lambda: app.text(view) == 'a boat' + IMPROVED, lambda: f'the answer: {app.text(view)}')
    app.key('Escape')
    app.end()
    platform.close()


def test_recipes():
    """A prompt with its model and settings, kept for other files; back by undo; deleted with undo."""
    folder = os.path.join(W, 'recipes')
    env = {'YUANJING_DATA_DIR': folder}
    platform = Platform(speed='50')
    app = Create({**platform.env, **env}).with_pictures()
    app.into_prompt()
    app.type('let @')
    wait(lambda: len(app.offered()) == 2, 'both to be offered')
    app.key('Return')
    app.type(' run at night')
    app.wait_sent('let [Image 1] run at night')
    app.click('480p')
    app.save_recipe('Night', proposed='let @cat run at night')
    app.end()

    app = Create({**platform.env, **env})
    app.click('Text to Video')
    wait(lambda: not app.search('Mention a Reference'), 'the mode without files')
    app.set_text('Prompt', 'other words')
    app.into_prompt()
    app.save_recipe('Day', proposed='other words')
    app.key('ctrl+p')
    wait(lambda: app.recipes() == ['Day', 'Night'] and app.stands_on('Day'), 'both, and the keyboard on the first')
    shot('prompt-recipes')
    app.key('Down', 'Return')
    app.wait_sent('let [Image 1] run at night')
    app.wait_text('480p')
    app.click('Undo')
    wait(lambda: app.text(app.view()) == 'other words', 'what was there before')

    # named anew, but not as another one; one of the same name takes its place
    app.into_prompt()
    app.key('ctrl+p')
    wait(lambda: app.stands_on('Day'), 'the keyboard in the menu')
    app.key('F2')
    app.name_recipe('Night', 'Day')
    wait(lambda: not app.can_press('Rename'), 'a name that is taken')
    shot('prompt-recipe-name')
    app.name_recipe('Sunny day', 'Night')
    wait(lambda: app.can_press('Rename'), 'a free name')
    app.key('Return')
    wait(lambda: not app.search('Name', role='text'), 'the dialog to go')
    app.into_prompt()
    app.type(' added')
    app.key('ctrl+s')
    app.name_recipe('Sunny day', 'other words added')
    wait(lambda: app.can_press('Replace'), 'an offer to replace')
    app.key('Return')
    wait(lambda: not app.search('Name', role='text'), 'the dialog to go')
    app.key('ctrl+a', 'BackSpace', 'ctrl+p')
    wait(lambda: app.recipes() == ['Night', 'Sunny day'] and app.stands_on('Night'), 'the new name')
    app.key('Delete')
    app.wait_text('Deleted “Night”')
    app.key('ctrl+p')
    wait(lambda: app.recipes() == ['Sunny day'] and app.stands_on('Sunny day'), 'one')
    app.key('Return')
    wait(lambda: app.text(app.view()) == 'other words added', 'what took its place')
    app.end()
    platform.close()


def test_narrow():
    app = Create().with_pictures()
    app.resize(360, 640)
    app.into_prompt()
    app.type('let')

    # out of sight by the wheel; what is typed is seen
    def hidden():
        return app.place(app.find('Prompt', role='text'))[1] - app.place(app.find('Generate', role='button'))[1] > 0

    run('xdotool', 'mousemove', *map(str, app.rest(app.find('Add Files', role='button'))))
    wait(lambda: hidden() or run('xdotool', 'click', '4'), 'the prompt to be out of sight')
    app.type(' @')
    wait(lambda: not hidden(), 'what is typed to be seen')
    wait(lambda: len(app.offered()) == 2, 'both to be offered')
    shot('prompt-narrow-offer')
    app.key('Return')
    app.type(' sail with @')
    app.key('Down', 'Return')
    app.wait_sent('let [Image 1] sail with [Image 2]')
    shot('prompt-narrow')

    # it grows with what is written
    def height():
        return app.view().get_component_iface().get_extents(Atspi.CoordType.WINDOW).height
    before = height()
    app.set_text('Prompt', '\n'.join(['a line'] * 8))
    wait(lambda: height() > before + 40, 'room for eight lines')
    app.end()


if __name__ == '__main__':
    make_media()
    tests = [test_mention, test_nothing_to_mention, test_broken, test_undo, test_history, test_length, test_improve, test_improve_cut, test_improve_key, test_recipes, test_narrow]
    main([test for test in tests if len(sys.argv) < 2 or sys.argv[1] in test.__name__])
