# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of conversations in a real window: what is pinned, answering, unread, thrown away, carried out and in."""
import json
import os
import subprocess

from drive import App, Atspi, Platform, main, run, wait


def ask(app, text):
    app.set_text('Message', text)
    app.click('Send')


def answers(app):
    return len(app.search('Answer', showing=False))


def is_complete(app):
    return app.search('Send', role='button') and not app.search('Stop', role='button')


def new_chat(app, text):
    app.click('New Chat', 'button')
    wait(lambda: answers(app) == 0, 'a new conversation')
    ask(app, text)


def conversations(app):
    lists = app.search('Conversations', role='list')
    return [n.get_name() for n in app.search(role='list item', within=lists[0]) if n.get_name()] if lists else []


def describes(app, name):
    """What a screen reader hears of a row besides its name."""
    rows = app.search(name, 'list item')
    return rows[0].get_description() if rows else None


def menu(app, button, key, within=None):
    """Opens a menu and presses the letter of an item."""
    app.focus()
    app.search(button, 'toggle button', within=within)[0].get_action_iface().do_action(0)
    wait(lambda: app.search(role='menu item'), 'the menu')
    app.key(key)
    wait(lambda: not app.search(role='menu item'), 'the menu to be gone')


def row_action(app, name, key):
    app.focus()
    app.pointer_click(name, 'list item')
    menu(app, 'Conversation Menu', key, app.find(name, 'list item'))


def test_several_at_once_and_unread():
    platform = Platform(speed='1')
    app = App(env=platform.env)
    app.wait_text('What you ask is kept here')
    ask(app, 'long 250 first')
    wait(lambda: describes(app, 'long 250 first') == 'An answer is on its way', 'a sign at the first')
    new_chat(app, 'long 900 second')
    wait(lambda: describes(app, 'long 900 second') == 'An answer is on its way', 'a sign at the second')
    assert describes(app, 'long 250 first') == 'An answer is on its way'
    # It ends while nobody looks, and is read when somebody does.
    wait(lambda: describes(app, 'long 250 first') == 'There is a new answer', 'the first to be unread', 60)
    assert describes(app, 'long 900 second') == 'An answer is on its way'
    app.end()
    app = App(env=platform.env)
    wait(lambda: describes(app, 'long 250 first') == 'There is a new answer', 'the first to be unread after a restart')
    app.focus()
    app.pointer_click('long 250 first', 'list item')
    wait(lambda: describes(app, 'long 250 first') == '', 'it to be read')
    app.end()
    platform.close()


def test_pinned():
    platform = Platform(speed='50')
    app = App(env=platform.env)
    for text in ('one', 'two', 'three'):
        new_chat(app, text) if answers(app) else ask(app, text)
        wait(lambda: is_complete(app) and answers(app) == 1, 'the answer')
    wait(lambda: conversations(app) == ['three', 'two', 'one'], 'all, latest first')
    row_action(app, 'one', 'p')
    wait(lambda: conversations(app) == ['one', 'three', 'two'], 'the pinned one on top')
    app.wait_text('Pinned')
    # By the keyboard too.
    app.pointer_click('two', 'list item')
    app.key('ctrl+p')
    wait(lambda: conversations(app) == ['two', 'one', 'three'], 'two on top')
    app.end()
    app = App(env=platform.env)
    wait(lambda: conversations(app) == ['two', 'one', 'three'], 'the same after a restart')
    row_action(app, 'two', 'p')
    wait(lambda: conversations(app) == ['one', 'three', 'two'], 'it to be back among the others')
    app.end()
    platform.close()


def test_names():
    platform = Platform(speed='50')
    app = App(env=platform.env)
    ask(app, '你好！请帮我写一篇关于人工智能发展历史的文章，要求三千字以上')
    name = '你好！请帮我写一篇关于人工智能发展历史…'
    wait(lambda: conversations(app) == [name], 'a short name')
    wait(lambda: is_complete(app) and answers(app) == 1, 'the answer')
    row_action(app, name, 'r')
    app.find('Title', role='text').get_editable_text_iface().set_text_contents('我的文章')
    app.click('Rename', 'button')
    wait(lambda: conversations(app) == ['我的文章'], 'the new name')
    wait(lambda: not app.search('Title'), 'the dialog to be gone')
    # What a person named is never named anew.
    ask(app, 'and another question')
    wait(lambda: is_complete(app) and answers(app) == 2, 'the answer')
    assert conversations(app) == ['我的文章']
    row_action(app, '我的文章', 'r')
    app.find('Title', role='text').get_editable_text_iface().set_text_contents('')
    app.click('Rename', 'button')
    wait(lambda: conversations(app) == [name], 'its own name again')
    app.end()
    platform.close()


def open_trash(app):
    menu(app, 'Conversations Menu', 't')


def test_trash():
    platform = Platform(speed='50')
    app = App(env=platform.env)
    for text in ('one', 'two', 'three'):
        new_chat(app, text) if answers(app) else ask(app, text)
        wait(lambda: is_complete(app) and answers(app) == 1, 'the answer')
    open_trash(app)
    app.wait_text('Trash Is Empty')
    app.key('Escape')
    wait(lambda: 'Trash Is Empty' not in app.all_text(), 'the dialog to be gone')
    row_action(app, 'one', 't')
    wait(lambda: conversations(app) == ['three', 'two'], 'one to be gone')
    app.pointer_click('two', 'list item')
    app.key('Delete')
    wait(lambda: conversations(app) == ['three'], 'two to be gone')
    app.end()

    app = App(env=platform.env)
    wait(lambda: conversations(app) == ['three'], 'the one that was kept')
    open_trash(app)
    deleted = app.find('Deleted Conversations', 'list')
    wait(lambda: len(app.search('Restore', 'button', within=deleted)) == 2, 'both in the trash')
    app.wait_text('30 days left')
    # The last one is the first.
    app.search('Restore', 'button', within=deleted)[0].get_action_iface().do_action(0)
    wait(lambda: len(app.search('Restore', 'button')) == 1, 'two to be restored')
    app.click('Delete Now', 'button')
    app.wait_text('“one” will be gone for good.')
    app.click('Cancel', 'button')
    wait(lambda: 'gone for good' not in app.all_text(), 'nothing to be done')
    app.click('Empty…', 'button')
    app.wait_text('1 conversation will be gone for good.')
    app.click('Empty Trash', 'button')
    app.wait_text('Trash Is Empty')
    app.key('Escape')
    wait(lambda: conversations(app) == ['three', 'two'], 'two to be where it was')
    app.wait_text('two')
    app.end()
    platform.close()


def file_dialog(app, title, path, button):
    """Types a path into GTK's own file dialog."""
    def find():
        return subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', f'^{title}$'], text=True,
                              capture_output=True).stdout.split()
    run('xdotool', 'windowactivate', '--sync', wait(find, f'the dialog {title}')[-1])

    def focused():
        return [n for n in app.search(where=lambda n: n.get_state_set().contains(Atspi.StateType.FOCUSED))
                if n.get_editable_text_iface() is not None and app.text(n) != path and n.get_parent().get_name() != 'Message']

    def location():
        if not focused():
            app.key('ctrl+l')
        return focused()
    wait(location if button == 'Open' else focused, 'where the name is typed')[0].get_editable_text_iface().set_text_contents(path)
    app.click(button, 'button')
    wait(lambda: not find(), 'the dialog to be gone')


def export(app, name, letter, path):
    app.focus()
    app.pointer_click(name, 'list item')
    row = app.find(name, 'list item')
    app.search('Conversation Menu', 'toggle button', within=row)[0].get_action_iface().do_action(0)
    wait(lambda: app.search(role='menu item'), 'the menu')
    app.key('e')
    app.key(letter)
    file_dialog(app, 'Export Conversation', path, 'Save')
    app.wait_text(f'Saved as “{os.path.basename(path)}”')
    with open(path) as f:
        return f.read()


def test_out_and_in():
    platform = Platform(speed='50')
    folder = os.environ['W']
    app = App(env=platform.env)
    ask(app, 'markdown <b>')
    wait(lambda: is_complete(app) and answers(app) == 1, 'the answer')
    name = 'markdown <b>'
    text = export(app, name, 'm', f'{folder}/talk.md')
    assert text.startswith('# markdown <b>\n') and '## Answer' in text and '| Mode | Sends | Gives |' in text, text
    page = export(app, name, 'h', f'{folder}/talk.html')
    assert '<strong>' in page and '<table>' in page and 'markdown &lt;b&gt;' in page and '<b>' not in page and '</html>' in page, page
    data = json.loads(export(app, name, 'j', f'{folder}/talk.json'))
    assert [m['role'] for m in data['messages']] == ['user', 'assistant'], data

    menu(app, 'Conversations Menu', 'i')
    file_dialog(app, 'Import Conversation', f'{folder}/talk.json', 'Open')
    app.wait_text('Conversation imported')
    wait(lambda: conversations(app) == [name, name], 'two of it')
    for content, sentence in ((text, 'This is no JSON file.'), ('{"a": 1}', 'holds no conversation of Yuanjing'),
                              (json.dumps(dict(data, version=9)), 'by a newer version of Yuanjing'),
                              (json.dumps(dict(data, messages=[])), 'There is no message in this file.'),
                              (json.dumps(dict(data, messages=[7])), 'The file is damaged')):
        with open(f'{folder}/bad.json', 'w') as f:
            f.write(content)
        menu(app, 'Conversations Menu', 'i')
        file_dialog(app, 'Import Conversation', f'{folder}/bad.json', 'Open')
        app.wait_text(sentence)
    assert conversations(app) == [name, name]
    app.end()
    platform.close()


def find_count(app):
    bars = app.search('Find in Conversation', 'search') or app.search('Find in Conversation', showing=True)
    return [app.text(n) for bar in bars for n in app.search(role='label', within=bar) if app.text(n)]




def in_sight(app, text):
    """Whether a label with @text is within the window."""
    height = int(dict(line.split('=') for line in run('xdotool', 'getwindowgeometry', '--shell', app.window).split())['HEIGHT'])
    for node in app.search(role='label', where=lambda n: text in app.text(n)):
        box = node.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
        if 0 < box.y and box.y + box.height < height:
            return True
    return False


def test_search_and_find():
    platform = Platform(speed='50')
    app = App(env=platform.env)
    ask(app, '月亮门外的小船')
    wait(lambda: is_complete(app) and answers(app) == 1, 'the answer')
    new_chat(app, 'markdown please')
    wait(lambda: is_complete(app) and answers(app) == 1, 'the answer')

    # The search goes to the place and marks it.
    app.focus()
    app.key('ctrl+k')
    app.set_text('Search Conversations', '小船')
    wait(lambda: conversations(app) == ['月亮门外的小船'], 'the one with the words')
    wait(lambda: '小船' in (describes(app, '月亮门外的小船') or ''), 'the words around it')
    app.key('Return')
    wait(lambda: find_count(app)[-1:] == ['1 of 2'] or find_count(app)[-1:] == ['2 of 2'], 'the hit')
    wait(lambda: in_sight(app, '小船'), 'the message')
    assert app.text(app.search('Find in Conversation', where=lambda n: n.get_editable_text_iface() is not None)[0]) == '小船'

    # And within a conversation, whatever is in sight.
    app.set_text('Search Conversations', '')
    wait(lambda: len(conversations(app)) == 2, 'both')
    app.pointer_click('markdown please', 'list item')
    app.wait_text('A sample of Markdown')
    wait(lambda: not find_count(app), 'the bar to be gone with what it was about')
    app.key('ctrl+f')
    app.find('Find in Conversation')
    app.type('sandbox')
    wait(lambda: find_count(app)[-1:] == ['1 of 1'], 'the one hit')
    wait(lambda: in_sight(app, 'local sandbox'), 'it to be in sight')
    app.key('ctrl+a')
    app.type('st')
    wait(lambda: find_count(app)[-1:] and find_count(app)[-1].endswith(' of 8'), 'eight hits')
    now = int(find_count(app)[-1].split()[0])
    app.key('Return')
    wait(lambda: find_count(app)[-1] == f'{now % 8 + 1} of 8', 'the next')
    app.key('shift+Return')
    wait(lambda: find_count(app)[-1] == f'{now} of 8', 'the one before')
    for _ in range(8):
        app.key('ctrl+g')
    wait(lambda: find_count(app)[-1] == f'{now} of 8', 'round to the same')
    app.key('ctrl+shift+g')
    wait(lambda: find_count(app)[-1] == f'{(now - 2) % 8 + 1} of 8', 'the one before')
    app.key('ctrl+a')
    app.type('elephants')
    wait(lambda: find_count(app)[-1:] == ['No hits'], 'nothing')
    app.key('Escape')
    wait(lambda: not find_count(app), 'the bar to be gone')
    app.end()
    platform.close()


def test_far_and_hidden():
    """A hit on another branch of a conversation of 5,000 messages, and one far from what is in sight."""
    platform = Platform(speed='50')
    path = os.path.join(os.environ['W'], 'long.json')
    messages = []

    def add(parent, role, text, chosen=0):
        messages.append({'id': len(messages) + 1, **({'parent': parent} if parent else {}), 'role': role, 'state': 'complete', 'text': text,
                         'created': '2026-03-04T05:06:07.000000Z', 'chosen': f'2026-03-04T05:06:08.{chosen:06}Z'})
        return len(messages)
    parent = 0
    for i in range(2500):
        parent = add(parent, 'user', f'question {i}')
        if i == 1200:
            add(parent, 'assistant', 'A **hidden** answer about 独角兽 that nobody chose.')
        if i == 2000:
            parent = add(parent, 'assistant', '```c\n' + ''.join(f'/* line {n} of it */\n' for n in range(100)) + '```\n', 1)
            continue
        parent = add(parent, 'assistant', f'Answer {i}.\n\n' + ('The only needle is here. ' if i == 40 else 'Hay and hay. ') * 3, 1)
    with open(path, 'w') as f:
        json.dump({'format': 'yuanjing-conversation', 'version': 1, 'title': 'long', 'updated': '2026-03-04T05:06:07.000000Z',
                   'messages': messages}, f)
    app = App(env=platform.env)
    app.find('New Chat')
    menu(app, 'Conversations Menu', 'i')
    file_dialog(app, 'Import Conversation', path, 'Open')
    app.wait_text('Answer 2499.')
    app.focus()
    app.key('ctrl+f')
    app.type('needle')
    wait(lambda: find_count(app)[-1:] == ['1 of 3'], 'the three far away')
    wait(lambda: in_sight(app, 'The only needle'), 'the message')
    # Code that is folded opens for what is in it.
    app.key('ctrl+a')
    app.type('line 77 of')
    wait(lambda: find_count(app)[-1:] == ['1 of 1'], 'the line of code')

    def line_in_sight():
        for node in app.search(role='label', where=lambda n: 'line 77 of' in app.text(n)):
            box = node.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
            lines = app.text(node).split('\n')
            y = box.y + box.height * [i for i, line in enumerate(lines) if 'line 77 of' in line][0] / len(lines)
            if 50 < y < 500:
                return True
        return False
    wait(line_in_sight, 'the code to be unfolded, and its line in sight')
    app.key('Escape')
    app.key('ctrl+k')
    app.set_text('Search Conversations', '独角兽')
    wait(lambda: '独角兽' in (describes(app, 'long') or ''), 'the words around it')
    app.key('Return')
    wait(lambda: find_count(app)[-1:] == ['1 of 1'], 'the hit')
    wait(lambda: in_sight(app, '独角兽'), 'the answer that was hidden')
    app.end()
    platform.close()


main([test_far_and_hidden, test_search_and_find, test_out_and_in, test_several_at_once_and_unread, test_pinned, test_names, test_trash])
