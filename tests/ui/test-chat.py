# SPDX-License-Identifier: GPL-3.0-or-later
"""The Chat place in a real window, on real sandboxes."""
import os
import tempfile

import drive
from drive import App, Atspi, main, run, wait


class Sandbox(drive.Sandbox):
    """A platform on the loopback interface, with what is to go wrong on it."""

    def app(self, folder, key=None):
        return App(env={'YUANJING_BASE_URL': self.url, 'YUANJING_API_KEY': key or self.key,
                        'YUANJING_DATA_DIR': folder})


def new_folder():
    return tempfile.mkdtemp(dir=os.environ['W'])


def message(app):
    return app.find('Message', role='text')


def ask(app, text):
    app.set_text('Message', text)
    app.click('Send')


def answers(app):
    return len(app.search('Answer', showing=False))


def is_complete(app):
    """Nothing comes any more, and there is something to send again."""
    return app.search('Send', role='button') and not app.search('Stop', role='button')


def test_typed_sent_and_streamed():
    with Sandbox('--speed', '2') as sandbox:
        app = sandbox.app(new_folder())
        app.find('New Chat')
        app.focus()
        app.pointer_click('Message', 'text')
        app.type('markdown please')
        wait(lambda: app.text(message(app)) == 'markdown please', 'what was typed')
        app.key('Return')
        app.find('Stop')
        wait(lambda: app.text(message(app)) == '', 'the composer to be empty')
        app.wait_text('A sample of Markdown')
        # It grows before our eyes.
        app.find('Stop')
        wait(lambda: is_complete(app), 'the end of the answer', 60)
        app.wait_text('tokens in')
        # What the Markdown says is what is shown: no mark is left of it.
        text = app.all_text()
        assert 'strong words' in text and '**strong' not in text, text
        app.find('Copy Code')
        app.find('Message Menu')
        # The question went to the top and the view stayed there.
        question = next(n for n in app.search(role='label') if app.text(n) == 'markdown please' and n.get_parent().get_name() == '')
        assert question, app.tree()
        app.click('Scroll to End')
        app.wait_text('tokens/s')
        wait(lambda: not app.search('Scroll to End'), 'the end to be in sight')
        app.end()


def test_enter_and_shift_enter():
    with Sandbox('--speed', '20') as sandbox:
        app = sandbox.app(new_folder())
        app.find('New Chat')
        app.focus()
        app.pointer_click('Message', 'text')
        app.type('one')
        app.key('shift+Return')
        app.type('two')
        wait(lambda: app.text(message(app)) == 'one\ntwo', 'two lines')
        assert answers(app) == 0
        app.key('KP_Enter')
        wait(lambda: answers(app) == 1, 'the answer')
        wait(lambda: is_complete(app), 'the end of the answer')
        # Nothing is sent of nothing.
        app.pointer_click('Message', 'text')
        app.key('Return')
        app.type('x')
        wait(lambda: app.text(message(app)) == 'x', 'the one letter')
        assert answers(app) == 1
        app.end()


def test_stop_keeps_what_has_come():
    with Sandbox() as sandbox:
        folder = new_folder()
        app = sandbox.app(folder)
        ask(app, 'long 500')
        app.wait_text('local sandbox')
        app.click('Stop')
        app.wait_text('You stopped this answer.')
        app.wait_text('local sandbox')
        wait(lambda: is_complete(app), 'Send')
        # Escape does the same.
        ask(app, 'long 400')
        app.find('Stop')
        app.focus()
        app.pointer_click('Message', 'text')
        app.key('Escape')
        wait(lambda: is_complete(app), 'Send')
        assert answers(app) == 2
        app.end()


def test_wrong_key_is_told():
    with Sandbox() as sandbox:
        app = sandbox.app(new_folder(), key='wrong')
        ask(app, 'who are you')
        app.wait_text('did not accept the API key')
        app.find('Try Again')
        wait(lambda: is_complete(app), 'Send')
        app.end()


def test_cut_stream_is_told_and_tried_again():
    with Sandbox('--speed', '20', '--fault', 'chat:cut-response-after=4000@1') as sandbox:
        app = sandbox.app(new_folder())
        ask(app, 'markdown')
        app.wait_text('The connection broke off.')
        assert answers(app) == 1
        app.find('Continue')
        app.click('Try Again')
        wait(lambda: is_complete(app) and 'tokens/s' in app.all_text(), 'the end of the answer')
        # The one that was cut is still there, as the other version.
        app.find('Version 2 of 2')
        assert not app.search('Try Again')
        app.end()


def test_restart_keeps_conversation_and_draft():
    folder = new_folder()
    with Sandbox('--speed', '50') as sandbox:
        app = sandbox.app(folder)
        ask(app, 'who are you')
        wait(lambda: is_complete(app) and answers(app) == 1, 'the answer')
        app.wait_text('tokens in')
        app.set_text('Message', '还没写完')
        app.end()
        app = sandbox.app(folder)
        app.wait_text('local sandbox')
        wait(lambda: app.text(message(app)) == '还没写完', 'the draft')
        # A new one begins empty, and the draft stays with its own.
        app.click('New Chat')
        wait(lambda: app.text(message(app)) == '', 'an empty composer')
        app.find('who are you', role='list item')
        app.end()


def test_killed_while_it_streams():
    folder = new_folder()
    with Sandbox() as sandbox:
        app = sandbox.app(folder)
        ask(app, 'long 500')
        app.wait_text('local sandbox')
        # Journalled at least once a second.
        run('sleep', '1.5')
        app.kill()
        app = sandbox.app(folder)
        app.wait_text('local sandbox')
        app.find('Try Again')
        app.end()


def test_no_key_shows_the_way():
    folder = new_folder()
    with Sandbox('--speed', '50') as sandbox:
        app = sandbox.app(folder)
        ask(app, 'who are you')
        wait(lambda: is_complete(app) and answers(app) == 1, 'the answer')
        app.end()
    app = App(env={'YUANJING_DATA_DIR': folder, 'YUANJING_BASE_URL': 'http://127.0.0.1:9'})
    app.wait_text('local sandbox')
    ask(app, 'and now')
    app.wait_text('An API key is needed to send this.')
    app.find('Enter API Key')
    assert app.text(message(app)) == 'and now'
    app.click('Try Without an Account')
    wait(lambda: not app.search(lambda n: n.startswith('An API key is needed')), 'the way to be taken')
    app.click('Send')
    wait(lambda: answers(app) == 2, 'an answer of the sandbox')
    app.end()


def conversations(app):
    lists = app.search('Conversations', role='list')
    return [n.get_name() for n in app.search(role='list item', within=lists[0]) if n.get_name()] if lists else []


def test_conversations_search_rename_delete():
    with Sandbox('--speed', '50') as sandbox:
        app = sandbox.app(new_folder())
        for text in ('月亮门外的小船', 'second talk'):
            if answers(app):
                app.click('New Chat', 'button')
                wait(lambda: answers(app) == 0, 'a new conversation')
            ask(app, text)
            wait(lambda: is_complete(app) and answers(app) == 1, 'the answer')
        wait(lambda: conversations(app) == ['second talk', '月亮门外的小船'], 'both, latest first')
        app.wait_text('Today')

        # Two Chinese letters are enough, wherever they stand.
        app.set_text('Search Conversations', '小船')
        wait(lambda: conversations(app) == ['月亮门外的小船'], 'the one with the words')
        app.set_text('Search Conversations', '大象')
        app.wait_text('No conversation holds these words.')
        app.set_text('Search Conversations', '')
        wait(lambda: len(conversations(app)) == 2, 'both again')

        # The keyboard reaches all of it.
        app.focus()
        app.pointer_click('second talk', 'list item')
        app.key('F2')
        title = app.find('Title', role='text')
        title.get_editable_text_iface().set_text_contents('another name')
        app.click('Rename', 'button')
        wait(lambda: 'another name' in conversations(app), 'the new name')
        wait(lambda: not app.search('Title'), 'the dialog to be gone')

        app.pointer_click('another name', 'list item')
        app.key('Delete')
        wait(lambda: conversations(app) == ['月亮门外的小船'], 'one to be gone')
        app.click('Undo')
        wait(lambda: len(conversations(app)) == 2, 'it to be back')
        app.wait_text('second talk')
        app.end()


def test_narrow():
    with Sandbox('--speed', '50') as sandbox:
        app = sandbox.app(new_folder())
        ask(app, 'markdown')
        wait(lambda: is_complete(app) and answers(app) == 1, 'the answer')
        app.resize(360, 480)
        wait(lambda: not app.search('Search Conversations'), 'the list to make room')
        for name in ('Message', 'Model', 'Send'):
            node = app.find(name)
            box = node.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
            assert box.x >= 0 and box.x + box.width <= 362, f'{name} sticks out: {box.x} + {box.width}'
        app.click('Back')
        app.find('Search Conversations')
        app.focus()
        app.pointer_click('markdown', 'list item')
        app.find('Message')
        app.end()


def test_model_is_chosen_and_sent():
    with Sandbox('--speed', '50') as sandbox:
        app = sandbox.app(new_folder())
        app.pointer_click('Model', 'toggle button')
        entry = app.find('Search or enter a model name')
        entry.get_editable_text_iface().set_text_contents('my-own-model')
        app.click('Use “my-own-model”')
        ask(app, 'who are you')
        wait(lambda: is_complete(app) and answers(app) == 1, 'the answer')
        wait(lambda: any('my-own-model ·' in line for line in app.all_text().splitlines()), 'the model under the answer')
        app.end()


def test_used_as_prompt():
    with Sandbox('--speed', '50') as sandbox:
        app = sandbox.app(new_folder())
        ask(app, '月亮门外的小船')
        wait(lambda: is_complete(app) and answers(app) == 1, 'the answer')
        question = app.find('Question')
        app.focus()
        app.search('Message Menu', 'toggle button', within=question)[0].get_action_iface().do_action(0)
        wait(lambda: app.search(role='menu item'), 'the menu')
        app.key('u')
        wait(lambda: app.text(app.find('Prompt', role='text')) == '月亮门外的小船', 'the words in Create')
        app.end()


def test_what_holds_nothing_is_not_kept():
    with Sandbox('--speed', '50') as sandbox:
        app = sandbox.app(new_folder())
        ask(app, 'who are you')
        wait(lambda: is_complete(app) and answers(app) == 1, 'the answer')
        app.click('New Chat', 'button')
        wait(lambda: answers(app) == 0, 'a new conversation')
        app.set_text('Message', 'begun')
        wait(lambda: len(conversations(app)) == 2 or len(app.search(role='list item', within=app.find('Conversations', 'list'))) > 1,
             'it to be in the list with its draft')
        app.set_text('Message', '')
        app.focus()
        app.pointer_click('who are you', 'list item')
        wait(lambda: answers(app) == 1, 'the first one')
        wait(lambda: len(app.search(role='list item', within=app.find('Conversations', 'list'))) == 1, 'the empty one to be gone')
        app.end()


def test_code_is_saved():
    with Sandbox('--speed', '50') as sandbox:
        folder = new_folder()
        target = os.path.join(folder, 'saved.c')
        app = sandbox.app(folder)
        ask(app, 'markdown')
        wait(lambda: is_complete(app) and answers(app) == 1, 'the answer')
        app.click('Save Code')
        # The name that is offered goes with the language; typing a path takes its place.
        wait(lambda: 'code.c' in app.tree(), 'the dialog')
        app.key('ctrl+a')
        app.type(target)
        app.key('Return')
        app.wait_text('Code saved')
        with open(target, encoding='utf-8') as file:
            code = file.read()
        assert code.startswith('#include <stdio.h>') and code.endswith('}\n'), code
        app.end()


main([test_typed_sent_and_streamed, test_enter_and_shift_enter, test_stop_keeps_what_has_come, test_wrong_key_is_told,
      test_cut_stream_is_told_and_tried_again, test_restart_keeps_conversation_and_draft, test_killed_while_it_streams,
      test_no_key_shows_the_way, test_conversations_search_rename_delete, test_narrow, test_model_is_chosen_and_sent, test_used_as_prompt,
      test_what_holds_nothing_is_not_kept, test_code_is_saved])
