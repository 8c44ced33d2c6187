# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures and files that are pasted into the prompt: attached, and mentioned where the cursor was. YUANJING_SHOTS=FOLDER
leaves screenshots there."""
import os
import signal
import sys

from creating import FILES, alone, make_media, references, shot
from drive import Atspi, Clipboard, DragSource, main, wait


def chips(app):
    """What the chips say, in the order of the text."""
    return [n.get_name().removeprefix('Mention: ') for n in app.search(lambda n: n.startswith('Mention: '))]


def sent(app):
    """What the page says that the model will get."""
    button = app.find('Prompt as Sent', role='toggle button')
    if not button.get_state_set().contains(Atspi.StateType.PRESSED):
        button.get_action_iface().do_action(0)
    labels = [app.text(n) for n in app.search(role='label', within=button.get_parent())]
    return labels[-1] if len(labels) == 2 else None


def into_prompt(app):
    app.tab_to(lambda n: n.get_name() == 'Prompt' and n.get_role_name() == 'text', 'the prompt')
    app.key('ctrl+End')


def paste_here(app, *words):
    """Ctrl+V of what another program copies, where the keyboard is."""
    source = DragSource(*words)
    source.copy()
    app.focus()
    app.key('ctrl+v')
    return source


def test_picture_and_files():
    app = references()
    into_prompt(app)
    app.type('so')
    source = paste_here(app, f'texture={FILES["tiny.jpg"]}')
    app.says('Reference Images', '200 × 150')
    wait(lambda: len(chips(app)) == 1 and chips(app)[0].endswith('sent as [Image 1]'), lambda: f'a mention: {chips(app)}')
    source.close()
    # the keyboard is still there, behind it
    app.type(' meets')
    wait(lambda: sent(app) == 'so [Image 1] meets', lambda: f'the words around it: {sent(app)!r}')
    into_prompt(app)
    source = paste_here(app, FILES['two.jpg'], FILES['clip.mp4'])
    wait(lambda: sent(app) == 'so [Image 1] meets [Image 2] [Video 1]', lambda: f'both in their order: {sent(app)!r}')
    shot('prompt-paste')
    # each is a step, which leaves the file where it is
    app.key('ctrl+z', 'ctrl+z')
    wait(lambda: sent(app) == 'so [Image 1] meets', 'the mentions to go')
    app.says('Reference Images', '2 of 9')
    app.key('ctrl+shift+z')
    wait(lambda: sent(app) == 'so [Image 1] meets [Image 2]', 'one to come back')
    # what is there already is mentioned, and not complained about
    app.key('ctrl+v')
    wait(lambda: sent(app) == 'so [Image 1] meets [Image 2] [Image 2] [Video 1]', lambda: f'both again: {sent(app)!r}')
    app.says('Reference Images', '2 of 9')
    assert not app.search(lambda n: 'not added' in n), 'what is mentioned is complained about'
    source.close()
    app.end()


def test_elsewhere():
    """Pasted outside of the prompt, and where the model has no word for it, it is only attached; text stays text."""
    app = references()
    source = paste_here(app, FILES['two.jpg'])
    app.says('Reference Images', '1 of 9')
    source.close()
    # all that is there, so that a mention would be seen, wherever and whenever it came
    into_prompt(app)
    app.type('words')
    wait(lambda: app.text(app.find('Prompt', role='text')) == 'words', lambda: app.text(app.find('Prompt', role='text')))
    app.click('Start Over')
    app.click('Image to Video')
    into_prompt(app)
    source = paste_here(app, FILES['tiny.jpg'])
    wait(lambda: app.tiles('First Frame') == ['tiny.jpg'], 'the picture')
    source.close()
    clipboard = Clipboard('a word')
    app.key('ctrl+v')
    wait(lambda: app.text(app.find('Prompt', role='text')) == 'a word', 'the text')
    clipboard.close()
    app.end()


def paste_held(app, *words):
    """As paste_here(), of a program that gives it only after SIGUSR1."""
    os.environ['HELD'] = '1'
    source = paste_here(app, *words)
    del os.environ['HELD']
    assert source.listen('the question what it is') == 'asked'
    return source


def give(source):
    source.process.send_signal(signal.SIGUSR1)


def test_late():
    """It comes where it was pasted, whatever is written and selected until then."""
    app = references()
    into_prompt(app)
    app.type('one')
    source = paste_held(app, f'image/png={FILES["one; 一.png"]}')
    app.type(' two')
    app.key('ctrl+shift+Left')
    give(source)
    wait(lambda: sent(app) == 'one [Image 1] two', lambda: f'both words: {sent(app)!r}')
    source.close()
    # what was selected meanwhile still is
    app.type('three')
    wait(lambda: sent(app) == 'one [Image 1] three', lambda: f'another word: {sent(app)!r}')
    # what was selected when it was pasted makes room
    app.key('ctrl+shift+Left')
    source = paste_held(app, f'image/png={FILES["one; 一.png"]}')
    give(source)
    wait(lambda: sent(app) == 'one [Image 1] [Image 2]', lambda: f'in place of a word: {sent(app)!r}')
    source.close()
    # what is selected up to there ends there
    app.key('End')
    source = paste_held(app, f'image/png={FILES["one; 一.png"]}')
    app.key('shift+Left')
    give(source)
    wait(lambda: sent(app) == 'one [Image 1] [Image 2] [Image 3]', lambda: f'a third: {sent(app)!r}')
    source.close()
    app.type('x')
    wait(lambda: sent(app) == 'one [Image 1] x [Image 3]', lambda: f'the third stays: {sent(app)!r}')
    app.end()


if __name__ == '__main__':
    FILES.update(make_media())
    tests = [test_picture_and_files, test_elsewhere, test_late]
    main([alone(test) for test in tests if len(sys.argv) < 2 or sys.argv[1] in test.__name__])
