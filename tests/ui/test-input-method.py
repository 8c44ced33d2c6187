# SPDX-License-Identifier: GPL-3.0-or-later
"""Chinese typed with a real input method, ibus with libpinyin, wherever words are written in Chat, and in the prompt of Create."""
import os
import sys

from drive import App, GLib, Platform, function_keys, main, run, wait

import gi
gi.require_version('IBus', '1.0')
from gi.repository import Gio, IBus  # noqa: E402


# What is asked of a panel and of use here. IBus.PanelService has all of it, and newer ones crash when it is used.
PANEL = Gio.DBusNodeInfo.new_for_xml('''<node><interface name="org.freedesktop.IBus.Panel">
  <method name="UpdateLookupTable"><arg type="v" direction="in"/><arg type="b" direction="in"/></method>
  <method name="HideLookupTable"/>
</interface></node>''')


class Panel:
    """The input method's panel: what it would show is how a test knows that the engine has the keys."""

    def __init__(self):
        self.bus = IBus.Bus()
        assert self.bus.is_connected(), 'no input method: run with HEADLESS_IBUS=1'
        self.candidates = []
        self.page = 0
        self.bus.get_connection().register_object(IBus.PATH_PANEL, PANEL.interfaces[0], self._called, None, None)
        self.bus.request_name(IBus.SERVICE_PANEL, IBus.BusNameFlag.REPLACE_EXISTING)

    def _called(self, connection, sender, path, interface, method, parameters, invocation):
        table, visible = parameters.unpack() if method == 'UpdateLookupTable' else (None, False)
        self.candidates = []
        if visible:
            _, _, page_size, cursor, _, _, _, candidates, _ = table
            self.candidates = [text for _, _, text, _ in candidates]
            self.page = cursor // max(page_size, 1)
        invocation.return_value(None)

    def offered(self):
        """What can be picked now, best first; nothing when no word is in the making."""
        context = GLib.MainContext.default()
        while context.iteration(False):
            pass
        return self.candidates

    def ready(self):
        """The engine that has the keys is libpinyin, with a field of the app's in front of it."""
        engine = self.bus.get_global_engine()
        if engine is None or engine.get_name() != 'libpinyin':
            self.bus.set_global_engine('libpinyin')
            return False
        return self.bus.current_input_context() not in (None, '')

    def compose(self, letters, word):
        """Types @letters until @word is what the engine would take."""
        wait(self.ready, 'libpinyin to have the keys')
        assert not self.offered(), f'a word is left in the making: {self.offered()}'
        run('xdotool', 'type', '--delay', '30', letters)
        wait(lambda: self.offered()[:1] == [word], f'{word} to be offered for {letters}; there is {self.candidates[:5]}')

    def idle(self):
        wait(lambda: not self.offered(), 'no word in the making')


def key(name):
    run('xdotool', 'key', function_keys(name))


def questions(app):
    return [app.text(n) for q in app.search('Question') for n in app.search(role='label', within=q) if app.text(n)]


def answers(app):
    return len(app.search('Answer', showing=False))


def is_complete(app):
    return app.search('Send', role='button') and not app.search('Stop', role='button')


def open_app(platform):
    app = App(env=platform.env)
    app.find('New Chat')
    app.focus()
    return app


def field(app, name):
    """The field of that name, with the cursor put into it by the pointer."""
    node = app.find(name, where=lambda n: n.get_editable_text_iface() is not None)
    run('xdotool', 'mousemove', *map(str, app.rest(node)), 'click', '1')
    return node


def test_composer():
    platform = Platform(speed='50')
    app = open_app(platform)
    message = field(app, 'Message')

    # Enter in a word in the making takes the letters as they are, and sends nothing.
    panel.compose('nihao', '你好')
    assert app.text(message) == '', 'what is in the making is not yet written'
    key('Return')
    panel.idle()
    wait(lambda: app.text(message) == 'nihao', 'the letters themselves')
    assert answers(app) == 0 and app.search('Send', role='button'), 'Enter in the making of a word must not send'

    # Escape lets go of the word in the making and of nothing else.
    panel.compose('women', '我们')
    key('Escape')
    panel.idle()
    assert app.text(message) == 'nihao'
    for _ in 'nihao':
        key('BackSpace')
    wait(lambda: app.text(message) == '', 'an empty composer')

    # Space takes the first word. Then Enter is Enter again, and sends once.
    panel.compose('nihao', '你好')
    key('space')
    panel.idle()
    wait(lambda: app.text(message) == '你好', '你好')
    key('Return')
    wait(lambda: app.text(message) == '', 'it to be sent')
    wait(lambda: answers(app) == 1 and is_complete(app), 'one answer')
    assert questions(app)[:1] == ['你好'], questions(app)

    # With nothing written, the keys that move the view turn the page of words first.
    panel.compose('shi', '是')
    key('Page_Down')
    wait(lambda: panel.offered() and panel.page == 1, 'the next page of words')
    key('Page_Up')
    wait(lambda: panel.offered() and panel.page == 0, 'the first page of words')
    key('Escape')
    panel.idle()

    # Shift+Enter in the words to find is the input method's too; otherwise it goes to the hit before.
    key('ctrl+f')
    found = app.find('Find in Conversation', where=lambda n: n.get_editable_text_iface() is not None)
    panel.compose('nihao', '你好')
    key('shift+Return')
    panel.idle()
    wait(lambda: app.text(found) == 'nihao', 'the letters themselves')
    key('Escape')

    # The next one can be written at once, with Shift+Enter between two words.
    panel.compose('women', '我们')
    key('space')
    panel.idle()
    key('shift+Return')
    panel.compose('nihao', '你好')
    key('space')
    panel.idle()
    wait(lambda: app.text(message) == '我们\n你好', 'two lines')
    assert answers(app) == 1
    app.close()
    platform.close()


def conversations(app):
    lists = app.search('Conversations', role='list')
    return [n.get_name() for n in app.search(role='list item', within=lists[0]) if n.get_name()] if lists else []


def test_search_and_rename():
    platform = Platform(speed='50')
    app = open_app(platform)
    for number, text in enumerate(('我们的小船', 'another talk')):
        if number:
            app.click('New Chat', 'button')
            wait(lambda: answers(app) == 0, 'a new conversation')
        app.set_text('Message', text)
        app.click('Send')
        wait(lambda: answers(app) == 1 and is_complete(app), 'the answer')
    wait(lambda: conversations(app) == ['another talk', '我们的小船'], 'both')

    # In the search a word is looked for when it is one, not while its letters come.
    entry = field(app, 'Search Conversations')
    panel.compose('women', '我们')
    assert app.text(entry) == '' and len(conversations(app)) == 2, 'letters in the making are not searched for'
    key('space')
    panel.idle()
    wait(lambda: app.text(entry) == '我们', 'the word in the search')
    wait(lambda: conversations(app) == ['我们的小船'], 'the one with the word')

    # Escape ends the word in the making, and only the next one the search.
    panel.compose('nihao', '你好')
    key('Escape')
    panel.idle()
    assert app.text(entry) == '我们'
    key('Escape')
    wait(lambda: app.text(entry) == '' and len(conversations(app)) == 2, 'both again')

    # Enter in the making of a title is the input method's; only the next one renames.
    app.pointer_click('another talk', 'list item')
    key('F2')
    title = app.find('Title', role='text')
    key('ctrl+a')
    panel.compose('nihao', '你好')
    key('Return')
    panel.idle()
    wait(lambda: app.text(title) == 'nihao', 'the letters themselves')
    assert app.search('Title', role='text'), 'Enter in the making of a word must not rename'
    key('ctrl+a')
    panel.compose('nihao', '你好')
    key('space')
    panel.idle()
    wait(lambda: app.text(title) == '你好', 'the word in the title')
    key('Return')
    wait(lambda: '你好' in conversations(app), 'the new title')
    assert 'another talk' not in conversations(app)
    app.close()
    platform.close()


def make_picture(name, pattern):
    path = os.path.join(os.environ['W'], name)
    run('gst-launch-1.0', '-q', 'videotestsrc', 'num-buffers=1', f'pattern={pattern}', '!', 'video/x-raw,width=640,height=480', '!', 'pngenc', '!',
        'filesink', f'location={path}')
    return path


def test_prompt():
    """The prompt of Create: words beside the chips of files, which the same keys choose."""
    platform = Platform(speed='50')
    app = App(make_picture('小猫.png', 'smpte'), env=platform.env)
    app.find('小猫.png', role='label')
    app.click('References to Video')
    wait(lambda: '1 of 9' in app.all_text(), 'the picture that it was opened with')
    run(*app.command(), make_picture('小船.png', 'ball'), env=dict(os.environ, **platform.env))
    wait(lambda: '2 of 9' in app.all_text(), 'one that came later')
    app.focus()
    app.click('Do Not Tell Again')      # so that the prompt is in sight
    wait(lambda: not app.search('Do Not Tell Again'), 'the note to go')
    prompt = field(app, 'Prompt')

    def offered():
        lists = app.search('References', role='list')
        return [n.get_name() for n in app.search(role='list item', within=lists[-1]) if n.get_name()] if lists else []

    def reads(text, what):
        wait(lambda: app.text(prompt) == text, lambda: f'{what}: {app.text(prompt)!r}')

    panel.compose('women', '我们')
    assert app.text(prompt) == '', 'what is in the making is not yet written'
    key('space')
    panel.idle()
    reads('我们', 'a word')

    # Enter and Escape in the making of a word are the input method's, not the menu's of files.
    key('at')
    wait(lambda: offered() == ['小猫 图片1', '小船 图片2'], lambda: f'both to be offered: {offered()} {app.text(prompt)!r}')
    panel.compose('nihao', '你好')
    key('Return')
    panel.idle()
    reads('我们@nihao', 'the letters themselves')
    wait(lambda: not offered(), 'no such file')
    for _ in 'nihao':
        key('BackSpace')
    wait(lambda: len(offered()) == 2, 'both to be offered again')
    panel.compose('nihao', '你好')
    key('Escape')
    panel.idle()
    reads('我们@', 'no word')
    assert len(offered()) == 2, 'Escape in the making of a word must not close the menu'

    # A word narrows the menu down once it is one; then Enter chooses.
    panel.compose('xiaochuan', '小船')
    assert len(offered()) == 2, 'letters in the making are not looked for'
    key('space')
    panel.idle()
    wait(lambda: offered() == ['小船 图片2'], 'the boat')
    key('Return')
    app.find('Mention: 小船.png, sent as 图片2')
    reads('我们\ufffc', 'the chip')

    # Right behind a chip, and in front of it; undo takes back the words and leaves the chip.
    panel.compose('nihao', '你好')
    key('space')
    panel.idle()
    reads('我们\ufffc你好', 'a word behind the chip')
    for name in ('Left', 'Left', 'Left'):
        key(name)
    panel.compose('women', '我们')
    key('space')
    panel.idle()
    reads('我们我们\ufffc你好', 'a word in front of the chip')
    key('ctrl+z')
    reads('我们\ufffc你好', 'undo of a word')
    app.find('Mention: 小船.png, sent as 图片2')

    # Nothing is paid for while a word is in the making, and what is earlier does not come in its place.
    key('ctrl+End')
    panel.compose('nihao', '你好')
    key('ctrl+Return')
    key('alt+Up')
    key('Escape')
    panel.idle()
    key('exclam')
    wait(lambda: app.text(prompt).startswith('我们\ufffc你好') and len(app.text(prompt)) == 6, lambda: f'a sign: {app.text(prompt)!r}')
    assert 'What you generate appears here' in app.all_text(), 'a job was made of a word in the making'
    key('BackSpace')
    key('ctrl+Return')
    app.wait_text('我们@小船你好')
    app.close()
    platform.close()


panel = Panel()
tests = [test_composer, test_search_and_rename, test_prompt]
main([test for test in tests if len(sys.argv) < 2 or sys.argv[1] in test.__name__])
