# SPDX-License-Identifier: GPL-3.0-or-later
"""test-flatpak.py APP-ID DIR: the installed Flatpak in its own sandbox, without any permission for files: the tour with
a drop through the document portal, the key through the Secret portal, what a shell's search gets, and what goes on to
other programs: notifications, files that are shown and opened. Prints TAP."""
import os
import re
import subprocess
import sys
import urllib.parse

from gi.repository import Gio, GLib

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'ui'))
import desktop  # noqa: E402
import drive    # noqa: E402
import tour     # noqa: E402

APP_ID, OUT = sys.argv[1:3]
HOME = os.environ['HOME']
KEY = 'sk-flatpak-test-0123456789'


def in_sandbox(command, *args, **kwargs):
    return subprocess.run(['flatpak', 'run', '--user', f'--command={command}', APP_ID, *args],
                          text=True, capture_output=True, timeout=120, **kwargs)


class FlatpakApp(drive.App):
    def command(self):
        passed = [f'--env={name}={os.environ[name]}' for name in
                  ('GSK_RENDERER', 'GDK_BACKEND', 'GSETTINGS_BACKEND', 'GST_PLUGIN_FEATURE_RANK', 'LANG') if name in os.environ]
        return ['flatpak', 'run', '--user', *passed, APP_ID]

    # Seen from outside the process ids are others: go by name and title.
    def _find_root(self):
        if self.process.poll() is not None:
            raise drive.Failed(f'the app ended with status {self.process.returncode}:\n{self.output()}')
        desktop = drive.Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child and child.get_name() == 'yuanjing' and child.get_child_count():
                return child
        return None

    def _find_window(self):
        out = subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', f'^({self.title})$'],
                             text=True, capture_output=True).stdout.split()
        return out[-1] if out else None


def test_no_file_of_the_home_is_seen():
    with open(os.path.join(HOME, 'private.txt'), 'w') as f:
        f.write('private')
    got = in_sandbox('cat', os.path.join(HOME, 'private.txt'))
    assert got.returncode != 0, 'the sandbox reads the home folder'


def test_key_through_the_secret_portal():
    got = in_sandbox('yuanjing-cli', 'key', 'set', input=KEY + '\n')
    assert got.returncode == 0, got.stderr
    got = in_sandbox('yuanjing-cli', 'key', 'status')
    assert got.returncode == 0, got.stdout + got.stderr
    assert KEY not in got.stdout + got.stderr, 'the key is printed'
    outside = subprocess.run(['secret-tool', 'search', '--all', 'xdg:schema', APP_ID], text=True, capture_output=True)
    assert KEY not in outside.stdout, 'the key lies in the keyring of the whole desktop'
    for folder, _, files in os.walk(os.path.join(HOME, '.var')):
        for name in files:
            with open(os.path.join(folder, name), 'rb') as f:
                assert KEY.encode() not in f.read(), f'the key lies in clear in {name}'
    got = in_sandbox('yuanjing-cli', 'key', 'clear')
    assert got.returncode == 0, got.stderr


def exported(name):
    """What the desktop gets of a file of the app's."""
    location = subprocess.run(['flatpak', 'info', '--user', '--show-location', APP_ID], text=True, capture_output=True).stdout.strip()
    with open(os.path.join(location, 'export', 'share', name)) as f:
        return f.read()


def test_search_of_the_shell():
    """Names that do not begin with the app's would not be let out, nor owned on the bus."""
    name = APP_ID + '.SearchProvider'
    assert f'BusName={name}\n' in exported(f'gnome-shell/search-providers/{name}.ini')
    assert '--gapplication-service' in exported(f'dbus-1/services/{APP_ID}.service')
    command, = (line for line in exported(f'dbus-1/services/{name}.service').splitlines() if line.startswith('Exec='))
    program = re.search(r'--command=(\S+)', command)[1]

    got = in_sandbox('yuanjing-cli', '--sandbox', 'create', '--mode', 't2v', '-m', 'happyhorse-1.0-t2v', '-p', '小船驶过湖面')
    assert got.returncode == 0, got.stdout + got.stderr
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)

    def call(method, terms):
        return bus.call_sync(name, '/' + name.replace('.', '/'), 'org.gnome.Shell.SearchProvider2', method,
                             GLib.Variant('(as)', (terms,)), None, Gio.DBusCallFlags.NO_AUTO_START, 60000, None).unpack()[0]
    provider = subprocess.Popen(['flatpak', 'run', '--user', f'--command={program}', APP_ID])
    results = drive.wait(lambda: call('GetInitialResultSet', ['小船']), 'an answer')
    meta, = call('GetResultMetas', results)
    # The shell stands outside: a path of the sandbox's own would be no picture to it.
    path = GLib.filename_from_uri(meta['icon'][1])[0]
    assert os.path.getsize(path) > 0, path
    assert provider.wait(60) == 0


def shown(around):
    """The one file that the file manager is asked to show, by the path that it has outside."""
    uris, _ = around.expect('ShowItems')
    path, = (urllib.parse.unquote(uri.removeprefix('file://')) for uri in uris)
    assert path.endswith('.mp4') and os.path.getsize(path) > 0, path
    return path


def test_other_programs():
    """They get the path that the file has outside, where they can read it."""
    prompt, opened = 'A boat at dusk', os.path.join(os.environ['W'], 'opened')
    with desktop.Desktop('real') as around:
        app = FlatpakApp('--sandbox')
        elsewhere = drive.DragSource(tour.PICTURE)
        app.click('Create', 'page tab')
        app.click('Text to Video')
        app.set_text('Prompt', prompt)
        app.click('Generate', 'button')
        elsewhere.focus()
        title, body, actions, hints = around.expect('Notify')[3:7]
        assert (title, body, actions[1::2]) == ('Your video is ready', prompt, ['', 'Play', 'Extend', 'Show in Files']), (title, body, actions)
        assert hints['image-data'][:2] == [288, 288], 'no poster'
        elsewhere.close()
        around.click(1, actions[-2])
        video = shown(around)

        app.focus()
        app.click('Gallery', 'page tab')

        def choose(letter):
            card = app.find(lambda n: n.startswith(prompt), 'table cell')
            drive.run('xdotool', 'mousemove', *map(str, app.rest(card)), 'click', '3')
            drive.wait(lambda: app.search(role='menu item'), 'the menu')
            app.key(letter)
        choose('f')
        assert shown(around) == video
        choose('i')

        def answer():
            """To the desktop's question with which: Return, as soon as it has the keyboard."""
            if subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', '^Open With…$'], capture_output=True).stdout:
                app.key('Return')
            return drive.attempt(lambda: os.path.exists(opened), 'the other app to open')
        drive.wait(answer, 'the other app to open')
        with open(opened) as given:
            assert os.path.samefile(given.read().rstrip('\n'), video)
        app.end()


def test_tour_in_the_sandbox():
    os.makedirs(OUT, exist_ok=True)
    data = os.path.join(HOME, '.var', 'app', APP_ID, 'data', 'yuanjing')
    tour.take(FlatpakApp('--sandbox'), OUT, data)


drive.main([test_no_file_of_the_home_is_seen, test_key_through_the_secret_portal, test_search_of_the_shell, test_other_programs,
            test_tour_in_the_sandbox])
