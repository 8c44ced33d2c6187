# SPDX-License-Identifier: GPL-3.0-or-later
"""The Create place in a real window: files dropped from another window, pasted, moved by keyboard, set aside and brought
back; a model without an id; what is wrong said where it is wrong; a job generated from all that.
YUANJING_SHOTS=FOLDER leaves screenshots there."""
import os
import subprocess
import sys
import time

from creating import FILES, PICTURE, W, Create, Drag, alone, make_media, shot
from drive import Atspi, drag, main, run, wait

def test_drop_generate_restart():
    folder = os.path.join(W, 'kept')
    env = {'GSETTINGS_BACKEND': 'keyfile'}
    app = Create(folder, env)
    app.click('Image to Video')
    assert not app.is_on('Generate'), 'Generate is on without prompt and picture'
    app.drop('First Frame', PICTURE)
    app.says('First Frame', '1280 × 720')
    app.set_text('Prompt', 'The moon over the lake\nslowly rises')
    wait(lambda: app.is_on('Generate'), 'Generate to be on')
    app.wait_text('To HappyHorse 1.0: the prompt, First Frame, 5\u00a0s')
    shot('create-filled')
    app.click('Generate', role='button')
    app.wait_text('The moon over the lake slowly rises')
    app.wait_text('Ready · 0:05', 120)
    shot('create-done')
    app.close()

    app = Create(folder, env)
    app.says('First Frame', '1280 × 720')
    assert 'slowly rises' in app.text(app.find('Prompt', role='text')), 'the draft is gone after a restart'
    app.wait_text('Ready · 0:05')
    app.close()


def test_many_at_once():
    app = Create()
    app.click('References to Video')
    dragged = Drag(app, 'one; 一.png', 'sound.mp3', 'clip.mp4', 'note.txt', 'two.jpg')
    dragged.over(app.group('Reference Images'))
    app.wait_text('Drop to add to')
    shot('create-drag')
    dragged.end()
    app.says('Reference Images', '2 of 9')
    app.says('Reference Videos', '1 of 3')
    app.says('Reference Audio', '1 of 3')
    app.wait_text('“note.txt” was not added.')
    assert app.tiles('Reference Images') == ['one;', 'two.jpg'], app.tiles('Reference Images')
    app.says('Reference Images', '[Image 2]')
    app.says('Reference Videos', '0:03')
    shot('create-references')

    # another mode sets aside what it cannot take, and brings it back
    app.click('Image to Video')
    app.wait_text('Set Aside')
    app.says('First Frame', '1024 × 768')
    shot('create-aside')
    app.click('References to Video')
    app.says('Reference Videos', '1 of 3')
    assert app.tiles('Reference Images') == ['one;', 'two.jpg'], app.tiles('Reference Images')
    assert not app.search('Set Aside'), 'something is still set aside'
    app.close()


def test_set_aside_while_dragging():
    """What the model does not take is not lost: it is set aside, one click from where it is taken."""
    app = Create()
    app.click('Image to Video')
    dragged = Drag(app, 'clip.mp4')
    dragged.over(app.group('First Frame'))
    app.says('First Frame', 'HappyHorse 1.0 takes no videos here. Drop to set aside.')
    shot('create-refused')
    dragged.end()
    app.wait_text('“clip.mp4” was set aside. HappyHorse 1.0 takes no videos here.')
    app.find(lambda n: n.startswith('clip.mp4'), role='grouping')
    assert not app.tiles('First Frame'), 'the clip landed all the same'
    app.wait_text('Seedance 2.0 takes all of them')
    shot('create-set-aside')
    app.click('Use It', role='button')
    app.says('Reference Videos', '1 of 3')
    assert not app.search('Set Aside'), 'something is still set aside'
    app.close()


def test_keyboard():
    app = Create()
    app.click('References to Video')
    app.drop('Reference Images', 'one; 一.png', 'two.jpg')
    app.says('Reference Images', '2 of 9')
    app.tab_to(lambda n: (n.get_name() or '').startswith('one;'), 'the first picture')
    app.key('alt+Right')
    wait(lambda: app.tiles('Reference Images') == ['two.jpg', 'one;'], 'the pictures to change places')
    wait(lambda: app.is_focused('one;'), 'the moved picture to keep the focus')
    app.key('Delete')
    app.says('Reference Images', '1 of 9')
    app.click('Undo')
    wait(lambda: app.tiles('Reference Images') == ['two.jpg', 'one;'], 'the picture to come back where it was')

    # by keyboard alone: a prompt, past settings that take one stop each, and off it goes
    app.tab_to(lambda n: n.get_name() == 'Prompt', 'the prompt')
    passed = []
    while not app.is_focused('Generate') and len(passed) < 40:
        passed.append(app.tab())
    assert 'list item' not in [n.get_role_name() for n in passed], [(n.get_role_name(), n.get_name()) for n in passed]
    app.tab_to(lambda n: n.get_name() == 'Prompt', 'the prompt')
    app.type('two pictures')
    app.key('ctrl+Return')
    app.wait_text('Ready · 0:12', 150)
    app.close()


def test_reorder_by_pointer():
    app = Create()
    app.click('References to Video')
    app.drop('Reference Images', 'one; 一.png', 'two.jpg')
    app.says('Reference Images', '2 of 9')
    tile = app.find(lambda n: n.startswith('one;'), role='grouping')
    drag(app.rest(tile), app.rest(app.find('Choose or drop a picture: Reference Images')))
    wait(lambda: app.tiles('Reference Images') == ['two.jpg', 'one;'], 'the pictures to change places')
    app.says('Reference Images', '2 of 9')
    app.close()


def test_start_over():
    app = Create()
    app.click('Image to Video')
    app.drop('First Frame', PICTURE)
    app.says('First Frame', '1280 × 720')
    app.set_text('Prompt', 'keep me')
    app.click('Start Over')
    wait(lambda: not app.tiles('First Frame') and app.text(app.find('Prompt', role='text')) == '', 'an empty draft')
    app.click('Undo')
    app.says('First Frame', '1280 × 720')
    wait(lambda: app.text(app.find('Prompt', role='text')) == 'keep me', 'the prompt to come back')
    app.close()


def test_paste():
    app = Create()
    app.click('References to Video')
    app.focus()
    subprocess.run(['xclip', '-selection', 'clipboard', '-t', 'image/png', '-i', FILES['one; 一.png']], check=True)
    app.tab_to(lambda n: n.get_name() == 'Prompt', 'the prompt')
    app.key('ctrl+v')
    app.says('Reference Images', '1 of 9')
    app.says('Reference Images', '1024 × 768')
    wait(lambda: app.text(app.find('Prompt', role='text')) != '', 'its mention in the prompt')

    uri = 'file://' + FILES['two.jpg']
    subprocess.run(['xclip', '-selection', 'clipboard', '-t', 'text/uri-list', '-i'], input=uri + '\r\n', text=True, check=True)
    app.click('Paste')
    app.says('Reference Images', '2 of 9')

    # a path as one copies it from a terminal, and the address of a file as text
    for n, text in enumerate((FILES['tiny.jpg'] + '\n', 'file://' + PICTURE), 3):
        subprocess.run(['xclip', '-selection', 'clipboard', '-i'], input=text, text=True, check=True)
        app.click('Paste')
        app.says('Reference Images', f'{n} of 9')
    subprocess.run(['xclip', '-selection', 'clipboard', '-i'], input='/is this a path\nno', text=True, check=True)
    app.click('Paste')
    app.wait_text('The clipboard holds only text.')

    # text is for the prompt
    subprocess.run(['xclip', '-selection', 'clipboard', '-i'], input='a few words', text=True, check=True)
    app.tab_to(lambda n: n.get_name() == 'Prompt', 'the prompt')
    app.key('ctrl+v')
    wait(lambda: app.text(app.find('Prompt', role='text')).endswith('a few words'), 'the words in the prompt')
    app.says('Reference Images', '4 of 9')
    app.close()


def test_limits():
    app = Create()
    app.click('Image to Video')
    app.drop('First Frame', 'tiny.jpg')
    app.says('First Frame', '“tiny.jpg” is only 150 pixels long on one side; the model takes at least 300.')
    app.set_text('Prompt', 'p')
    wait(lambda: app.is_on('Generate'), 'Generate to be on')
    shot('create-limit')
    app.click('Generate', role='button')
    app.find('Generate Anyway?')
    shot('create-anyway')
    app.click('Cancel')
    time.sleep(0.5)
    assert app.search('What you generate appears here and in the gallery.'), 'it was sent all the same'

    # replaced by dropping another one on it
    app.drop('First Frame', PICTURE)
    app.says('First Frame', '1280 × 720')
    wait(lambda: 'only 150 pixels' not in app.all_text(), 'the complaint to go')
    app.close()


def test_no_slots():
    """A picture dropped where the model takes none leads to where it is of use."""
    app = Create()
    app.click('Text to Video')
    wait(lambda: not app.search('First Frame'), 'the slots to go')
    app.drop('Prompt', PICTURE)
    app.says('First Frame', '1280 × 720')
    assert app.text(app.find('Prompt', role='text')) == '', 'the path went into the prompt'
    app.close()


def test_what_modes_are():
    """Each of the three says in a sentence what it takes and makes, also to who does not see it."""
    app = Create()
    for mode, words in (('Text to Video', 'from the prompt alone'), ('Image to Video', 'begins with your picture'),
                        ('References to Video', 'after your pictures, videos and sounds')):
        toggle = app.find(mode, 'radio button')
        said = wait(toggle.get_description, f'a description of {mode}')
        assert words in said, said
    app.close()


def test_missing_id():
    folder = os.path.join(W, 'ids')
    app = Create(folder)
    app.click('Image to Video')
    app.tab_to(lambda n: n.get_name() == 'Model', 'the model')
    app.key('space')
    time.sleep(0.5)
    shot('create-models')
    app.key('Down', 'Down', 'Down', 'Return')
    app.find('Model ID (llmid)')
    app.wait_text('up in the model plaza')
    shot('create-missing-id')
    app.tab_to(lambda n: n.get_name() == 'Model ID (llmid)' and n.get_role_name() == 'text', 'the id')
    app.type(' abc-123 ')
    app.key('Return')
    wait(lambda: not app.search('Model ID (llmid)'), 'the question to go')
    app.close()

    # asked for once; the draft is still for that model
    app = Create(folder)
    app.find('Last Frame')
    assert not app.search('Model ID (llmid)'), 'the id was forgotten'
    app.close()


def test_narrow():
    app = Create()
    app.click('References to Video')
    app.drop('Reference Images', 'one; 一.png', 'two.jpg', 'clip.mp4')
    app.says('Reference Images', '2 of 9')
    app.resize(360, 640)
    wait(lambda: 'WIDTH=360' in run('xdotool', 'getwindowgeometry', '--shell', app.window), 'a window of 360 px')
    page = app.find('Create', role='panel').get_component_iface().get_extents(Atspi.CoordType.WINDOW)
    assert page.width <= 360, f'the page is {page.width} px wide'
    for name in ('Reference Images', 'Generate'):
        box = app.find(name).get_component_iface().get_extents(Atspi.CoordType.WINDOW)
        assert page.x <= box.x and box.x + box.width <= page.x + page.width, \
            f'{name} lies from {box.x} to {box.x + box.width}, the page from {page.x} to {page.x + page.width}'
    shot('create-narrow')
    app.close()


if __name__ == '__main__':
    FILES.update(make_media())
    tests = [test_what_modes_are, test_drop_generate_restart, test_many_at_once, test_set_aside_while_dragging, test_keyboard,
             test_reorder_by_pointer, test_start_over, test_paste, test_limits, test_no_slots, test_missing_id, test_narrow]
    main([alone(test) for test in tests if len(sys.argv) < 2 or sys.argv[1] in test.__name__])
