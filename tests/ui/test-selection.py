# SPDX-License-Identifier: GPL-3.0-or-later
"""Selecting and copying in a real conversation, with the pointer and the keyboard, read from the clipboard as another
program would; thoughts, facts, silence and what a screen reader hears of answers."""
import os
import sqlite3
import subprocess
import time

from drive import App, Atspi, GLib, Platform, main, run, wait


def start(*args, speed='100', **env):
    platform = Platform(*args, speed=speed)
    app = App(env={**platform.env, **env})
    app.find('New Chat')
    app.focus()
    return platform, app


def is_complete(app):
    return app.search('Send', role='button') and not app.search('Stop', role='button')


def ask(app, text):
    app.set_text('Message', text)
    app.click('Send')
    wait(lambda: not is_complete(app) or app.search('Answer', showing=False), 'the answer')
    wait(lambda: is_complete(app), 'the end of the answer', 60)


def texts(platform):
    """The messages as they are kept, in order."""
    db = sqlite3.connect(f'file:{platform.folder}/library.db?mode=ro', uri=True)
    try:
        return [row[0] for row in db.execute('SELECT text FROM messages WHERE trashed = 0 ORDER BY seq')]
    finally:
        db.close()


def paste(kind='text/markdown', selection='clipboard'):
    """What another program gets."""
    done = subprocess.run(['xclip', '-o', '-selection', selection, '-t', kind], capture_output=True, timeout=25)
    return done.stdout.decode() if done.returncode == 0 else None


def copy(app):
    subprocess.run(['xclip', '-i', '-selection', 'clipboard'], input=b'nothing', check=True)
    app.key('ctrl+c')
    return wait(lambda: (paste() or None), 'something to paste')


def expect(app, text):
    got = []

    def is_copied():
        got.append(copy(app))
        return got[-1] == text
    try:
        wait(is_copied, repr(text))
    except Exception as error:
        raise AssertionError(f'{error}; copied was {got[-1]!r}') from None


def box(app, node):
    extents = node.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
    origin = dict(line.split('=') for line in run('xdotool', 'getwindowgeometry', '--shell', app.window).split())
    return int(origin['X']) + extents.x, int(origin['Y']) + extents.y, extents.width, extents.height


def label(app, text):
    """The label of a message that shows just this."""
    cards = app.search(role='article')
    return wait(lambda: [n for card in cards or app.search(role='article') for n in app.search(role='label', within=card)
                         if app.text(n) == text], f'the label {text!r}')[-1]


def point(app, node, part):
    """A place at the height of a label's first line, so far along."""
    x, y, width, height = box(app, node)
    return int(x + width * part), y + min(height // 2, 12)


def press(x, y, *args):
    run('xdotool', 'mousemove', str(x), str(y), *(args or ('click', '1')))


def drag(begin, end, hold=lambda: None):
    run('xdotool', 'mousemove', *map(str, begin), 'mousedown', '1')
    for i in range(1, 7):
        run('xdotool', 'mousemove', *(str(a + (b - a) * i // 6) for a, b in zip(begin, end)))
    try:
        hold()
    finally:
        run('xdotool', 'mouseup', '1')


def close(app, platform):
    app.end()
    platform.close()


def test_keyboard():
    platform, app = start()
    ask(app, 'markdown please')
    question, answer = texts(platform)
    # From the composer to the answer that is in sight, and from its beginning to its end.
    app.key('alt+Down')
    wait(lambda: app.find('Question').get_state_set().contains(Atspi.StateType.FOCUSED), 'the question to have the focus')
    app.key('alt+Down')
    wait(lambda: app.find('Answer').get_state_set().contains(Atspi.StateType.FOCUSED), 'the answer to have the focus')
    assert copy(app) == answer, 'nothing selected: the message is copied'
    app.key('ctrl+shift+End')
    expect(app, answer)      # all of it is what was received
    assert paste(selection='primary') == answer
    html = paste('text/html')
    assert '<strong>strong words</strong>' in html and '<th align="left">Mode</th>' in html, html
    plain = paste('UTF8_STRING')
    assert 'A paragraph with emphasis, strong words,' in plain and '**' not in plain and 'Text to video\ta prompt\t5 s' in plain, plain
    app.key('ctrl+shift+Home')
    app.key('ctrl+a')
    assert copy(app) == question + '\n\n' + answer.strip(), 'all of the conversation'
    app.key('ctrl+shift+a')
    app.pointer_click('Message', 'text')
    app.key('ctrl+v')
    wait(lambda: 'A paragraph with emphasis, strong' in app.text(app.find('Message', role='text')), 'the pasted text')
    close(app, platform)


def test_letters_and_words():
    platform, app = start()
    ask(app, 'one two three')
    app.key('alt+Up', 'alt+Up')
    wait(lambda: app.find('Question').get_state_set().contains(Atspi.StateType.FOCUSED), 'the question to have the focus')
    app.key('shift+Right', 'shift+Right')
    expect(app, 'on')
    app.key('ctrl+shift+Right', 'ctrl+shift+Right')
    expect(app, 'one two')
    app.key('shift+Left')
    expect(app, 'one tw')
    app.key('shift+End')
    expect(app, 'one two three')
    app.key('shift+Home', 'shift+Right')
    expect(app, 'o')
    close(app, platform)


def test_pointer():
    platform, app = start()
    ask(app, 'markdown please')
    question, answer = texts(platform)
    # Across messages, from the middle of one block to that of another.
    drag(point(app, label(app, 'markdown please'), 0.01), point(app, label(app, 'A table'), 0.99))
    assert copy(app) == 'markdown please\n\n' + answer[:answer.index('## A table')] + '## A table', copy(app)
    # A word, a paragraph, more with Shift.
    paragraph = next(n for n in app.search(role='label') if app.text(n).startswith('A paragraph with'))
    x, y = point(app, paragraph, 0.01)
    press(x + 20, y, 'click', '--repeat', '2', '--delay', '60', '1')
    assert copy(app) == 'paragraph', copy(app)
    assert paste(selection='primary') == 'paragraph'
    time.sleep(0.6)
    press(x + 20, y, 'click', '--repeat', '3', '--delay', '60', '1')
    assert copy(app) == answer.split('\n\n')[1], copy(app)
    time.sleep(0.6)
    # The bounds of what lies in a cell are told without the room around it.
    x, y, width, height = box(app, label(app, 'Text to video'))
    press(x + 24, y + 28)
    x, y, width, height = box(app, label(app, 'one or two pictures'))
    x, y = x + 23 + width, y + 28
    run('xdotool', 'keydown', 'shift', 'mousemove', str(x), str(y), 'click', '1', 'keyup', 'shift')
    table = copy(app).splitlines()
    assert table[0].split('|')[1:-1] == [' Mode ', ' Sends ', ' Gives '] and len(table) == 4 and 'Image to video' in table[3], table
    assert paste('UTF8_STRING') == 'Text to video\ta prompt\t5 s\nImage to video\tone or two pictures'
    # A click selects nothing, and the menu knows: there is nothing in it to be done with a selection.
    time.sleep(0.6)
    press(x, y)
    time.sleep(0.6)
    press(x, y, 'click', '3')
    wait(lambda: app.search(role='menu item'), 'the menu')
    # One on from Select All, the first that there is.
    app.key('Down')
    app.key('Return')
    wait(lambda: paste() == answer, 'the message')
    close(app, platform)


def test_code_and_chinese():
    platform, app = start()
    ask(app, '用户 markdown')
    answer = texts(platform)[1]
    app.key('alt+Down', 'alt+Down')
    app.key('ctrl+shift+End')
    assert copy(app) == answer
    time.sleep(0.6)
    # Within code it is a fence of the same language that is copied.
    app.key('ctrl+Home')
    x, y, width, height = box(app, label(app, '代码'))
    drag((x + 13, y + height + 50), (x + 400, y + height + 75))
    assert copy(app) == '```python\ndef greet(name: str) -> str:\n    \"\"\"打招呼\"\"\"\n```', copy(app)
    close(app, platform)


def test_far_away():
    """What is selected stays so when its rows go, and can be dragged to beyond the edge of the view."""
    platform, app = start(speed='400')
    for i in range(4):
        ask(app, f'markdown {i}')
    kept = texts(platform)
    app.key('alt+Up')
    app.key('End')
    app.key('ctrl+a')
    whole = '\n\n'.join(t.strip() for t in kept)
    assert copy(app) == whole
    def has_first():
        return app.search(role='label', where=lambda n: app.text(n) == 'markdown 0', within=app.find('Messages', role='list'))
    app.key('Home')
    wait(has_first, 'the beginning')
    assert copy(app) == whole
    app.key('End')
    wait(lambda: not has_first(), 'the end')
    # Up from the last answer, with the pointer resting above the edge until the first question has come.
    x, y, width, height = box(app, app.search('Answer')[-1])
    transcript = box(app, app.find('Messages', role='list'))

    def is_at_begin():
        first = has_first()
        return first and box(app, first[0])[1] >= transcript[1]
    drag((x + 300, transcript[1] + transcript[3] // 2), (x + 2, 2), lambda: wait(is_at_begin, 'the view to come to the beginning', 60))
    assert copy(app).startswith('markdown 0\n\n# A sample'), copy(app)[:80]
    close(app, platform)


def test_thoughts():
    platform, app = start(speed='2')
    app.set_text('Message', 'think, and go on')
    app.click('Send')
    # Closed, with seconds that run.
    app.find(lambda name: name.startswith('Thinking…'), role='toggle button')
    assert 'The user asks' not in app.all_text()
    wait(lambda: is_complete(app), 'the end of the answer', 60)
    button = app.find(lambda name: name.startswith('Thought for'), role='toggle button')
    said = button.get_name()
    assert 'The user asks' not in app.all_text()
    button.get_action_iface().do_action(0)
    app.wait_text('The user asks')
    # They can be selected, and are no part of what lies around them.
    thoughts = next(n for n in app.search(role='label') if app.text(n).startswith('The user asks'))
    x, y = point(app, thoughts, 0.01)
    press(x + 10, y, 'click', '--repeat', '2', '--delay', '60', '1')
    assert copy(app) == 'The', copy(app)
    app.key('ctrl+a')
    assert 'The user asks' not in copy(app)
    app.end()
    app = App(env=platform.env)
    app.find(said, role='toggle button')
    assert 'The user asks' not in app.all_text()
    close(app, platform)


def test_facts():
    platform, app = start(speed='10')
    ask(app, 'hello')
    app.search('Copy Message', role='button')[-1].get_action_iface().do_action(0)
    answer = texts(platform)[1]
    wait(lambda: paste() == answer, 'the message as Markdown')
    assert paste('UTF8_STRING') == answer and '<p>' in paste('text/html')
    facts = app.find(lambda name: 'tokens in' in name and 'tokens/s' in name, role='toggle button')
    facts.get_action_iface().do_action(0)
    app.wait_text('Usage ID')
    text = app.all_text()
    for name in ('Tokens In', 'Of Them Cached', 'Tokens Out', 'First Token After', 'Speed'):
        assert name in text, text
    app.click('Copy Details')
    wait(lambda: 'Usage ID: ' in (paste('UTF8_STRING') or ''), 'the details')
    app.key('Escape')
    close(app, platform)


def test_silence():
    platform, app = start('--fault', 'chat:stall=600', YUANJING_STALL_SECONDS='1')
    app.set_text('Message', 'hello')
    app.click('Send')
    app.wait_text('Still waiting: nothing has come for a while.')
    app.find('Stop')
    app.click('Stop Waiting')
    app.wait_text('You stopped this answer.')
    assert not [n for n in app.search(role='label') if app.text(n).startswith('Still waiting')]
    close(app, platform)


def test_screen_reader():
    heard = []

    def event_cb(event):
        if event.type.startswith('object:announcement'):
            heard.append(event.any_data)
    listener = Atspi.EventListener.new(event_cb)
    listener.register('object:announcement')

    def listen():
        while GLib.MainContext.default().iteration(False):
            pass
        return heard
    platform, app = start(speed='5')
    app.set_text('Message', 'hello')
    app.click('Send')
    wait(lambda: is_complete(app) and app.search('Answer') and listen(), 'the announcement', 60)
    end = time.monotonic() + 1
    while time.monotonic() < end:
        listen()
        time.sleep(0.05)
    assert len(heard) == 1, heard
    transcript = app.find('Messages', role='list')
    cards = app.search(role='article', within=transcript)
    assert [c.get_name() for c in cards] == ['Question', 'Answer'], cards
    listener.deregister('object:announcement')
    close(app, platform)


if __name__ == '__main__':
    main([test_keyboard, test_letters_and_words, test_pointer, test_code_and_chinese, test_far_away, test_thoughts,
          test_facts, test_silence, test_screen_reader])
