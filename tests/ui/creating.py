# SPDX-License-Identifier: GPL-3.0-or-later
"""The Create place in a real window, for the tests of it. YUANJING_SHOTS=FOLDER leaves screenshots there."""
import os
import subprocess
import time

from drive import App, Atspi, DragSource, Failed, run, screenshot, wait

PICTURE = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'data', 'samples', 'moon-lake.jpg')
W = os.environ['W']
SHOTS = os.environ.get('YUANJING_SHOTS')
MEDIA = os.path.join(W, 'media')


def make_media():
    """One file of each kind, and two that are none."""
    os.makedirs(MEDIA, exist_ok=True)

    def path(name):
        return os.path.join(MEDIA, name)
    run('convert', '-size', '1024x768', 'gradient:red-blue', path('one; 一.png'))
    run('convert', '-size', '800x1200', 'gradient:green-yellow', path('two.jpg'))
    run('convert', '-size', '200x150', 'gradient:white-black', path('tiny.jpg'))
    run('gst-launch-1.0', '-q', 'videotestsrc', 'num-buffers=75', '!', 'video/x-raw,width=1280,height=720,framerate=25/1', '!',
        'x264enc', 'tune=zerolatency', '!', 'h264parse', '!', 'mp4mux', '!', 'filesink', f'location={path("clip.mp4")}')
    run('gst-launch-1.0', '-q', 'audiotestsrc', 'num-buffers=200', '!', 'audioconvert', '!', 'lamemp3enc', '!', 'filesink',
        f'location={path("sound.mp3")}')
    with open(path('note.txt'), 'w') as f:
        f.write('hello')
    return {name: path(name) for name in os.listdir(MEDIA)}


FILES = {}


def shot(name):
    if SHOTS:
        time.sleep(0.3)
        screenshot(os.path.join(SHOTS, f'{name}.png'))


class Create(App):
    """The app on the sandbox, in Create, with a library of its own."""
    count = 0
    last = None

    def __init__(self, folder=None, env=None):
        Create.count += 1
        Create.last = self
        folder = folder or os.path.join(W, f'data-{Create.count}')
        super().__init__('--sandbox', env={'YUANJING_DATA_DIR': folder, **(env or {})})
        self.click('Create')
        self.find('Generate', role='button')

    def is_on(self, name, role='button'):
        return self.find(name, role).get_state_set().contains(Atspi.StateType.SENSITIVE)

    def drop(self, slot, *names):
        source = DragSource(*[FILES.get(n, n) for n in names])
        source.drop_on(self, self.find(slot))
        source.close()

    def group(self, name):
        return self.find(name, role='grouping')

    def says(self, slot, text):
        """Waits until the slot shows @text."""
        wait(lambda: any(text in (n.get_name() or '') for n in self.walk(self.group(slot))), f'{text!r} in {slot}')

    def tiles(self, slot):
        """The names of the files in a slot, in order."""
        return [n.get_name().split()[0] for n in self.walk(self.group(slot))
                if n.get_role_name() == 'grouping' and '·' in (n.get_name() or '')]

    def tab_to(self, condition, what):
        self.focus()
        passed, node = [], self.focused()
        for _ in range(80):
            if node and self.ask(lambda node=node: condition(node)):
                return node
            passed.append(self.ask(lambda node=node: f'{node.get_role_name()} {node.get_name()}') if node else '-')
            node = self.tab()
        raise Failed(f'the keyboard does not reach {what}, but {passed}')


def references():
    app = Create()
    app.click('References to Video')
    app.group('Reference Images')
    return app


def paste(app, *paths):
    """As a file manager copies them."""
    text = ''.join(f'file://{p.replace(" ", "%20")}\r\n' for p in paths)
    subprocess.run(['xclip', '-selection', 'clipboard', '-t', 'text/uri-list', '-i'], input=text, text=True, check=True)
    app.focus()
    app.click('Paste')


class Drag:
    """A drag that stays over a place until it is dropped."""

    def __init__(self, app, *names):
        self.app = app
        self.source = DragSource(*[FILES.get(n, n) for n in names])
        run('xdotool', 'windowraise', self.source.window)
        time.sleep(0.3)
        run('xdotool', 'mousemove', '80', '60')
        time.sleep(0.2)
        run('xdotool', 'mousedown', '1')
        for _ in range(6):
            run('xdotool', 'mousemove_relative', '--', '6', '2')
            time.sleep(0.05)

    def over(self, node, aside=0):
        """@aside: so many pixels beside its middle."""
        x, y = self.app.rest(node)
        x += aside
        for i in range(4, -1, -1):
            run('xdotool', 'mousemove', str(x - 6 * i), str(y - 3 * i))
            time.sleep(0.08)

    def end(self):
        run('xdotool', 'mouseup', '1')
        # the files may be asked for after the button is let go
        self.source.listen('the end of the drag')
        self.source.close()


def alone(test):
    """The test, and then no app that it left behind."""
    def run_test():
        try:
            test()
        except Exception:
            if SHOTS:
                screenshot(os.path.join(SHOTS, f'failed-{test.__name__}.png'))
            raise
        finally:
            if Create.last and Create.last.process.poll() is None:
                Create.last.kill()
    run_test.__name__ = test.__name__
    return run_test
