# SPDX-License-Identifier: GPL-3.0-or-later
"""Generate: once is once, takes, a cheap try made final, several models, and what will be sent."""
import contextlib
import http.server
import os
import sqlite3
import subprocess
import sys
import threading
import time

from creating import PICTURE, paste
from drive import Atspi, Platform, attempt, main, run, wait
from ordering import MENU, Create


def test_once_is_once():
    """A double click, and a key that is held, order one job each."""
    with Platform() as platform:
        app = Create(platform)
        node = app.find('Generate', 'button')
        x, y = app.rest(node)
        run('xdotool', 'mousemove', str(x), str(y), 'click', '--repeat', '3', '--delay', '60', '1')
        app.wait_text('Ready · 0:05')
        assert len(app.rows()) == 1, f'three clicks made {len(app.rows())} jobs'

        time.sleep(1.2)         # longer than a double click: this is meant
        app.click_into(lambda: app.find('Prompt', role='text'))
        run('xdotool', 'keydown', 'ctrl', 'keydown', 'Return')
        time.sleep(2)
        run('xdotool', 'keyup', 'Return', 'keyup', 'ctrl')
        wait(lambda: sum('Ready' in app.words(row) for row in app.rows()) == 2, 'the second job')
        assert len(app.rows()) == 2, f'a held key made {len(app.rows()) - 1} jobs'
        app.end()


def test_focus_stays():
    """Who pressed Generate by the keyboard can go on from there."""
    with Platform() as platform:
        app = Create(platform)
        app.focus()

        def on_generate():
            app.key('Tab')
            return attempt(lambda: is_focused(app), 'the focus', 0.3)
        wait(on_generate, 'the keyboard to reach Generate', 120)
        app.key('Return')
        app.wait_text('Ready · 0:05')
        wait(lambda: is_focused(app), 'the focus to be on Generate again')
        app.end()


def is_focused(app):
    return app.find('Generate', 'button').get_state_set().contains(Atspi.StateType.FOCUSED)


def test_not_while_a_file_comes():
    """What is still on its way into the draft belongs to it: it is not sent without."""
    class Page(http.server.BaseHTTPRequestHandler):
        asked, answer = threading.Event(), threading.Event()

        def do_GET(self):
            Page.asked.set()
            Page.answer.wait(60)
            with open(PICTURE, 'rb') as f:
                data = f.read()
            self.send_response(200)
            self.send_header('Content-Type', 'image/jpeg')
            self.send_header('Content-Length', str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def is_on():
        return app.find('Generate', 'button').get_state_set().contains(Atspi.StateType.SENSITIVE)

    with Platform() as platform:
        app = Create(platform)
        app.click('Image to Video')
        paste(app, PICTURE)
        app.wait_ready()
        subprocess.run(['xclip', '-selection', 'clipboard', '-i'], text=True, check=True,
                       input=f'http://127.0.0.1:{server.server_port}/moon.jpg')
        app.focus()
        app.click('Paste')
        assert Page.asked.wait(60), 'the picture was not asked for'
        wait(lambda: not is_on(), 'Generate to be off')
        app.wait_text('The files are being looked into…')
        app.click_into(lambda: app.find('Prompt', role='text'))
        app.key('ctrl+Return')
        Page.answer.set()
        app.wait_ready()
        assert not app.rows(), 'sent without a file that was on its way'
        app.end()
    server.shutdown()


def test_what_files_tell():
    """What is sent without its camera facts, and what goes as it is since they are not found in it, is told apart."""
    odd = os.path.join(os.environ['HOME'], 'odd.mp4')
    run('gst-launch-1.0', '-q', 'mp4mux', 'name=mux', 'fragment-duration=500', '!', 'filesink', f'location={odd}',
        'videotestsrc', 'num-buffers=75', '!', 'video/x-raw,width=1280,height=720,framerate=25/1', '!',
        'x264enc', 'tune=zerolatency', '!', 'h264parse', '!', 'mux.', 'audiotestsrc', 'num-buffers=100', '!', 'lamemp3enc', '!', 'mux.')
    with open(odd, 'rb') as f:
        data = f.read()
    with open(odd, 'wb') as f:
        f.write(data.replace(b'\0\0\0\0soun', b'\0\0\0\0meta'))     # a track that tells of something, in pieces
    with Platform() as platform:
        app = Create(platform)
        app.click('References to Video')
        for path, is_marked in ((PICTURE, False), (odd, True)):
            paste(app, path)
            app.find(lambda n: n.startswith(os.path.basename(path)), role='grouping')
            app.wait_ready()
            app.click(MENU)
            app.click('What Will Be Sent')
            app.wait_text('Without what they tell of place, date and device, unless noted below.')
            if is_marked:
                app.wait_text('Goes as it is')
            else:
                assert 'Goes as it is' not in app.all_text()
            app.shot(f'generate-facts-{is_marked}')
            app.key('Escape')
            wait(lambda: 'Without what they tell' not in app.all_text(), 'the details to go')
        app.end()


def test_takes_and_details():
    with Platform() as platform:
        app = Create(platform)
        app.find('Cost unknown')        # what no reply has told is not guessed
        app.takes(2)
        app.find('Cost unknown · 2 jobs, each charged for itself')
        app.shot('generate-unknown')
        app.click(MENU)
        app.click('What Will Be Sent')
        for words in ('720p (default)', '5\u00a0s (default)'):
            app.wait_text(words)
        app.wait_text('2 times: unknown')
        app.wait_text('Not known yet: none of your jobs was like this')
        app.shot('generate-details')
        app.key('Escape')
        wait(lambda: 'Not known yet' not in app.all_text(), 'the details to go')

        app.click('Generate', role='button')
        app.has_rows(2)
        app.wait_text('2 takes')
        wait(lambda: sum('Ready' in app.words(row) for row in app.rows()) == 2, 'two videos')
        # what was ordered has taught something, and is not ordered as often again by itself
        app.wait_text('each so far: credits 10')
        wait(lambda: any((b.get_name() or '').startswith('To HappyHorse') for b in app.search(role='button')), 'one take')
        app.click(MENU)
        app.click('What Will Be Sent')
        app.wait_text('credits 10, in the replies to your last 2 jobs like this')
        app.shot('generate-learned')
        app.key('Escape')
        wait(lambda: 'in the replies to your last' not in app.all_text(), 'the details to go again')
        app.takes(3)
        app.wait_text('each so far: credits 10 · 3 jobs: credits 30')

        # a number that was typed counts, confirmed or not
        app.click(MENU)
        takes = app.find('Takes', role='spin button')
        app.click_into(lambda: takes)
        app.key('ctrl+a', '3')
        app.click('Generate', role='button')
        app.has_rows(5)
        app.key('Escape')
        wait(lambda: sum('Ready' in app.words(row) for row in app.rows()) == 5, 'three more videos')
        app.end()


def test_cheap_and_final():
    with Platform() as platform:
        app = Create(platform)
        app.click('1080p')
        app.click(MENU)
        app.wait_text('720p, 3\u00a0s')        # not 480p, which the platform takes and the model's makers do not document
        app.shot('generate-menu')
        app.click('Try Cheaply')
        app.has_rows(1)
        app.wait_text('HappyHorse 1.0 · cheap try')
        app.wait_text('Ready · 0:03')
        assert any('5\u00a0s' in (b.get_name() or '') for b in app.search(role='button')), 'the draft was changed'

        app.click('Make Final…')
        app.wait_text('1080p, 5\u00a0s')
        app.shot('generate-final')
        app.press_in_dialog('Make Final?', 'Make Final')
        app.has_rows(2)
        app.wait_text('Ready · 0:05')
        wait(lambda: len(app.search('Make Final…', 'button')) == 1, 'a final one that cannot be made final')
        app.end()


def test_several_models():
    with Platform() as platform:
        app = Create(platform)
        app.click(MENU)
        app.click('Several Models…')
        boxes = wait(lambda: app.search(role='check box'), 'models')
        assert len(boxes) > 1, [b.get_name() for b in boxes]
        chosen = [b for b in boxes if b.get_state_set().contains(Atspi.StateType.CHECKED)]
        assert [b.get_name() for b in chosen] == ['HappyHorse 1.0'], [b.get_name() for b in chosen]
        other = next(b for b in boxes if b.get_name() != 'HappyHorse 1.0')
        time.sleep(0.5)         # until the dialog stands still
        run('xdotool', 'mousemove', *map(str, app.rest(other)), 'click', '1')
        app.wait_text('2 jobs, each charged for itself')
        app.shot('generate-models')
        dialog = app.find('Several Models', role='dialog')
        told = sum((n.get_name() or '').endswith('Cost unknown') and n.get_role_name() == 'label' for n in app.walk(dialog))
        assert told == len(boxes), f'the cost of {told} of {len(boxes)} is told'
        app.find('Generate', 'button', within=dialog).get_action_iface().do_action(0)
        app.has_rows(2)
        app.wait_text('Ordered together: 2 jobs with 2 models')
        wait(lambda: sum('Ready' in app.words(row) for row in app.rows()) == 2, 'both videos', 120)
        app.end()


def checked(boxes):
    return [b.get_name() for b in boxes if b.get_state_set().contains(Atspi.StateType.CHECKED)]


def tick(app, box):
    """Clicks a box in the dialog for several models, scrolled to where it can be."""
    dialog = app.find('Several Models', role='dialog')
    foot = app.find('Generate', 'button', within=dialog)
    before = len(checked([box]))

    def press():
        (x, y), bottom = app.rest(box), app.place(foot)[1] - 60
        if not bottom - 420 < y < bottom:
            run('xdotool', 'mousemove', str(x), str(bottom - 200), 'click', '5' if y > bottom else '4')
            return False
        run('xdotool', 'mousemove', str(x), str(y), 'click', '1')
        return attempt(lambda: len(checked([box])) != before, 'the box to hear it', 1)
    wait(press, 'the box to be ticked')


def choose_models(app, *names):
    """Has exactly these ticked in the dialog for several models."""
    app.click(MENU)
    app.click('Several Models…')
    boxes = wait(lambda: app.search(role='check box'), 'models')
    before = checked(boxes)
    for box in boxes:
        if (box.get_name() in names) != (box.get_name() in before):
            tick(app, box)
    wait(lambda: sorted(checked(boxes)) == sorted(names), f'{names} to be chosen')
    return before


def press_generate_in_models(app):
    dialog = app.find('Several Models', role='dialog')
    app.find('Generate', 'button', within=dialog).get_action_iface().do_action(0)
    wait(lambda: not app.search('Several Models', role='dialog'), 'the dialog to go')


def test_one_of_several_fails():
    """What cannot be written keeps no other from being ordered; what is left is offered, and nothing is ordered twice."""
    chosen = ['HappyHorse 1.0', 'Seedance 2.0', 'Wan 2.6']
    with Platform() as platform:
        app = Create(platform)
        library = os.path.join(platform.folder, 'library.db')

        def ordered():
            with contextlib.closing(sqlite3.connect(library)) as db:
                return sorted(name.split('-')[0] for name, in db.execute('SELECT model_name FROM jobs'))

        def execute(sql):
            with contextlib.closing(sqlite3.connect(library, timeout=30)) as db, db:
                db.execute(sql)
        app.takes(2)
        execute("CREATE TRIGGER refuse BEFORE INSERT ON jobs WHEN new.model_name LIKE 'doubao%' BEGIN"
                " SELECT RAISE (ABORT, 'no room'); END")
        assert choose_models(app, *chosen) == ['HappyHorse 1.0']
        app.wait_text('6 jobs, each charged for itself')
        press_generate_in_models(app)
        app.wait_text('2 of 3 were ordered.')
        app.has_rows(4)
        app.shot('generate-left')
        assert ordered() == ['happyhorse', 'happyhorse', 'wan2.6', 'wan2.6'], ordered()
        wait(lambda: any((b.get_name() or '').startswith('To HappyHorse') for b in app.search(role='button')), 'one take again')

        # whoever goes to the models again finds those chosen that are not ordered yet
        assert choose_models(app, 'Seedance 2.0') == ['Seedance 2.0']
        app.key('Escape')
        wait(lambda: not app.search('Several Models', role='dialog'), 'the dialog to go')

        # in vain: it stays on offer, and is counted on
        first = app.find('Order the Rest', 'button')
        app.click('Order the Rest', 'button')
        wait(lambda: [b for b in app.search('Order the Rest', 'button') if b != first], 'it to be offered once more')
        app.wait_text('2 of 3 were ordered.')
        assert len(ordered()) == 4, ordered()
        assert choose_models(app, 'Seedance 2.0') == ['Seedance 2.0']
        app.key('Escape')
        wait(lambda: not app.search('Several Models', role='dialog'), 'the dialog to go')

        execute('DROP TRIGGER refuse')
        app.click('Order the Rest', 'button')
        app.has_rows(6)
        assert ordered() == ['doubao', 'doubao', 'happyhorse', 'happyhorse', 'wan2.6', 'wan2.6'], ordered()
        wait(lambda: '2 of 3 were ordered' not in app.all_text(), 'the offer to go')
        app.wait_text('Ordered together: 6 jobs with 3 models')
        # a draft that is another now has nothing left of it
        assert choose_models(app, 'HappyHorse 1.0') == ['HappyHorse 1.0']
        app.end()


def test_several_models_past_a_limit():
    """What one of several models is documented not to take is asked about before any of them is paid for."""
    with Platform() as platform:
        app = Create(platform, prompt='fox ' * 1300)
        choose_models(app, 'HappyHorse 1.0', 'Vidu Q3 Pro')
        press_generate_in_models(app)
        dialog = app.find('Generate Anyway?', role='alert')
        app.wait_text('Vidu Q3 Pro: ')
        app.shot('generate-models-limit')
        assert not app.rows(), 'ordered without an answer'
        app.press_in_dialog('Generate Anyway?', 'Cancel')
        assert not app.rows(), 'ordered against the answer'

        choose_models(app, 'HappyHorse 1.0', 'Vidu Q3 Pro')
        press_generate_in_models(app)
        app.press_in_dialog('Generate Anyway?', 'Generate Anyway')
        app.has_rows(2)
        app.end()


def test_narrow():
    """Where the jobs lie below the form, it is said that one was ordered, and the way to it is one press."""
    with Platform(speed='1') as platform:
        app = Create(platform)
        app.resize(360, 640)
        wait(lambda: app.place(app.find('Chat', 'page tab'))[1] > 500, 'a narrow window')
        app.find('Cost unknown')
        app.shot('generate-narrow')
        app.click('Generate', role='button')
        app.click('Show', 'button')         # in what says that it was added
        bottom = app.place(app.find('Generate', 'button'))[1]
        wait(lambda: app.place(app.rows()[0])[1] < bottom, 'the job to be in sight')
        assert len(app.rows()) == 1, 'two jobs'
        app.end()


if __name__ == '__main__':
    tests = [test_once_is_once, test_focus_stays, test_not_while_a_file_comes, test_what_files_tell, test_takes_and_details, test_cheap_and_final, test_several_models, test_one_of_several_fails,
             test_several_models_past_a_limit, test_narrow]
    main([test for test in tests if len(sys.argv) < 2 or sys.argv[1] in test.__name__])
