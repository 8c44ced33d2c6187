# SPDX-License-Identifier: GPL-3.0-or-later
"""test-flatpak.py APP-ID DIR: the installed Flatpak in its own sandbox, without any permission for files: the tour with
a drop through the document portal, the key through the Secret portal, and what a shell's search gets. Prints TAP."""
import os
import re
import subprocess
import sys

from gi.repository import Gio, GLib

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'ui'))
import drive  # noqa: E402
import tour   # noqa: E402

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


def test_tour_in_the_sandbox():
    os.makedirs(OUT, exist_ok=True)
    data = os.path.join(HOME, '.var', 'app', APP_ID, 'data', 'yuanjing')
    tour.take(FlatpakApp('--sandbox'), OUT, data)


drive.main([test_no_file_of_the_home_is_seen, test_key_through_the_secret_portal, test_search_of_the_shell, test_tour_in_the_sandbox])
