# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the gallery share: a library with jobs in it, and how to find them in the window."""
import os
import subprocess
import time

from drive import App, Failed, Platform, attempt, run, wait

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


def in_order(app):
    """The names of the cards as they stand in the window, row by row."""
    return [card.get_name() for card in sorted(app.search(role='table cell'), key=lambda card: app.place(card)[::-1])]


def open_card(app, number=0):
    """Opens a card by its place, the newest first."""
    # The grid has to be at rest before the pointer can hit a card.
    def rest():
        cards = app.search(role='table cell')
        before = sorted((app.place(card) for card in cards), key=lambda place: place[::-1])
        time.sleep(0.2)
        return before == sorted((app.place(card) for card in cards), key=lambda place: place[::-1]) and len(before) > number and before

    def press():
        if app.search(role='table cell'):
            x, y = wait(rest, 'the grid to rest')[number]
            run('xdotool', 'mousemove', str(x), str(y), 'click', '1')
        return attempt(lambda: app.search('Back', 'button'), 'the page', 10)
    wait(press, 'the page of the card')
    # Playing takes the machine from what is looked at here.
    app.click('Pause', 'button')


def menu(app, key):
    """Opens the menu of the view and presses the letter of an item."""
    app.click('Order and View', 'toggle button')
    wait(lambda: app.search(role='menu item'), 'the menu')
    app.key(key)


def choose_folder(app, title, label, path):
    """Types a path into GTK's file dialog, as one can instead of looking for the folder."""
    def search():
        return subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', f'^{title}$'], text=True, capture_output=True).stdout.split()
    window = wait(search, 'the dialog')[-1]
    run('xdotool', 'windowactivate', '--sync', window)
    app.key('ctrl+l')
    dialog = app.find(title, where=lambda n: n.get_role_name() in ('dialog', 'file chooser', 'frame', 'window'))
    entry = app.find(role='text', where=lambda n: n.get_editable_text_iface() is not None, within=dialog)
    entry.get_editable_text_iface().set_text_contents(path)
    button = app.find(label, 'button', within=dialog)
    wait(lambda: button.get_action_iface().do_action(0) or True, 'the button')
