# SPDX-License-Identifier: GPL-3.0-or-later
"""The queue beside the form: the line of those that wait, and the ways out where something went wrong."""
import os
import sys

from drive import App, Atspi, DragSource, Platform, drag, main, run, screenshot, wait
from ordering import SHOTS, Create

W = os.environ['W']


def test_line():
    """What waits can be moved, by keyboard too, and waits in that order after a restart; what was being sent is in doubt then."""
    with Platform('--fault', 'submit:latency=120000@1') as platform:
        app = Create(platform, 'first')
        app.click('Generate', role='button')
        app.has_rows(1)
        for n, prompt in enumerate(('second', 'third', 'fourth'), 2):
            app.set_text('Prompt', prompt)
            app.wait_ready()
            app.click('Generate', role='button')
            app.has_rows(n)
        app.wait_text('Waiting to be sent: number 3 in line')
        app.shot('queue-line')

        # what is on its way is not taken back without a word on what that means
        row = app.rows()[3]
        [n for n in app.walk(row) if n.get_role_name() == 'toggle button'][0].get_action_iface().do_action(0)
        wait(lambda: app.search(role='menu item'), 'the menu')
        app.key('Down', 'Return')
        app.wait_text('nobody can tell whether the platform took it')
        app.shot('queue-stop')
        app.press_in_dialog('Stop Sending?', 'Keep Sending')
        assert 'the answer is awaited' in app.words(app.rows()[3]), app.words(app.rows()[3])

        assert app.prompts() == ['fourth', 'third', 'second', 'first'], app.prompts()
        # by keyboard: down in the list is earlier, and the row keeps the focus
        app.focus_row(app.rows()[0])
        app.key('alt+Down')
        wait(lambda: app.prompts() == ['third', 'fourth', 'second', 'first'], 'the fourth to go before the third')
        app.key('alt+Down')
        wait(lambda: app.prompts() == ['third', 'second', 'fourth', 'first'], 'the fourth to go before the second too')
        app.wait_text('Waiting to be sent: number 3 in line')
        # with the pointer: it takes the place of the one that it is dropped on; what is being sent makes none
        rows = app.rows()
        drag(app.rest(rows[0]), app.rest(rows[3]))
        drag(app.rest(rows[0]), app.rest(rows[2]))
        wait(lambda: app.prompts() == ['second', 'fourth', 'third', 'first'], 'the third to go before the others')

        # withdrawn, one is never sent
        app.press_in_row('third', 'Withdraw')
        wait(lambda: 'Withdrawn' in app.words(app.rows()[2]), 'the third to be withdrawn')
        app.wait_text('Waiting to be sent: number 2 in line')
        app.kill()

        app = Create(platform, 'fifth')
        app.wait_text('Unconfirmed: it may have been charged')
        wait(lambda: sum('Ready' in app.words(row) for row in app.rows()) == 2, 'those that waited')
        assert app.prompts() == ['second', 'fourth', 'third', 'first'], app.prompts()
        assert 'Withdrawn' in app.words(app.rows()[2]) and 'Unconfirmed' in app.words(app.rows()[3])
        app.end()


def test_failure_names_the_file():
    picture = os.path.join(W, 'red.png')
    run('convert', '-size', '640x480', 'xc:red', picture)
    fault = 'submit:job-fails=the input content%5B1%5D may contain real person'
    with Platform('--fault', fault) as platform:
        app = App(env=platform.env)
        app.click('Create')
        app.click('Image to Video')
        source = DragSource(picture)
        source.drop_on(app, app.find('First Frame'))
        source.close()
        app.wait_text('640 × 480')
        app.set_text('Prompt', 'a face')
        wait(lambda: app.find('Generate', 'button').get_state_set().contains(Atspi.StateType.SENSITIVE), 'Generate to be on')
        app.click('Generate', role='button')
        app.wait_text('It is about this picture')
        app.wait_text('This model takes no pictures or clips of real people. Use another one, or another model. '
                      'Whether it was charged was not said')
        app.wait_text('“the input content[1] may contain real person”')
        app.find('Change…', 'button')
        app.find('Submit Again…', 'button')
        assert not app.search('Download Again', 'button'), 'there is nothing to download'
        assert not app.search('A video could not be made'), 'a toast for what is in sight'
        if SHOTS:
            screenshot(os.path.join(SHOTS, 'queue-failed.png'))
        # the recipe is already the draft on show: it is opened beside it
        app.click('Change…')
        wait(lambda: len(app.search('a face', role='page tab')) == 2, 'a draft beside the other')
        app.end()


def test_download_again():
    """A link that is dead is asked for once more; after that it is free to try again, and nothing is ordered."""
    with Platform('--fault', 'file:status=404@2') as platform:
        app = Create(platform)
        app.click('Generate', role='button')
        app.wait_text('Made, but no longer kept by the platform')
        app.find('Check Again', 'button')
        app.find('Submit Again…', 'button')
        app.shot('queue-expired')
        app.click('Download Again', 'button')
        app.wait_text('Ready · 0:05')
        assert len(app.rows()) == 1
        app.end()


def test_lost_with_the_sandbox():
    """A sandbox that ended takes its jobs with it: nobody says that the video was made, nor offers to fetch it."""
    env = {'YUANJING_DATA_DIR': os.path.join(W, 'lost'), 'GSETTINGS_BACKEND': 'keyfile'}
    app = App('--sandbox', env=env)
    app.click('Create')
    app.click('Text to Video')
    app.set_text('Prompt', 'a fox')
    wait(lambda: app.find('Generate', 'button').get_state_set().contains(Atspi.StateType.SENSITIVE), 'Generate to be on')
    app.click('Generate', role='button')
    wait(lambda: any(words in app.all_text() for words in ('In the platform’s queue', 'Being made')), 'the job to be under way')
    app.kill()
    app = App('--sandbox', env=env)
    app.wait_text('The platform does not know it any more')
    app.wait_text('The sandbox that was making this video has ended')
    for name in ('Download Again', 'Check Again'):
        assert not app.search(name, 'button'), f'nobody to ask, but {name}'
    app.end()


def test_unconfirmed():
    """Three ways out; the one that pays asks first, and pays once."""
    with Platform('--fault', 'submit:no-reply@1') as platform:
        app = Create(platform)
        app.click('Generate', role='button')
        app.wait_text('Unconfirmed: it may have been charged')
        app.find('Check on the Web', 'button')
        app.find('Dismiss', 'button')
        for words in ('records say whether it was taken', 'charged; both may be', 'nothing is sent'):
            app.wait_text(words)
        app.shot('queue-unconfirmed')
        app.resize(360, 640)
        app.shot('queue-unconfirmed-narrow')
        app.resize(1080, 720)
        app.click('Submit Again…')
        app.press_in_dialog('Submit Again?', 'Submit Again')
        app.has_rows(2)
        app.wait_text('Ready · 0:05')
        app.wait_text('Withdrawn')
        assert len(app.rows()) == 2
        app.end()


def test_trouble_below():
    """Where the jobs lie below the form a line tells of those that went wrong, until they have been seen; after a restart of
    those that may have been charged."""
    def place(node):
        return node.get_component_iface().get_extents(Atspi.CoordType.WINDOW)

    with Platform('--fault', 'submit:no-reply@1', '--fault', 'submit:job-fails=no such thing@2') as platform:
        app = Create(platform)
        app.resize(360, 640)
        words = '1 job is unconfirmed: it may have been charged'
        assert not app.search(lambda n: 'unconfirmed' in n, 'button')
        app.click('Generate', role='button')
        sign = app.find(words, 'button')
        generate = place(app.find('Generate', 'button'))
        wait(lambda: generate.y - 60 < place(sign).y < generate.y, 'the line to stand above Generate')
        app.shot('queue-trouble-narrow')
        # Another one: the same again within a second would be taken for a double click.
        app.set_text('Prompt', 'a wolf')
        app.wait_ready()
        app.click('Generate', role='button')
        app.find('2 jobs need a look, 1 of them unconfirmed', 'button')
        app.shot('queue-trouble-two')
        app.close()

        # beside the form they are in sight, and by that seen
        app = Create(platform)
        app.find(words, 'button')
        app.resize(1080, 720)
        app.find('Unconfirmed: it may have been charged')
        app.resize(360, 640)
        wait(lambda: place(app.find('Generate', 'button')).x < 300, 'the narrow form')
        assert not app.search(words, 'button'), 'told of what has been seen'
        app.close()

        app = Create(platform)
        app.click(words, 'button')
        wait(lambda: app.rows()[1].get_state_set().contains(Atspi.StateType.FOCUSED), 'the job to have the focus')
        wait(lambda: not app.search(words, 'button'), 'the line to go')
        row = place(app.rows()[1])
        assert 0 < row.y < place(app.find('Generate', 'button')).y, 'the job is out of sight'
        app.shot('queue-trouble-seen')
        app.end()


if __name__ == '__main__':
    tests = [test_line, test_failure_names_the_file, test_download_again, test_lost_with_the_sandbox, test_unconfirmed, test_trouble_below]
    main([test for test in tests if len(sys.argv) < 2 or sys.argv[1] in test.__name__])
