# SPDX-License-Identifier: GPL-3.0-or-later
"""Real programs beside the window: a file manager (Nautilus) and a browser (Chromium), at the left of the screen."""
import http.server
import os
import shutil
import subprocess
import threading

from drive import App, run, wait

# A program of others may complain of what it likes.
QUIET = {'G_DEBUG': '', 'GIO_USE_VFS': 'local', 'GTK_A11Y': 'atspi'}


class Files(App):
    """Nautilus with one folder."""

    def __init__(self, folder, width=600):
        self.folder = folder
        super().__init__('--new-window', folder, env=QUIET, name='org.gnome.Nautilus')
        run('xdotool', 'windowmove', self.window, '0', '0')
        self.resize(width, 700)

    def command(self):
        return ['nautilus']

    def item(self, name):
        return self.find(name, role='table cell')


class Browser:
    """Chromium with a page of a server of ours, which @handler is."""

    def __init__(self, handler, width=500, height=600):
        server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.process = subprocess.Popen(
            ['chromium', '--no-sandbox', '--no-first-run', '--disable-gpu', '--disable-background-networking', '--test-type',
             '--password-store=basic', f'--user-data-dir={os.environ["W"]}/chromium', '--window-position=0,0',
             f'--window-size={width},{height}', f'--app=http://127.0.0.1:{server.server_address[1]}/'],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ, **QUIET))
        self.window = wait(self._find, 'the browser')
        run('xdotool', 'windowmove', self.window, '0', '0')

    def _find(self):
        out = subprocess.run(['xdotool', 'search', '--onlyvisible', '--class', 'chromium'], text=True, capture_output=True).stdout.split()
        return out[-1] if out else None

    def wait_color(self, x, y, color):
        """Until the page is painted there: @color is "R G B"."""
        look = os.path.join(os.environ['W'], 'look.png')

        def is_painted():
            run('import', '-window', 'root', '-crop', f'9x9+{x - 4}+{y - 4}', look)
            return run('convert', look, '-scale', '1x1', '-format', '%[fx:round(255*u.r)] %[fx:round(255*u.g)] %[fx:round(255*u.b)]', 'info:') == color
        wait(is_painted, 'the page to be painted')

    def close(self):
        self.process.terminate()
        self.process.wait()


def with_programs(**tests):
    """Of lists of tests, by the program that they need, those for which it is here."""
    found = []
    for program, its in tests.items():
        if shutil.which(program):
            found += its
        else:
            print(f'# {program} is not here (`./dev test` brings it along where there is a development root): not tested')
    return found
