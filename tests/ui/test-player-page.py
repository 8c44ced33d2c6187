# SPDX-License-Identifier: GPL-3.0-or-later
"""The player page: parts played over and over, speeds, frame numbers, pictures along the bar, media keys."""
import importlib
import os
import re
import sqlite3
import subprocess
import sys
import time

from gi.repository import Gio, GLib

from drive import Failed, main, run, screenshot, wait

gallery = importlib.import_module('test-gallery')
PICTURE, PROMPT, Works, card, near, open_card, position, same = (
    getattr(gallery, n) for n in ('PICTURE', 'PROMPT', 'Works', 'card', 'near', 'open_card', 'position', 'same'))
MPRIS = 'org.mpris.MediaPlayer2.ai.opencomputing.Yuanjing'
PLAYER = 'org.mpris.MediaPlayer2.Player'


def shot(name):
    """A picture for people, where they ask for it."""
    if os.environ.get('SHOTS'):
        screenshot(os.path.join(os.environ['SHOTS'], name + '.png'))


def opened():
    platform = Works()
    platform.make('--picture', PICTURE, PROMPT)
    app = platform.open()
    open_card(app, PROMPT)
    app.find('Pause', 'button')
    return platform, app


def paused(app):
    app.focus()
    app.key('space')
    app.find('Play', 'button')


def test_marks():
    platform, app = opened()
    paused(app)
    app.key('Home')
    near('Home', app, 0)
    app.key('Right')
    near('a second on', app, 1)
    app.key('i')
    app.key('period', 'period', 'period', 'period', 'period')
    near('five frames on', app, 1.2)
    app.key('o')
    shot('marks')
    app.key('Home')
    app.key('space')
    # From outside it comes to the part, and stays there.
    wait(lambda: 0.99 <= position(app) <= 1.26, 'the part to play')
    for _ in range(20):
        if not 0.95 <= position(app) <= 1.3:
            raise Failed(f'it plays at {position(app)}, outside of the part')
        time.sleep(0.05)
    app.key('x')
    wait(lambda: position(app) > 1.5, 'all of it to play again')
    app.end()
    platform.close()


def test_numbers_and_speed():
    platform, app = opened()
    paused(app)
    app.key('bracketright', 'bracketright')
    app.find('1.5×')
    app.key('equal')
    app.find('1×')
    app.key('bracketleft')
    app.find('0.75×')
    app.key('Home')
    near('Home', app, 0)
    app.click(re.compile(r'0:00.00 / ').match, 'button')
    app.find(re.compile(r'Frame 0 / \d+').match)
    app.key('period')
    app.find(re.compile(r'Frame 1 / \d+').match)
    shot('numbers')
    app.end()
    platform.close()


def test_preview():
    platform, app = opened()
    paused(app)
    slider = app.find('Seek', 'slider')
    x, y = app.rest(slider)
    run('xdotool', 'mousemove', str(x - 60), str(y), 'mousemove', str(x - 50), str(y))
    app.find('Preview', 'image')
    shot('preview')
    run('xdotool', 'mousemove', str(x), str(y - 300))
    wait(lambda: not app.search('Preview', 'image'), 'the preview to go')
    app.end()
    platform.close()


def test_full_screen():
    platform, app = opened()
    paused(app)
    app.key('Home')
    near('Home', app, 0)
    app.key('f')
    wait(lambda: not app.search('Remix'), 'full screen without the recipe')
    wait(lambda: not app.search('Leave Full Screen') and not app.search('More'), 'controls and bar to go')
    shot('full-screen')
    app.key('period', 'period')
    run('xdotool', 'mousemove_relative', '--', '30', '30')
    app.find('Leave Full Screen', 'button')
    app.find('More')
    near('two frames on', app, 0.08)
    shot('full-screen-controls')
    wait(lambda: not app.search('Leave Full Screen'), 'the controls to go again')
    app.key('Tab')
    app.find('Leave Full Screen', 'button')
    app.key('Escape')
    app.find('Remix')
    x, y = app.rest(app.find('Video', 'image'))
    run('xdotool', 'mousemove', str(x), str(y), 'click', '--repeat', '2', '--delay', '60', '1')
    wait(lambda: not app.search('Remix'), 'full screen by two clicks')
    app.key('F11')
    app.find('Remix')
    app.find('Play', 'button')
    near('still there', app, 0.08)
    # From a narrow window, which so gets another layout: neither the controls keep the focus nor the bar.
    app.resize(360, 640)
    app.rest(app.find('Play', 'button'))
    app.key('space')
    app.find('Pause', 'button')
    app.key('f')
    wait(lambda: not app.search('Leave Full Screen') and not app.search('More'), 'controls and bar to go')
    app.end()
    platform.close()


def test_never_black():
    """A white video, looked at sixty times a second where it will be, from its card to its first pictures."""
    platform = Works()
    platform.make(PROMPT)
    video = os.path.join(platform.folder, 'videos', platform.videos()[0])
    run(*f'gst-launch-1.0 -q -e videotestsrc num-buffers=72 pattern=white ! video/x-raw,width=1280,height=720,framerate=24/1 '
        f'! x264enc ! queue ! h264parse ! mp4mux ! filesink location={video}'.split())
    with sqlite3.connect(os.path.join(platform.folder, 'library.db')) as database:
        database.execute('UPDATE jobs SET cover = NULL')
    app = platform.open()
    node = card(app, PROMPT)
    app.focus()
    x, y = app.rest(node)
    wait(lambda: subprocess.run(['import', '-window', 'root', '-crop', f'1x1+{x}+{y - 20}', '-depth', '8', 'gray:-'],
                                capture_output=True, check=True).stdout >= b'\xfa', 'the still on the card')
    looks, width, height = os.path.join(os.environ['W'], 'looks'), 200, 40
    # below the card
    recorder = subprocess.Popen(f'gst-launch-1.0 -q ximagesrc use-damage=0 show-pointer=false startx=300 starty=400 endx={299 + width} '
                                f'endy={399 + height} ! video/x-raw,framerate=60/1 ! videoconvert ! video/x-raw,format=GRAY8 '
                                f'! filesink buffer-mode=unbuffered location={looks}'.split())

    def brightness():
        with open(looks, 'rb') as file:
            data = file.read()
        return [sum(data[n:n + width * height:97]) * 97 // (width * height) for n in range(0, len(data) - width * height + 1, width * height)]
    wait(lambda: os.path.exists(looks) and len(brightness()) > 5, 'the recorder')
    run('xdotool', 'mousemove', str(x), str(y), 'click', '1')
    wait(lambda: position(app) > 0.3, 'the video to play')
    recorder.terminate()
    recorder.wait()
    seen = brightness()
    shot('white')
    if min(seen) < 200 or seen[-1] < 250:
        raise Failed(f'it was as dark as {min(seen)} on the way, and {seen[-1]} in the end')
    app.end()
    platform.close()


def test_file_away():
    platform = Works()
    platform.make(PROMPT)
    os.remove(os.path.join(platform.folder, 'videos', platform.videos()[0]))
    app = platform.open()
    open_card(app, PROMPT)
    words = app.find('The file is not there any more.', 'label')
    button = app.find('Download Again', 'button')
    middle, words_middle = app.rest(button)[0], app.rest(words)[0]
    if abs(middle - words_middle) > 2:
        raise Failed(f'the button stands at {middle}, the words above it at {words_middle}')
    shot('file-away')
    app.click('Download Again', 'button')
    app.find('Pause', 'button')
    app.end()
    platform.close()


def test_media_keys():
    platform, app = opened()
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)

    def call(interface, method, arguments=None):
        return bus.call_sync(MPRIS, '/org/mpris/MediaPlayer2', interface, method, arguments, None, 0, 5000, None)

    def get(name):
        return call('org.freedesktop.DBus.Properties', 'Get', GLib.Variant('(ss)', (PLAYER, name))).unpack()[0]

    def owned():
        return bus.call_sync('org.freedesktop.DBus', '/', 'org.freedesktop.DBus', 'NameHasOwner', GLib.Variant('(s)', (MPRIS,)),
                             None, 0, 5000, None).unpack()[0]

    wait(owned, 'the name on the bus')
    same('title', get('Metadata')['xesam:title'], PROMPT)
    # known once the file is open, and the name may be there before
    same('length', wait(lambda: get('Metadata').get('mpris:length'), 'the length') // 1000000, 5)
    call(PLAYER, 'Pause')
    app.find('Play', 'button')
    same('status', get('PlaybackStatus'), 'Paused')
    call(PLAYER, 'SetPosition', GLib.Variant('(ox)', (get('Metadata')['mpris:trackid'], 2000000)))
    near('the place that was set', app, 2)
    call(PLAYER, 'Seek', GLib.Variant('(x)', (1000000,)))
    near('a second on', app, 3)
    same('position', get('Position') // 100000, 30)
    call(PLAYER, 'PlayPause')
    app.find('Pause', 'button')
    same('status', get('PlaybackStatus'), 'Playing')
    app.key('Escape')
    wait(lambda: not owned(), 'the name to go with the page')
    app.end()
    platform.close()


if __name__ == '__main__':
    chosen = sys.argv[1:]
    main([test for name, test in list(globals().items())
          if name.startswith('test_') and (not chosen or name.removeprefix('test_').replace('_', '-') in chosen)])
