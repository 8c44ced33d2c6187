# SPDX-License-Identifier: GPL-3.0-or-later
"""The search of a desktop's shell, from a question on the bus to the page in the window, which the bus starts."""
import os
import select
import time

from gi.repository import Gio, GLib

from drive import App, Failed, SANITIZED, SLOWNESS, main, wait
from works import Works, same

APP = 'ai.opencomputing.Yuanjing'
PROVIDER = APP + '.SearchProvider'
BUS = Gio.bus_get_sync(Gio.BusType.SESSION)


def call(name, path, interface, method, kinds='()', *values):
    return BUS.call_sync(name, path, interface, method, GLib.Variant(kinds, values), None, Gio.DBusCallFlags.NONE,
                         60000 * SLOWNESS, None).unpack()


def bus(method, kinds='()', *values):
    return call('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', method, kinds, *values)


def shell(method, kinds, *values):
    return call(PROVIDER, '/' + PROVIDER.replace('.', '/'), 'org.gnome.Shell.SearchProvider2', method, kinds, *values)


def install(env):
    """Makes both programs startable by the bus, as installing them does."""
    folder = os.path.join(os.environ['XDG_RUNTIME_DIR'], 'dbus-1', 'services')
    os.makedirs(folder, exist_ok=True)
    for name, command in ((APP, os.environ['YUANJING_APP'] + ' --gapplication-service'), (PROVIDER, os.environ['YUANJING_SEARCH'])):
        with open(os.path.join(folder, name + '.service'), 'w') as f:
            f.write(f'[D-BUS Service]\nName={name}\nExec={command}\n')
    passed = {name: os.environ[name] for name in ('DISPLAY', 'GDK_BACKEND') if name in os.environ}
    if SANITIZED:
        # As of the app that a test starts itself: the test of the bus alone looks for leaks.
        passed['ASAN_OPTIONS'] = os.environ['ASAN_OPTIONS'] + ':detect_leaks=0:malloc_context_size=2'
    bus('UpdateActivationEnvironment', '(a{ss})', {**env, **passed})
    bus('ReloadConfig')


class Process:
    """The part of Popen that is of use for a program that somebody else has started."""
    returncode = 0

    def __init__(self, pid):
        self.pid = pid
        self.fd = os.pidfd_open(pid)

    def wait(self, timeout=None):
        if not select.select([self.fd], [], [], timeout)[0]:
            raise Failed(f'process {self.pid} does not end')

    def poll(self):
        return 0 if select.select([self.fd], [], [], 0)[0] else None

    def kill(self):
        os.kill(self.pid, 9)


class Started(App):
    """The app that the bus has started."""

    def __init__(self):
        self.log = open(os.path.join(os.environ['W'], f'app-{time.monotonic_ns()}.log'), 'w+')
        pid = wait(lambda: bus('NameHasOwner', '(s)', APP)[0] and bus('GetConnectionUnixProcessID', '(s)', APP)[0], 'the app on the bus')
        self.process = Process(pid)
        App.alive.append(self)
        self.root = wait(self._find_root, 'the app on the accessibility bus')
        self.window = wait(self._find_window, 'a window on the screen')


def fill(works):
    """Two videos and two conversations."""
    works.make('月亮门外，小船缓缓驶过湖面', 'A lamp in the rain')
    app = App(env=works.env)
    for question in ('小船怎么画？', '写一首关于雨的诗'):
        if app.search('Answer', showing=False):
            app.click('New Chat', 'button')
            wait(lambda: not app.search('Answer', showing=False), 'a new conversation')
        app.set_text('Message', question)
        app.click('Send')
        wait(lambda: app.search('Answer') and app.search('Send', role='button'), 'the answer')
    app.close()


def entry(app, name):
    return app.text(app.find(name, where=lambda n: n.get_editable_text_iface() is not None))


def test_from_the_shell_to_the_window():
    with Works(speed='50') as works:
        fill(works)
        install(works.env)
        same('the app', bus('NameHasOwner', '(s)', APP), (False,))

        # Found without the app, and shown with the poster.
        results, = shell('GetInitialResultSet', '(as)', ['小船'])
        same('kinds', sorted(name.partition(':')[0] for name in results), ['conversation', 'job'])
        job, = (name for name in results if name.startswith('job:'))
        chat, = (name for name in results if name.startswith('conversation:'))
        (meta,), = shell('GetResultMetas', '(as)', [job])
        same('name', meta['name'], '月亮门外，小船缓缓驶过湖面')
        kind, uri = meta['icon']
        same('icon', kind, 'file')
        if not os.path.getsize(GLib.filename_from_uri(uri)[0]):
            raise Failed(f'no poster: {uri}')
        same('the app', bus('NameHasOwner', '(s)', APP), (False,))

        # A video: the bus starts the app, which goes to its page.
        shell('ActivateResult', '(sasu)', job, ['小船'], 0)
        app = Started()
        app.find('Back', 'button')
        app.wait_text('月亮门外，小船缓缓驶过湖面')

        # A conversation: in the same window, at the words.
        shell('ActivateResult', '(sasu)', chat, ['小船'], 0)
        same('found', entry(app, 'Find in Conversation'), '小船')
        app.find('Question', where=lambda n: '小船怎么画？' in '\n'.join(app.text(m) for m in app.walk(n)))

        # All of it: where more of it lies.
        shell('LaunchSearch', '(asu)', ['lamp'], 0)
        same('searched', entry(app, 'Search Gallery'), 'lamp')
        wait(lambda: [card.get_name()[:18] for card in app.search(role='table cell')] == ['A lamp in the rain'], 'one video')
        shell('LaunchSearch', '(asu)', ['诗'], 0)
        same('searched', entry(app, 'Search Conversations'), '诗')
        wait(lambda: [n.get_name() for n in app.search(role='list item') if n.get_name()] == ['写一首关于雨的诗'], 'one conversation')

        # What is gone leaves the window where it is.
        shell('ActivateResult', '(sasu)', 'job:none', ['诗'], 0)
        shell('ActivateResult', '(sasu)', 'conversation:1', ['诗'], 0)
        same('searched', entry(app, 'Search Conversations'), '诗')
        app.close()
        wait(lambda: bus('NameHasOwner', '(s)', APP) == (False,), 'the app to leave the bus')


main([test_from_the_shell_to_the_window])
