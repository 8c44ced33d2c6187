# SPDX-License-Identifier: GPL-3.0-or-later
"""What a video was made of and is used in, and what can be made of it."""
import os
import sqlite3
import sys
import time
import urllib.parse

import works
from drive import main, run, screenshot, wait
from works import PROMPT, open_card, same


class Works(works.Works):
    def rows(self):
        with sqlite3.connect(os.path.join(self.folder, 'library.db')) as database:
            return database.execute('SELECT uuid, parents, state, file FROM jobs ORDER BY id').fetchall()


def duration(platform, row):
    """Of a video, in tenths of a second, as GStreamer reads it."""
    path = os.path.join(platform.folder, 'videos', row[3])
    with sqlite3.connect(os.path.join(platform.folder, 'library.db')) as database:
        ns, = database.execute('SELECT duration FROM jobs WHERE uuid = ?', (row[0],)).fetchone()
    same('a file', os.path.getsize(path) > 1000, True)
    return round(ns / 1e8)


def shot(name):
    if 'SHOTS' in os.environ:
        screenshot(os.path.join(os.environ['SHOTS'], name + '.png'))


def extend(app, platform):
    """Orders what goes on from the video that is open, and waits for it."""
    n = len(platform.rows())
    app.click('Extend', role='button')
    app.find('Generate', 'button')
    app.wait_text('1280 × 720')
    app.click('Generate', role='button')
    wait(lambda: len(platform.rows()) > n and platform.rows()[-1][2] == 'ready', 'the next video')


def test_chain():
    platform = Works()
    platform.make(PROMPT)
    app = platform.open()
    open_card(app)
    extend(app, platform)
    first, second = platform.rows()
    same('parents', second[1], f'extend {first[0]}')
    app.click('Gallery', 'page tab')
    open_card(app)
    app.find(lambda n: n.startswith('Goes on from'), 'button')
    for text in ('H.264', 'stereo', 'SHA-256', 'Copy Task Id', 'Accepted', 'Downloaded from'):
        app.wait_text(text)
    shot('child')
    # One film of both.
    app.click('Join Chain…')
    app.wait_text('nothing is encoded again')
    app.wait_text('difference')
    shot('join')
    app.click('Compare', role='button')
    app.find('Last Frame to Next First Frame', 'slider')
    shot('seam')
    app.focus()
    app.key('Escape')
    app.click('Join', role='button')
    wait(lambda: len(platform.rows()) == 3, 'the film')
    film = platform.rows()[2]
    same('film', film[1:3], (f'join {first[0]}\njoin {second[0]}', 'ready'))
    same('length', duration(platform, film), duration(platform, first) + duration(platform, second))
    # Back to the first, and from there on again.
    app.click(lambda n: n.startswith('Goes on from'), 'button')
    app.find(lambda n: n.startswith('Goes on in'), 'button')
    app.find(lambda n: n.startswith('Film'), 'button')
    app.end()
    platform.close()


def menu(app, name):
    """Presses an item of the page's menu; GTK gives menu items no names here, so the keyboard chooses by its mnemonic."""
    app.click('More', role='toggle button')
    time.sleep(0.3)
    app.focus()
    app.key(name)


def test_reuse():
    platform = Works()
    platform.make(PROMPT)
    app = platform.open()
    open_card(app)
    app.focus()
    app.key('End')
    menu(app, 'v')
    app.wait_text('Video copied')
    file = os.path.join(platform.folder, 'videos', platform.rows()[0][3])
    uris = run('xclip', '-o', '-selection', 'clipboard', '-t', 'text/uri-list').split()
    copied = [urllib.parse.unquote(uri.removeprefix('file://')) for uri in uris]
    same('copied', [os.path.basename(path) for path in copied], [f'{PROMPT}.mp4'])
    same('the same file', os.path.samefile(copied[0], file), True)
    menu(app, 'u')
    app.find('Reference Videos')
    app.find('Generate', 'button')
    shot('clip')
    app.end()
    with sqlite3.connect(os.path.join(platform.folder, 'library.db')) as database:
        recipes = [row[0] for row in database.execute('SELECT recipe FROM drafts')]
    same('drafts with the clip', sum(f'clip {platform.rows()[0][0]}' in recipe for recipe in recipes), 1)
    platform.close()


def test_name_of_clip():
    """A video that is pasted, or dragged, from the gallery is called by its prompt, and not by the name that its file has."""
    platform = Works()
    platform.make(PROMPT)
    app = platform.open()
    open_card(app)
    app.focus()
    menu(app, 'v')
    app.wait_text('Video copied')
    app.key('Escape')
    app.click('Create', 'page tab')
    app.click('References to Video')
    app.click('Paste')
    tile = app.find(lambda n: n.startswith(f'{PROMPT}.mp4'), role='grouping')
    shot('name-of-clip')
    app.focus()
    app.find('Remove “%s.mp4”' % PROMPT, 'button', within=tile)
    assert not app.search(lambda n: platform.rows()[0][3] in n), 'the name of the file is shown'
    app.end()
    with sqlite3.connect(os.path.join(platform.folder, 'library.db')) as database:
        recipes = [row[0] for row in database.execute('SELECT recipe FROM drafts')]
    same('drafts with that name', sum(f'{PROMPT}.mp4' in recipe for recipe in recipes), 1)
    platform.close()


if __name__ == '__main__':
    chosen = sys.argv[1:]
    main([test for name, test in list(globals().items())
          if name.startswith('test_') and (not chosen or name.removeprefix('test_').replace('_', '-') in chosen)])
