# SPDX-License-Identifier: GPL-3.0-or-later
"""Where messages are written, in a real window."""
import os
import subprocess
import time

from drive import App, Atspi, Clipboard, DragSource, Platform, main, wait


def message(app):
    return app.find('Message', role='text')


def typed(app):
    return app.text(message(app))


def height(app):
    box = app.search('Send', role='button')[0].get_component_iface().get_extents(Atspi.CoordType.WINDOW)
    top = message(app).get_component_iface().get_extents(Atspi.CoordType.WINDOW)
    return box.y - top.y


def settled_height(app):
    """The height once it stays the same."""
    seen = []

    def rests():
        seen.append(height(app))
        return len(seen) > 4 and len(set(seen[-4:])) == 1
    wait(rests, 'the height to rest')
    return seen[-1]


def answers(app):
    return len(app.search('Answer', showing=False))


def is_complete(app):
    return app.search('Send', role='button') and not app.search('Stop', role='button')


def ask(app, text):
    before = answers(app)
    app.set_text('Message', text)
    app.click('Send')
    wait(lambda: answers(app) == before + 1 and is_complete(app), 'the answer')


def open_app(platform):
    app = App(env=platform.env)
    app.find('New Chat')
    app.focus()
    wait(lambda: message(app).get_state_set().contains(Atspi.StateType.FOCUSED), 'the keyboard to be in the composer')
    return app


def cursor(app):
    return Atspi.Text.get_caret_offset(message(app).get_text_iface())


def test_grows_to_eight_lines():
    platform = Platform()
    app = open_app(platform)
    for letter in ('x', '字'):
        heights = {}
        for number in (1, 4, 5, 8, 9, 30):
            app.set_text('Message', '\n'.join([letter] * number))
            heights[number] = settled_height(app)
        line = heights[5] - heights[4]
        assert line >= 15, heights
        # The eighth line is the last one that it grows by; from then on it scrolls.
        assert heights[8] == heights[5] + 3 * line, heights
        assert heights[9] == heights[30] == heights[8], heights
        app.set_text('Message', '')
        wait(lambda: height(app) == heights[1], 'one line again')
    app.end()
    platform.close()


def test_draft_survives_anything():
    platform = Platform(speed='50')
    app = open_app(platform)
    ask(app, 'first talk')
    app.click('New Chat', 'button')
    wait(lambda: answers(app) == 0, 'a new conversation')
    app.type('half a thought')
    app.key('Home')
    app.key('Right', 'Right', 'Right', 'Right')
    wait(lambda: cursor(app) == 4, 'the cursor in the middle')
    time.sleep(0.3)     # what is promised: 300 ms after the last key
    app.kill()

    app = open_app(platform)
    wait(lambda: typed(app) == 'half a thought', 'the draft after a kill')
    wait(lambda: cursor(app) == 4, 'the cursor where it was')
    # Each conversation has its own.
    app.pointer_click('first talk', 'list item')
    wait(lambda: typed(app) == '' and answers(app) == 1, 'the other conversation')
    app.set_text('Message', 'another one')
    app.pointer_click('New Chat', 'list item')
    wait(lambda: typed(app) == 'half a thought' and cursor(app) == 4, 'the first draft')
    app.pointer_click('first talk', 'list item')
    wait(lambda: typed(app) == 'another one', 'the second draft')
    app.end()
    platform.close()


def test_what_was_asked_before():
    platform = Platform(speed='50')
    app = open_app(platform)
    for text in ('one', 'two\nlines', 'three'):
        ask(app, text)
    app.pointer_click('Message', 'text')
    app.key('Up')
    wait(lambda: typed(app) == 'three', 'the last question')
    app.key('Up')
    wait(lambda: typed(app) == 'two\nlines', 'the one before')
    app.type('!')
    wait(lambda: typed(app) == 'two\nlines!', 'it to be changed')
    # The cursor goes through the lines first.
    app.key('Up', 'Up')
    wait(lambda: typed(app) == 'one', 'the first question')
    app.key('Up')
    app.key('Down')
    wait(lambda: typed(app) == 'two\nlines!', 'what was changed')
    app.key('Down')
    wait(lambda: typed(app) == 'three', 'the last question')
    app.key('Down')
    wait(lambda: typed(app) == '', 'the empty box')
    app.type('abc')
    wait(lambda: typed(app) == 'abc' and cursor(app) == 3, 'what is typed')
    app.key('Up')
    wait(lambda: cursor(app) == 0, 'Up to be an ordinary key')
    assert typed(app) == 'abc'
    app.key('ctrl+a', 'BackSpace')
    # In a new conversation it is what was asked anywhere.
    app.click('New Chat', 'button')
    wait(lambda: answers(app) == 0, 'a new conversation')
    app.key('Up')
    wait(lambda: typed(app) == 'three', 'the last question of the other one')
    app.key('Return')
    wait(lambda: answers(app) == 1 and is_complete(app), 'it to be asked again')
    app.end()
    platform.close()


def chips(app):
    return [n.get_name() for n in app.search(role='button') if n.get_name().startswith('Pasted Text') or '.txt' in n.get_name()]


def test_long_paste():
    platform = Platform(speed='50')
    app = open_app(platform)
    clipboard = Clipboard('x' * 8192)
    app.key('ctrl+v')
    wait(lambda: len(typed(app)) == 8192, 'as much as is still written in')
    app.key('ctrl+a', 'BackSpace')
    clipboard.close()

    clipboard = Clipboard('月亮门外的小船。\n' * 41943)
    app.type('what is this')
    app.key('ctrl+v')
    app.find('Pasted Text, 1.0\u00a0MB')
    assert typed(app) == 'what is this'
    app.key('ctrl+v')
    app.find('Pasted Text 2, 1.0\u00a0MB')
    app.click('Remove Pasted Text 2')
    wait(lambda: chips(app) == ['Pasted Text, 1.0\u00a0MB'], 'one to be gone')
    clipboard.close()

    # It is looked at, and kept with the draft.
    app.click('Pasted Text, 1.0\u00a0MB')
    shown = app.find('Attached Text')
    assert app.text(shown).startswith('月亮门外的小船。\n月亮')
    app.find('Only the beginning is shown here; all of it is sent.')
    assert not app.search('Insert as Text')
    app.key('Escape')
    wait(lambda: not app.search('Attached Text'), 'the dialog to be gone')
    time.sleep(0.3)
    app.kill()
    app = open_app(platform)
    app.find('Pasted Text, 1.0\u00a0MB')
    wait(lambda: typed(app) == 'what is this', 'the words with it')

    app.click('Send')
    wait(lambda: answers(app) == 1 and is_complete(app), 'the answer', 60)
    question = app.find('Question')
    assert app.search('Pasted Text, 1.0\u00a0MB', within=question), app.tree()
    assert not app.search('Remove Pasted Text')
    assert [n for n in app.search(role='label', within=question) if app.text(n) == 'what is this']
    # One that is sent is sent; the next begins empty, and the title is what was typed.
    assert typed(app) == ''
    app.find('what is this', 'list item')
    app.end()
    platform.close()


def test_put_in_as_text():
    platform = Platform(speed='50')
    app = open_app(platform)
    clipboard = Clipboard('0123456789' * 900)
    app.type('before ')
    app.key('ctrl+v')
    app.click('Pasted Text, 9.0\u00a0kB')
    app.find('Attached Text')
    app.click('Insert as Text')
    wait(lambda: typed(app) == 'before ' + '0123456789' * 900, 'the text among the words')
    assert not chips(app)
    clipboard.close()
    app.end()
    platform.close()


def test_text_files():
    platform = Platform(speed='50')
    folder = os.environ['W']
    names = {'notes.txt': 'plain words'.encode(), 'chinese.txt': '月亮门外，有一条小船。'.encode('gb18030'),
             'latin.txt': 'café crème'.encode('latin-1'), 'picture.txt': b'\x89PNG\r\n\x1a\n\0\0\0',
             'large.txt': b'x' * (4 * 1024 * 1024 + 1), 'empty.txt': b''}
    for name, content in names.items():
        with open(os.path.join(folder, name), 'wb') as f:
            f.write(content)
    app = open_app(platform)
    for name, said in (('notes.txt', None), ('chinese.txt', None), ('latin.txt', 'latin.txt: The encoding of this text is not known.'),
                       ('picture.txt', 'picture.txt: This is no text file.'), ('large.txt', 'large.txt: This is too much'),
                       ('empty.txt', 'empty.txt: There is no text'), ('gone.txt', 'gone.txt: The file is not there any more.')):
        path = os.path.join(folder, name)
        if name == 'gone.txt':
            open(path, 'w').close()
        source = DragSource(path)
        if name == 'gone.txt':
            os.unlink(path)
        source.drop_on(app, message(app))
        if said:
            app.wait_text(said)
        else:
            app.find(lambda n: n.startswith(name + ','))
        source.close()
    assert sorted(n.split(',')[0] for n in chips(app) if not n.startswith('Remove')) == ['chinese.txt', 'notes.txt'], chips(app)
    assert typed(app) == ''
    app.click('chinese.txt, 33 bytes')
    wait(lambda: app.text(app.find('Attached Text')) == '月亮门外，有一条小船。', 'the Chinese text')
    app.key('Escape')
    wait(lambda: not app.search('Attached Text'), 'the dialog to be gone')
    # Nothing but files is a message too.
    app.click('Send')
    wait(lambda: answers(app) == 1 and is_complete(app), 'the answer')
    app.find('notes.txt', 'list item')
    app.end()
    platform.close()


def test_several_files_in_a_new_chat():
    platform = Platform(speed='50')
    paths = [os.path.join(os.environ['W'], name) for name in ('first.txt', 'second.txt', 'third.txt')]
    for path in paths:
        with open(path, 'w') as f:
            f.write('words')
    app = open_app(platform)
    # There is no conversation yet that they could belong to.
    source = DragSource(*paths)
    source.drop_on(app, message(app))
    source.close()
    for path in paths:
        app.find(lambda n: n.startswith(os.path.basename(path) + ','))
    # Without messages there is nothing to find, and no bar that takes what is typed.
    app.key('ctrl+f')
    app.type('needle')
    wait(lambda: typed(app) == 'needle', 'the words where they are written')
    time.sleep(0.3)
    app.kill()
    app = open_app(platform)
    for path in paths:
        app.find(lambda n: n.startswith(os.path.basename(path) + ','))
    app.end()
    platform.close()


def new_prompt(app, name, text):
    app.click('New Prompt', 'button')
    row = app.find('Name', where=lambda n: n.get_editable_text_iface() is not None)
    row.get_editable_text_iface().set_text_contents(name)
    app.set_text('Text of the Prompt', text)
    app.click('Save', 'button')
    wait(lambda: not app.search('Text of the Prompt'), 'the list again')


def prompts(app):
    lists = app.search('Saved Prompts', role='list')
    return [n.get_name() for n in app.search(role='list item', within=lists[0])] if lists else []


def test_saved_prompts():
    platform = Platform(speed='50')
    app = open_app(platform)
    app.key('ctrl+p')
    app.find('No Saved Prompts')
    new_prompt(app, 'Translate', 'Translate into {{language}}: {{text}}')
    new_prompt(app, '总结', '用三句话总结上面的内容。')
    wait(lambda: len(prompts(app)) == 2, 'both')
    app.set_text('Search Prompts', '三句话')
    wait(lambda: len(prompts(app)) == 1, 'the one with the words')
    app.set_text('Search Prompts', '')
    wait(lambda: len(prompts(app)) == 2, 'both again')

    # Deleted with a way back.
    app.click('Delete', 'button')
    wait(lambda: len(prompts(app)) == 1, 'one to be gone')
    app.click('Undo', 'button')
    wait(lambda: len(prompts(app)) == 2, 'it to be back')
    app.key('Escape')
    wait(lambda: not prompts(app), 'the dialog to be gone')

    # A slash in an empty box offers them; the keyboard is enough.
    wait(lambda: message(app).get_state_set().contains(Atspi.StateType.FOCUSED), 'the composer')
    app.type('/tra')
    wait(lambda: len(prompts(app)) == 2, 'one, and all of them')
    app.key('Return')
    field = app.find('language', where=lambda n: n.get_editable_text_iface() is not None)
    wait(lambda: typed(app) == '', 'the slash to be gone')
    app.type('Chinese')
    wait(lambda: app.text(field) == 'Chinese', 'the first variable')
    app.key('Return')
    app.type('a boat')
    wait(lambda: app.text(app.find('text', where=lambda n: n.get_editable_text_iface() is not None)) == 'a boat', 'the second variable')
    app.key('Return')
    wait(lambda: typed(app) == 'Translate into Chinese: a boat', 'the filled prompt')
    assert answers(app) == 0

    # Escape leaves the slash; one without variables goes in at once. They are there after a restart.
    app.key('ctrl+a', 'BackSpace')
    app.end()
    app = open_app(platform)
    app.type('/')
    wait(lambda: len(prompts(app)) == 3, 'all of them')
    app.key('Escape')
    wait(lambda: not prompts(app), 'the menu to be gone')
    assert typed(app) == '/'
    app.key('BackSpace')
    app.type('/')
    wait(lambda: len(prompts(app)) == 3, 'all of them')
    app.key('Down', 'Tab')
    wait(lambda: typed(app) == '用三句话总结上面的内容。', 'the words of the prompt')
    app.end()
    platform.close()


def models(app):
    lists = app.search('Models', role='list')
    return [n.get_name() for n in app.search(role='list item', within=lists[0])] if lists else []


def choose_model(app, name):
    app.pointer_click('Model', 'toggle button')
    app.find('Search or enter a model name')
    app.type(name)
    wait(lambda: app.search(lambda n: n in (name, f'Use “{name}”')), 'the name')
    app.key('Return')
    wait(lambda: not app.search('Search or enter a model name'), 'the list to be gone')


def test_models():
    platform = Platform(speed='50')
    app = open_app(platform)
    choose_model(app, 'my-own-model')
    ask(app, 'one')
    wait(lambda: 'my-own-model ·' in app.all_text(), 'the model under the answer')

    # A favourite is on top the next time, and stays there.
    app.pointer_click('Model', 'toggle button')
    wait(lambda: 'my-own-model' in models(app) and len(models(app)) > 1, 'the list')
    last = models(app)[-1]
    assert models(app)[0] != last
    star = app.find(f'Favorite: {last}')
    star.get_action_iface().do_action(0)
    assert models(app)[-1] == last, 'nothing moves under the pointer'
    check = app.find('Show Answers as They Come', 'check box')
    app.key('shift+Tab')
    wait(lambda: check.get_state_set().contains(Atspi.StateType.FOCUSED), 'the focus')
    app.key('space')
    wait(lambda: not check.get_state_set().contains(Atspi.StateType.CHECKED), 'it to be off')
    app.key('Escape')
    wait(lambda: not models(app), 'the list to be gone')
    app.pointer_click('Model', 'toggle button')
    wait(lambda: models(app)[:1] == [last], 'the favourite on top')
    app.key('Escape')
    wait(lambda: not models(app), 'the list to be gone')

    # A new conversation begins as preferred; the first one keeps its own.
    app.click('New Chat', 'button')
    wait(lambda: answers(app) == 0, 'a new conversation')
    assert app.find('Model', 'toggle button').get_description() != 'my-own-model'
    app.pointer_click('one', 'list item')
    wait(lambda: app.find('Model', 'toggle button').get_description() == 'my-own-model', 'its own model')
    app.pointer_click('Model', 'toggle button')
    check = app.find('Show Answers as They Come')
    wait(lambda: not check.get_state_set().contains(Atspi.StateType.CHECKED), 'its own way of answering')
    app.key('Escape')
    app.end()
    platform.close()


def copied():
    return subprocess.run(['xclip', '-o', '-selection', 'clipboard'], capture_output=True, text=True, timeout=10).stdout


def edit(app, was, words):
    """The words in the editor, with the attachment beside them, become others."""
    editor = app.find('Edited Message')
    assert app.text(editor) == was, app.text(editor)
    assert app.search('notes.txt, 12 bytes', within=editor.get_parent().get_parent()), app.tree()
    app.set_text('Edited Message', words)


def test_attachment_stays():
    platform = Platform(speed='5')
    app = open_app(platform)
    path = os.path.join(os.environ['W'], 'notes.txt')
    with open(path, 'w') as f:
        f.write('plain apples')

    def attach():
        source = DragSource(path)
        source.drop_on(app, message(app))
        source.close()
    attach()
    ask(app, 'what is this')
    # Copied in a form that can be read.
    app.search('Copy Message', 'button', within=app.find('Question'))[0].get_action_iface().do_action(0)
    wait(lambda: copied() == 'what is this\n\n`notes.txt`\n\n```\nplain apples\n```', 'the message')
    # Only the words are edited.
    app.click('Edit', 'button')
    edit(app, 'what is this', 'what is that')
    app.click('Save and Ask Again')
    # The one asked before may be there for a moment more, its answer complete.
    wait(lambda: [n for n in app.search(role='label', within=app.find('Question')) if app.text(n) == 'what is that'], 'the other words')
    wait(lambda: answers(app) == 1 and is_complete(app), 'the other answer')
    app.find('notes.txt, 12 bytes', within=app.find('Question'))

    # So are those of one that waits.
    app.set_text('Message', 'long 5000')
    app.click('Send')
    app.find('Stop', 'button')
    attach()
    app.find('Remove notes.txt')
    app.click('Send After This Answer')
    # Without words, it has the name.
    app.click('notes.txt', 'button')
    edit(app, '', 'and now')
    app.click('Save')
    app.find('and now', 'button')
    app.click('and now', 'button')
    edit(app, 'and now', 'and then')
    app.end()
    platform.close()


main([test_grows_to_eight_lines, test_draft_survives_anything, test_what_was_asked_before, test_long_paste, test_put_in_as_text,
      test_text_files, test_several_files_in_a_new_chat, test_attachment_stays, test_saved_prompts, test_models])
