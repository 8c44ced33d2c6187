# SPDX-License-Identifier: GPL-3.0-or-later
"""The gallery: jobs from their first moment on, the player, the recipe, what can be done with them."""
import os
import re
import subprocess
import sys
import time

from drive import App, Atspi, Failed, Platform, attempt, main, run, screenshot, wait

HERE = os.path.dirname(os.path.abspath(__file__))
PICTURE = os.path.join(HERE, '..', '..', 'data', 'samples', 'moon-lake.jpg')
PROMPT = 'The boat passes slowly'


class Works(Platform):
    """A platform with a library of jobs made by it."""

    def make(self, *args):
        done = subprocess.run([os.environ['YUANJING_MAKE_JOBS'], *args], env={**os.environ, **self.env}, text=True,
                              capture_output=True, timeout=120)
        if done.returncode:
            raise Failed(f'make-jobs ended with {done.returncode}: {done.stdout}{done.stderr}')
        return done.stdout

    def open(self):
        app = App(env=self.env)
        app.resize(1080, 720)
        app.click('Gallery', 'page tab')
        return app

    def videos(self):
        return sorted(n for n in os.listdir(os.path.join(self.folder, 'videos')) if n.endswith('.mp4'))


def same(what, got, expected):
    if got != expected:
        raise Failed(f'{what}: {got!r} instead of {expected!r}')


def card(app, prompt):
    return app.find(lambda n: n.startswith(prompt), 'table cell')


def open_card(app, prompt):
    # The grid has to be at rest before the pointer can hit a card.
    def rest():
        before = app.place(card(app, prompt))
        time.sleep(0.2)
        return before == app.place(card(app, prompt)) and before
    def press():
        if app.search(lambda n: n.startswith(prompt), 'table cell'):
            run('xdotool', 'mousemove', *map(str, wait(rest, 'the grid to rest')), 'click', '1')
        return attempt(lambda: app.search('Back', 'button'), 'the page', 10)
    wait(press, 'the page of the card')


def position(app):
    """Where the player stands, in seconds, by its time code."""
    def read():
        for node in app.search(role='label'):
            code = re.fullmatch(r'(\d+):(\d\d\.\d\d) / \d+:\d\d\.\d\d', node.get_name() or '')
            if code:
                return code
        return None
    code = wait(read, 'a time code')
    return int(code[1]) * 60 + float(code[2])


def near(what, app, expected):
    try:
        wait(lambda: abs(position(app) - expected) < 0.11, f'{what}: {expected}')
    except Failed as error:
        raise Failed(f'{error}, but it stands at {position(app)}') from None


def colours(app, name):
    """How many colours the middle of the window shows; one, when it is black."""
    path = os.path.join(os.environ['W'], name + '.png')
    screenshot(path)
    x, y = app.rest(app.find('Video', 'image'))
    return int(run('convert', path, '-crop', f'200x150+{x - 100}+{y - 75}', '-format', '%k', 'info:'))


def test_empty():
    platform = Works()
    app = platform.open()
    app.wait_text('No Videos Yet')
    app.click('Create a Video')
    app.find('Prompt')
    app.end()
    platform.close()


def test_job_goes_on():
    platform = Works(speed='3')
    same('made', platform.make('--no-wait', PROMPT).split()[0] in ('created', 'pending', 'running'), True)
    app = platform.open()
    words = card(app, PROMPT).get_name()
    if '%' in words or not re.search(r'Accepted|queue|Being made', words):
        raise Failed(f'the job is described as {words!r}')
    app.find(lambda n: n.startswith(PROMPT) and 'Ready' in n, 'table cell', seconds=60)
    app.find('0:05', 'label')
    app.end()
    platform.close()


def test_told_elsewhere():
    platform = Works(speed='3')
    platform.make('--no-wait', PROMPT)
    app = platform.open()
    card(app, PROMPT)
    app.click('Chat', 'page tab')
    app.find('Your video is ready', seconds=60)
    app.click('Show')
    app.find('Back', 'button')
    app.end()
    platform.close()


def test_player():
    platform = Works()
    platform.make('--picture', PICTURE, PROMPT)
    app = platform.open()
    open_card(app, PROMPT)
    app.find('Pause', 'button')
    wait(lambda: position(app) > 0.5, 'the video to go on')
    if colours(app, 'playing') < 50:
        raise Failed('the picture is empty')
    app.click('Pause')
    app.find('Play', 'button')
    app.focus()
    app.key('Home')
    near('Home', app, 0)
    app.key('period')
    near('a frame on', app, 0.04)
    app.key('Right')
    near('a second on', app, 1.04)
    app.key('comma')
    near('a frame back', app, 1.0)
    app.key('End')
    near('End', app, 5.0)
    app.key('Home')
    near('Home from the end', app, 0)
    slider = app.find('Seek', 'slider')
    Atspi.Value.set_current_value(slider, 2.5)
    near('the slider', app, 2.5)
    app.key('space')
    app.find('Pause', 'button')
    app.key('f')
    wait(lambda: not app.search('Remix'), 'full screen without the recipe')

    def controls():
        run('xdotool', 'mousemove_relative', '--', '3', '3')
        return app.search('Leave Full Screen', 'button')
    wait(controls, 'the controls, which come with the pointer')
    app.key('Escape')
    app.find('Full Screen', 'button')
    app.key('Escape')
    card(app, PROMPT)
    # Also with a video on show, the window closes well.
    open_card(app, PROMPT)
    app.find('Pause', 'button')
    app.end()
    platform.close()


def test_recipe():
    platform = Works()
    platform.make('--picture', PICTURE, PROMPT)
    app = platform.open()
    open_card(app, PROMPT)
    for text in (PROMPT, 'Image to Video', 'HappyHorse 1.0', '1280 × 720', '"credits"', platform.env['YUANJING_BASE_URL']):
        app.wait_text(text)
    app.find('First Frame', 'button')
    app.resize(360, 640)
    app.find('Seek', 'slider')
    app.find('Remix', 'button')
    app.resize(1080, 720)
    app.click('Remix')
    wait(lambda: PROMPT in app.text(app.find('Prompt', where=lambda n: n.get_text_iface() is not None)), 'the prompt in Create')
    app.click('Gallery', 'page tab')
    open_card(app, PROMPT)
    app.click('Extend')
    app.find('Generate')
    app.wait_text('1280 × 720')
    app.end()
    frames = os.path.join(os.environ['HOME'], '.cache', 'yuanjing', 'frames')
    same('frames', [n.endswith('-last.png') for n in os.listdir(frames)], [True])
    platform.close()


def test_search():
    platform = Works()
    platform.make('Waves at night', '月光下的屋顶')
    app = platform.open()
    card(app, 'Waves')
    app.focus()

    def find_by_key():
        app.key('ctrl+f')
        wait(lambda: app.search('Search Gallery', where=lambda n: n.get_state_set().contains(Atspi.StateType.FOCUSED)), 'the search in focus')
    # From the page of a video, and just come from Chat, where the focus was.
    open_card(app, 'Waves')
    find_by_key()
    card(app, 'Waves')
    app.key('ctrl+1')
    app.find('Message')
    app.key('ctrl+3')
    card(app, 'Waves')
    find_by_key()
    app.set_text('Search Gallery', '月光')
    wait(lambda: not app.search(lambda n: n.startswith('Waves'), 'table cell'), 'Waves to go')
    card(app, '月光下')
    app.set_text('Search Gallery', '屋顶　月光')
    card(app, '月光下')
    app.set_text('Search Gallery', '屋顶 waves')
    app.click('Show All')
    card(app, 'Waves')
    app.end()
    platform.close()


def test_delete():
    platform = Works()
    platform.make('Stays', 'Goes')
    same('videos', len(platform.videos()), 2)
    app = platform.open()
    for undo in (True, False):
        open_card(app, 'Goes')
        app.focus()
        app.key('Delete')
        app.find('Undo', 'button')
        wait(lambda: not app.search(lambda n: n.startswith('Goes'), 'table cell'), 'the card to go')
        if undo:
            app.click('Undo')
            card(app, 'Goes')
            same('videos', len(platform.videos()), 2)
    app.end()
    same('videos', len(platform.videos()), 2)
    platform.close()


def test_delete_under_way():
    platform = Works(speed='0.2')
    platform.make('--no-wait', PROMPT)
    app = platform.open()
    app.key('ctrl+3')
    x, y = app.rest(card(app, PROMPT))
    run('xdotool', 'mousemove', str(x), str(y), 'keydown', 'ctrl', 'click', '1', 'keyup', 'ctrl')
    app.find('1 selected')
    app.key('Delete')
    app.wait_text('What is under way cannot be deleted before it ends')
    same('undo', app.search('Undo', 'button'), [])
    card(app, PROMPT)
    app.end()
    platform.close()


def test_failed():
    platform = Works('--fault', 'submit:job-fails=The picture shows a face@1')
    platform.make(PROMPT)
    app = platform.open()
    words = card(app, PROMPT).get_name()
    if 'The picture shows a face' not in words:
        raise Failed(f'the job is described as {words!r}')
    app.find('Check Again', 'button')
    # Paying again is asked for, and refused here.
    app.click('Submit Again', 'button')
    app.find('Cancel', 'button')
    app.wait_text('it is charged as a new one')
    app.click('Cancel')
    wait(lambda: not app.search('Cancel', 'button'), 'the question to go')
    time.sleep(0.5)
    same('jobs', len(app.search(lambda n: n.startswith(PROMPT), 'table cell')), 1)
    app.click('Submit Again', 'button')
    alert = app.find('Submit Again?', 'alert')
    app.find('Submit Again', 'button', within=alert).get_action_iface().do_action(0)
    app.find(lambda n: n.startswith(PROMPT) and 'Ready' in n, 'table cell', seconds=60)
    app.end()
    platform.close()


def test_unconfirmed():
    platform = Works('--fault', 'submit:no-reply')
    platform.make(PROMPT)
    app = platform.open()
    words = card(app, PROMPT).get_name()
    if 'may have been charged' not in words:
        raise Failed(f'the job is described as {words!r}')
    app.click('Submit Again', 'button')
    app.find('Open Web Console', 'button')
    app.click('Cancel')
    wait(lambda: not app.search('Cancel', 'button'), 'the question to go')
    app.click('Forget')
    app.wait_text('No Videos Yet')
    app.end()
    platform.close()


if __name__ == '__main__':
    chosen = sys.argv[1:]
    main([test for name, test in list(globals().items())
          if name.startswith('test_') and (not chosen or name.removeprefix('test_').replace('_', '-') in chosen)])
