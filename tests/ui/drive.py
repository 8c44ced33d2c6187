# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives a real window of the app by its accessible tree, as a screen reader would see it, and by real pointer and
key events (xdotool). Run inside `headless`. A control that cannot be found by its name is one that a blind person
cannot find either."""
import json
import os
import re
import select
import subprocess
import sys
import tempfile
import time

import gi
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

Atspi.init()
# A busy machine is no reason to give an application up: the default is 0.8 s.
Atspi.set_timeout(15000, 30000)
SANITIZED = os.environ.get('YUANJING_SANITIZED') == '1'
SLOWNESS = 4 if SANITIZED else 1        # of the app: so much longer is waited, and so much slower is the sandbox
PATIENCE = 60 * SLOWNESS


class Failed(Exception):
    pass


def wait(condition, what, seconds=60):
    """Asks @condition until it gives something true; returns that. @what it is for may be a function that looks closer;
    @seconds are those of a quick app."""
    seconds *= SLOWNESS
    end = time.monotonic() + seconds
    while True:
        try:
            got = condition()
        except GLib.Error:      # the object went away while it was looked at
            got = None
        if got:
            return got
        if time.monotonic() > end:
            raise Failed(f'waited {seconds} s in vain for {what() if callable(what) else what}')
        time.sleep(0.05)


def attempt(condition, what, seconds=3):
    """What may have to be done once more: the same, but nothing when it was in vain."""
    try:
        return wait(condition, what, seconds)
    except Failed:
        return None


def run(*args, **kwargs):
    return subprocess.run(args, check=True, text=True, capture_output=True, **kwargs).stdout


def screenshot(path):
    """The whole virtual screen as PNG."""
    run('import', '-window', 'root', path)


def no_report(who, output):
    """Fails when a sanitizer reported something."""
    report = re.search(r'(ERROR: \w+Sanitizer|\w+Sanitizer:DEADLYSIGNAL|: runtime error: ).*', output, re.DOTALL)
    if report:
        raise Failed(f'a sanitizer reported of {who}:\n{report.group()[:20000]}')


# The bridge of AT-SPI when a window goes while it is asked about; GTK 4.24's own book of frames, which on X11 without a
# compositor is now and then told of the same frame twice; a desktop without a service that shows notifications, where one
# is sent while the window happens not to have the focus; a desktop whose portal opens no files, so that the toolkit goes on
# without it.
OTHERS_WARNINGS = ('dbind', 'Not a supported version of the OpenURI portal', 'unable to send notifications', 'gdk_frame_timings_submitted() called on submitted frame')


def function_keys(key):
    """F1 to F10 by their codes: where a keyboard says that Alt gives the same sign, xdotool presses Alt too."""
    return re.sub(r'\bF(\d|10)\b', lambda found: str(66 + int(found[1])), key)


class App:
    """The app as a child process, on the sandbox unless arguments say otherwise."""

    alive = []

    def __init__(self, *args, env=None, name='yuanjing', title='Yuanjing|元境'):
        environment = dict(os.environ, **(env or {}))
        if SANITIZED and 'YUANJING_LEAKS' not in os.environ:
            # To look for leaks each allocation has to note where it was made: too slow for toasts to be seen.
            environment['ASAN_OPTIONS'] += ':detect_leaks=0:malloc_context_size=2'
        self.title = title
        self.log = open(os.path.join(os.environ['W'], f'app-{time.monotonic_ns()}.log'), 'w+')
        self.process = subprocess.Popen([*self.command(), *args], env=environment, stdout=self.log, stderr=subprocess.STDOUT)
        App.alive.append(self)
        self.name = name
        self.root = wait(self._find_root, 'the app on the accessibility bus')
        self.window = wait(self._find_window, 'a window on the screen')

    def command(self):
        return [os.environ['YUANJING_APP']]

    def _find_root(self):
        if self.process.poll() is not None:
            raise Failed(f'the app ended with status {self.process.returncode}:\n{self.output()}')
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child and child.get_process_id() == self.process.pid and child.get_child_count():
                return child
        return None

    def _find_window(self):
        out = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(self.process.pid)],
                             text=True, capture_output=True).stdout.split()
        return out[-1] if out else None

    def output(self):
        self.log.flush()
        with open(self.log.name, errors='replace') as f:
            return f.read()

    def end_of_life(self):
        """What there is to know of an app that ended when it should not have."""
        status = self.process.poll()
        return '' if status in (None, 0) else f'the app ended with status {status}:\n{self.output()[-2000:]}'

    # ---- looking
    def walk(self, node=None):
        node = node or self.root
        yield node
        for i in range(self.ask(node.get_child_count) or 0):
            child = self.ask(lambda i=i: node.get_child_at_index(i))
            if child:
                yield from self.walk(child)

    @staticmethod
    def ask(what):
        """What it says; None when it went away meanwhile."""
        try:
            return what()
        except GLib.Error:
            return None

    def search(self, name=None, role=None, where=None, showing=True, within=None):
        """All nodes with this name (a string, or a function of it) and role name."""
        found = []
        for node in self.walk(within):
            try:
                if role is not None and node.get_role_name() != role:
                    continue
                text = node.get_name() or ''
                if callable(name):
                    if not name(text):
                        continue
                elif name is not None and text != name:
                    continue
                if showing and not node.get_state_set().contains(Atspi.StateType.SHOWING):
                    continue
                if where is not None and not where(node):
                    continue
                found.append(node)
            except GLib.Error:
                continue
        return found

    def find(self, name=None, role=None, where=None, seconds=60, within=None):
        try:
            return wait(lambda: self.search(name, role, where, within=within), f'{name!r} ({role or "any role"})', seconds)[0]
        except Failed as error:
            raise Failed(f'{error}; the app said:\n{self.output()[-2000:]}\nthe tree:\n{self.tree()}') from None

    def tree(self):
        lines = []

        def show(node, depth):
            try:
                if node.get_state_set().contains(Atspi.StateType.SHOWING) or depth < 2:
                    text = self.text(node)
                    lines.append(f'{"  " * depth}{node.get_role_name()} {node.get_name()!r} {text[:60]!r}')
                    for i in range(node.get_child_count()):
                        child = node.get_child_at_index(i)
                        if child:
                            show(child, depth + 1)
            except GLib.Error:
                pass
        show(self.root, 0)
        return '\n'.join(lines)

    @staticmethod
    def text(node):
        iface = node.get_text_iface()
        return Atspi.Text.get_text(iface, 0, Atspi.Text.get_character_count(iface)) if iface else ''

    def all_text(self):
        """Every name and text on show, for looking whether something is said anywhere."""
        parts = []
        for node in self.search():
            try:
                parts += [node.get_name() or '', self.text(node)]
            except GLib.Error:
                continue
        return '\n'.join(p for p in parts if p)

    def wait_text(self, text, seconds=60):
        try:
            wait(lambda: text in self.all_text(), f'the text {text!r}', seconds)
        except Failed as error:
            raise Failed(f'{error}; shown is:\n{self.all_text()}\nthe app said:\n{self.output()[-2000:]}') from None

    # ---- doing
    @staticmethod
    def _can_act(node):
        return node.get_action_iface() is not None and node.get_action_iface().get_n_actions() > 0

    def click(self, name, role=None, seconds=60):
        """Presses by the accessible action."""
        def press():
            node = self.find(name, role, lambda n: self._can_act(n) and n.get_state_set().contains(Atspi.StateType.SENSITIVE), seconds)
            return node, node.get_action_iface().do_action(0)
        node, pressed = self.ask(press) or press()      # once more where it was made anew before it was pressed
        if not pressed:
            raise Failed(f'{name!r} refused to be pressed')
        return node

    def place(self, node):
        """Centre of a node in screen coordinates."""
        box = node.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
        origin = dict(line.split('=') for line in run('xdotool', 'getwindowgeometry', '--shell', self.window).split())
        return int(origin['X']) + box.x + box.width // 2, int(origin['Y']) + box.y + box.height // 2

    def rest(self, node):
        """As place(), once it is on the screen and no longer moves there."""
        def same():
            before = self.place(node)
            time.sleep(0.1)
            return node.get_component_iface().get_extents(Atspi.CoordType.WINDOW).width and before == self.place(node) and before
        return wait(same, 'the place where it stays')

    def pointer_click(self, name, role=None):
        node = self.find(name, role)
        x, y = self.rest(node)
        run('xdotool', 'mousemove', str(x), str(y), 'click', '1')
        return node

    def focus(self):
        run('xdotool', 'windowactivate', '--sync', self.window)

    def focused(self):
        """What has the keyboard focus; only what is on show is looked through."""
        found, nodes = None, [self.root.get_child_at_index(i) for i in range(self.root.get_child_count())]
        while nodes:
            node = nodes.pop()
            try:
                states = node.get_state_set()
                if not states.contains(Atspi.StateType.SHOWING):
                    continue
                if states.contains(Atspi.StateType.FOCUSED):
                    found = node
                nodes += [child for child in (node.get_child_at_index(i) for i in range(node.get_child_count())) if child]
            except GLib.Error:          # it went away meanwhile
                continue
        return found

    def tab(self):
        """Tab, and what has the focus when it has gone on."""
        before = self.focused()
        self.key('Tab')

        def gone_on():
            node = self.focused()
            return node if node and node != before else None
        return attempt(gone_on, 'the focus to go on', 1) or before

    def is_focused(self, name):
        """Whether what has the keyboard focus is called so, or begins so."""
        node = self.focused()
        return node is not None and (node.get_name() or '').startswith(name)

    def click_into(self, find):
        """Clicks what @find gives until it has the keyboard focus: what still moves is missed."""
        def press():
            node = find()
            run('xdotool', 'mousemove', *map(str, self.place(node)), 'click', '1')
            return attempt(lambda: node.get_state_set().contains(Atspi.StateType.FOCUSED), 'the focus')
        wait(press, 'the focus to follow the pointer')

    def set_text(self, name, text):
        node = self.find(name, where=lambda n: n.get_editable_text_iface() is not None)
        if not node.get_editable_text_iface().set_text_contents(text):
            raise Failed(f'{name!r} takes no text')
        return node

    def key(self, *keys):
        run('xdotool', 'key', '--clearmodifiers', *(function_keys(key) for key in keys))

    def type(self, text):
        run('xdotool', 'type', '--delay', '15', text)

    def resize(self, width, height):
        run('xdotool', 'windowsize', '--sync', self.window, str(width), str(height))

    def _ask_to_close(self):
        """openbox asks the window to close (windowclose would destroy it), a dialog over it first; again if unheard."""
        subprocess.run(['xdotool', 'windowactivate', '--sync', self.window, 'key', '--clearmodifiers', 'alt+F4'],
                       capture_output=True, timeout=PATIENCE)
        try:
            self.process.wait(3)
        except subprocess.TimeoutExpired:
            return False
        return True

    def close(self):
        """Ends the app as its window's close button would; it must end well."""
        if self.process.poll() is None:
            wait(self._ask_to_close, 'the app to end')
        self.check()
        if self.process.returncode:
            raise Failed(f'the app ended with status {self.process.returncode}:\n{self.output()}')

    def end(self):
        """As close(), and it may not have complained about anything."""
        self.close()
        bad = [line for line in self.output().splitlines()
               if 'CRITICAL' in line or ('WARNING **' in line and not any(other in line for other in OTHERS_WARNINGS))]
        if bad:
            raise Failed('the app complained:\n' + '\n'.join(bad))

    def kill(self):
        self.process.kill()
        self.process.wait()

    def check(self):
        """Fails when a sanitizer reported something about the app, or about a program that it started."""
        no_report('the app', self.output())


def drag(start, end):
    """A real drag with the pointer: press, pass the threshold, walk, rest, release."""
    def step(*args):
        run('xdotool', *map(str, args))
    (x0, y0), (x1, y1) = start, end
    step('mousemove', x0, y0)
    time.sleep(0.2)
    step('mousedown', 1)
    for _ in range(6):
        step('mousemove_relative', '--', 6, 2)
        time.sleep(0.05)
    for i in range(1, 9):
        step('mousemove', x0 + (x1 - x0) * i // 8, y0 + (y1 - y0) * i // 8)
        time.sleep(0.08)
    time.sleep(0.4)
    step('mouseup', 1)


class Sandbox:
    """A platform on the loopback interface, until the end of the `with`; it must end well."""

    def __init__(self, *args):
        self.log = tempfile.NamedTemporaryFile('w+', dir=os.environ['W'], prefix='sandbox-')
        if SANITIZED:
            speed = args[args.index('--speed') + 1] if '--speed' in args else '1'
            args = (*args, '--speed', str(float(speed) / SLOWNESS))
        self.process = subprocess.Popen([os.environ['YUANJING_SANDBOX'], '--exit-with-stdin', *args], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=self.log, text=True)
        said = self.process.stdout.readline()
        if not said:
            raise Failed(f'the sandbox ended with {self.process.wait()}: {self.output()}')
        facts = json.loads(said)
        self.url, self.key = facts['base_url'], facts['key']

    def output(self):
        with open(self.log.name, errors='replace') as f:
            return f.read()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.process.stdin.close()
        status = self.process.wait(PATIENCE)
        self.process.stdout.close()
        no_report('the sandbox', self.output())
        if status:
            raise Failed(f'the sandbox ended with {status}: {self.output()}')


class Platform(Sandbox):
    """A sandbox, and the environment that leads a program to it and to a new library."""
    count = 0

    def __init__(self, *args, speed='20'):
        super().__init__('--speed', speed, *args)
        Platform.count += 1
        self.folder = os.path.join(os.environ['W'], f'platform-{Platform.count}')
        self.env = {'YUANJING_BASE_URL': self.url, 'YUANJING_API_KEY': self.key, 'YUANJING_DATA_DIR': self.folder}


class Neighbour:
    """A small window of another program, in the upper left corner."""
    name = None
    alive = []

    def __init__(self, *args):
        self.process = subprocess.Popen([os.environ['YUANJING_' + self.name.upper().replace('-', '_')], *args],
                                        stdout=subprocess.PIPE, bufsize=0)
        Neighbour.alive.append(self.process)
        self.window = wait(self._find, f'the window {self.name}')
        # No --sync: it waits for ever when the window is there already.
        run('xdotool', 'windowmove', self.window, '0', '0')
        wait(lambda: 'X=0\nY=0\n' in run('xdotool', 'getwindowgeometry', '--shell', self.window), 'the window to be in the corner')

    def _find(self):
        out = subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', f'^{self.name}$'], text=True,
                             capture_output=True).stdout.split()
        return out[-1] if out else None

    def focus(self):
        run('xdotool', 'windowactivate', '--sync', self.window)

    def listen(self, what):
        """The next line that it says."""
        wait(lambda: select.select([self.process.stdout], [], [], 0)[0], what)
        return self.process.stdout.readline().decode().rstrip('\n')

    def close(self):
        self.process.terminate()
        self.process.wait()


class DragSource(Neighbour):
    """A window from which the files that it is given can be dragged."""
    name = 'drag-source'

    def drop_on(self, app, node):
        """Drags the files onto the middle of @node, with the pointer."""
        run('xdotool', 'windowraise', self.window)
        time.sleep(0.3)
        drag((80, 60), app.rest(node))
        # The files are asked for after the button is let go: it must live until then.
        self.listen('the end of the drag')

    def copy(self):
        """By its own keys; it must live until what it copied is pasted."""
        self.focus()
        run('xdotool', 'key', '--clearmodifiers', 'ctrl+c')
        assert self.listen('the copy') == 'copied'


class DropTarget(Neighbour):
    """A window that tells what is dropped onto it."""
    name = 'drop-target'

    def take_from(self, start):
        """Drags what lies at @start on the screen onto it; what it was offered and what it read, by kind."""
        drag(start, (80, 60))
        got = {}
        while True:
            kind, _, what = self.listen('the drop').partition(' ')
            if kind in ('over', ''):
                return got
            got.setdefault(kind, []).append(what)


class Clipboard:
    """Another program that has copied @text."""

    def __init__(self, text):
        self.process = subprocess.Popen(['xclip', '-quiet', '-selection', 'clipboard'], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.process.stdin.write(text.encode())
        self.process.stdin.close()
        wait(self._has_it, 'the clipboard')

    def _has_it(self):
        return b'UTF8_STRING' in subprocess.run(['xclip', '-o', '-selection', 'clipboard', '-t', 'TARGETS'], capture_output=True).stdout

    def close(self):
        self.process.terminate()
        self.process.wait()


def main(tests):
    """Runs named functions as TAP; each gets nothing and fails by raising."""
    print(f'1..{len(tests)}')
    bad = 0
    for number, test in enumerate(tests, 1):
        name = test.__name__.removeprefix('test_').replace('_', '-')
        try:
            test()
            for app in App.alive:
                app.check()
            print(f'ok {number} {name}', flush=True)
        except Exception as error:  # noqa: BLE001  whatever it was, the test failed
            bad += 1
            told = [f'{type(error).__name__}: {error}', *(app.end_of_life() for app in App.alive)]
            for line in '\n'.join(told).splitlines():
                print(f'# {line}')
            # There is one instance at most: what is left would take the next test's.
            while App.alive:
                App.alive.pop().kill()
            while Neighbour.alive:
                Neighbour.alive.pop().kill()
            print(f'not ok {number} {name}', flush=True)
    sys.exit(1 if bad else 0)
