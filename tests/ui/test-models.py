# SPDX-License-Identifier: GPL-3.0-or-later
"""Models that say what they take, in a real window: the meter beside each, what is set aside and comes back, notes with
one click, the controls of the settings, lost ids, and the models in the preferences.
YUANJING_SHOTS=FOLDER leaves screenshots there."""
import os
import sys

from creating import FILES, W, Create, alone, make_media, shot
from drive import Atspi, Failed, main, run, wait

OWN = os.path.join(os.environ['HOME'], '.config', 'yuanjing', 'models.json')


def grab(app, name, role):
    """Brings the keyboard focus there as a keyboard does."""
    return app.tab_to(lambda node: node.get_name() == name and node.get_role_name() == role, name)


def line(app):
    """The line of an open list that has the focus, by its names."""
    node = app.focused()
    return [n.get_name() for n in app.walk(node)] if node and node.get_role_name() == 'list item' else None


def choose_model(app, title):
    """By keyboard, from the list."""
    grab(app, 'Model', 'combo box')
    app.key('space')
    here = wait(lambda: line(app), 'the list')
    for way in ['Down'] * 8 + ['Up'] * 8:           # the chosen one may stand below it
        if title in here:
            app.key('Return')
            wait(lambda: not line(app), 'the list to go')
            return
        app.key(way)
        try:
            here = wait(lambda: line(app) != here and line(app), 'the next line', 1)
        except Failed:                              # the end of the list
            continue
    raise Failed(f'{title} is not in the list')


def is_checked(app, name):
    return app.find(name, role='radio button').get_state_set().contains(Atspi.StateType.CHECKED)


def gone(app, text):
    wait(lambda: text not in app.all_text(), f'{text!r} to go')


def check_meter(app):
    """Beside each model how well it takes what is attached; what a model does not take is set aside, and comes back."""
    app.click('References to Video')
    assert not any(word in app.all_text() for word in ('Takes all', 'Takes none', 'Needs Fix')), 'a meter without files'
    app.drop('Reference Images', 'one; 一.png', 'two.jpg', 'clip.mp4')
    app.says('Reference Images', '2 of 9')
    app.wait_text('Takes all')
    app.find('+1')                      # beside the two that stand next to Generate
    grab(app, 'Model', 'combo box')
    app.key('space')
    app.wait_text('Takes 2 of 3: no videos')          # HappyHorse
    shot('models-meter')
    app.key('Escape')

    app.click('Image to Video')
    app.find('Takes 1 of 3: no videos, too many pictures')     # a line of its own
    wait(lambda: 'Takes 1 of 3: no videos, too many pictures' in app.find('Model', 'combo box').get_description(), 'it to be read out')
    app.wait_text('Set Aside')
    app.wait_text('Seedance 2.0 takes all of them')
    shot('models-better')
    wait(lambda: app.find('Use It', 'button').get_description() == 'Seedance 2.0 takes all of them', 'which one to be read out')
    app.click('Use It', role='button')
    app.says('Reference Images', '2 of 9')
    app.says('Reference Videos', '1 of 3')
    gone(app, 'Set Aside')

    app.drop('Reference Images', 'tiny.jpg')
    app.wait_text('Needs Fix')
    app.wait_text('“tiny.jpg” is only 150 pixels long on one side; the model takes at least 300.')
    shot('models-fix')
    # its tile may be made anew between the look and the press
    wait(lambda: app.find('Remove “tiny.jpg”', 'button').get_action_iface().do_action(0), 'the picture to be removed')
    app.says('Reference Images', '2 of 9')
    gone(app, 'Needs Fix')


def check_notes(app):
    """Each note does with one click what it proposes, and is gone then."""
    app.set_text('Prompt', 'A walk to [Image 7]')
    app.wait_text('The prompt mentions “[Image 7]”, but no such reference is attached.')
    app.wait_text('References are attached that the prompt does not mention: ')
    grab(app, 'Prompt', 'text')
    shot('models-notes')
    app.click('Remove the Mention')
    gone(app, '[Image 7]')
    app.click('Mention Them')
    gone(app, 'does not mention')
    assert 'A walk to' in app.text(app.find('Prompt', role='text')), 'the prompt went too'

    # a first frame of another shape than the video
    app.click('Image to Video')
    choose_model(app, 'Vidu Q3 Pro')
    app.wait_text('“one; 一.png” is 4:3 and the video 16:9: the first frame will be cropped or padded.')
    app.wait_text('“two.jpg” is 2:3 and the first frame 4:3: the last frame may be cropped or distorted.')
    shot('models-last-frame')
    app.click('Fix “two.jpg”', role='button')
    app.wait_text('Cropped to 800 × 600')
    app.click('Apply', role='button')
    app.says('Last Frame', '800 × 600')
    gone(app, 'may be cropped or distorted')
    app.click('Use 4:3')
    gone(app, 'will be cropped or padded')
    wait(lambda: is_checked(app, '4:3'), 'the ratio to be changed')

    app.wait_text('The video has sound; this model cannot leave it out.')
    app.click('Do Not Tell Again')
    gone(app, 'cannot leave it out')


def check_settings(app):
    """Ratios as shapes, a slider that stops at what is allowed, defaults told and gone back to, values that go along."""
    app.click('Text to Video')
    choose_model(app, 'Seedance 2.0')
    app.click('Adaptive', role='radio button')
    app.wait_text('The model chooses what suits the prompt')
    grab(app, 'Adaptive', 'radio button')
    app.key('Left')                                   # round to the last one: only one is a stop for Tab
    wait(lambda: is_checked(app, '21:9'), 'the arrows to choose')
    app.click('9:16', role='radio button')
    app.wait_text('Default: Adaptive')
    grab(app, 'Duration', 'slider')
    app.key('Right', 'Right')
    app.wait_text('7\u00a0s')
    app.wait_text('Default: 5\u00a0s')
    shot('models-settings')
    app.key('Home')
    app.wait_text('4\u00a0s')
    app.key('Left')
    app.wait_text('4\u00a0s')

    choose_model(app, 'Wan 2.6')
    app.wait_text('1080\u00a0×\u00a01920 · 9:16')
    app.wait_text('Set aside: Duration 4\u00a0s. It comes back with a model that takes it.')
    app.find('0 of 500 characters')
    app.set_text('Negative Prompt', '模糊 blur')
    app.find('7 of 500 characters')
    app.set_text('Negative Prompt', 'x' * 501)
    app.find('501 of 500 characters')
    app.set_text('Negative Prompt', '')
    app.find('0 of 500 characters')
    grab(app, 'Duration', 'slider')
    shot('models-wan')
    app.key('Left')
    app.wait_text('10\u00a0s')
    choose_model(app, 'Seedance 2.0')
    app.wait_text('10\u00a0s')
    wait(lambda: is_checked(app, '9:16'), 'the ratio to come back')
    app.click('Back to the Default')
    wait(lambda: is_checked(app, 'Adaptive'), 'the default')


def test_what_they_take():
    app = Create()
    check_meter(app)
    check_notes(app)
    check_settings(app)
    app.end()


def test_transparent():
    """A picture that shines through where the model takes none: told, and laid on a ground."""
    FILES['logo.png'] = os.path.join(W, 'logo.png')
    run('convert', '-size', '600x400', 'radial-gradient:red-none', FILES['logo.png'])
    app = Create()
    app.click('Image to Video')
    choose_model(app, 'Wan 2.6')
    app.drop('First Frame', 'logo.png')
    app.says('First Frame', '“logo.png” has an alpha channel for transparency; the model takes PNG pictures without one.')
    app.wait_text('of the size only the resolution counts')
    app.wait_text('The platform asks for a last frame')
    shot('models-transparent')
    app.click('Fix “logo.png”', role='button')
    app.wait_text('Transparent parts are filled with the background')
    app.find('Background', role='button')
    shot('models-flatten')
    app.click('Apply', role='button')
    app.wait_text('was fixed; the original is kept')
    gone(app, 'has an alpha channel')
    app.says('First Frame', '600 × 400')
    shot('models-flattened')
    app.close()


def check_lost_id(app):
    """Asked for before the first submission; the platform's own list knows it, as the sandbox its own."""
    app.click('References to Video')
    app.pointer_click('Model', 'combo box')
    wait(lambda: line(app), 'the list')
    app.key('Down', 'Return')
    app.find('Model ID (llmid)')
    app.drop('Reference Images', 'one; 一.png')
    app.says('Reference Images', '1 of 9')
    app.set_text('Prompt', 'from lake to boat')
    app.click('Generate', role='button')
    app.wait_text('lost the id of HappyHorse 1.0')
    app.wait_text('Found on the platform’s own list of models.')
    shot('models-ask')
    app.find('Open the Model Plaza')
    app.click('Save and Generate')
    wait(lambda: not app.search('Model ID (llmid)'), 'the question to go, here and there')
    app.wait_text('Ready · 0:12', 150)


def check_preferences(app):
    app.focus()
    app.key('ctrl+comma')
    app.click('Models', 'page tab')
    app.wait_text('Models Without an Id')
    app.pointer_click('Refresh from the Platform', 'button')
    app.wait_text('On the Platform’s Lists')
    shot('models-preferences')
    before = len(app.search('Use This Id'))
    app.click('Use This Id')
    wait(lambda: len(app.search('Use This Id')) < before, 'the line to go')

    app.pointer_click('Add a Model', 'button')
    app.find('Takes the Same As')
    app.type('my-model')
    app.set_text('Model ID (llmid)', '元境')
    app.wait_text('there is “元” in this one')
    app.set_text('Model ID (llmid)', 'own-id-1')
    shot('models-add')
    app.click('Add', role='button')
    app.find(lambda n: n.startswith('my-model'))
    kept = wait(lambda: os.path.exists(OWN) and 'my-model' in open(OWN).read() and open(OWN).read(), 'the file')
    assert 'sandbox-' not in kept, kept

    app.click('Remove This Model')
    app.wait_text('“my-model” was removed')
    app.click('Undo')
    app.find(lambda n: n.startswith('my-model'))


def test_ids():
    app = Create()
    check_lost_id(app)
    check_preferences(app)
    app.end()


if __name__ == '__main__':
    FILES.update(make_media())
    tests = [alone(test) for test in (test_what_they_take, test_transparent, test_ids) if len(sys.argv) < 2 or sys.argv[1] in test.__name__]
    main(tests)
