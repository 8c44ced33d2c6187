# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the window meets the desktop: notifications, the file dialog, what is dragged out to other programs."""
import filecmp
import os
import subprocess
import sys
import time
import urllib.parse

from desktop import Desktop
from drive import App, Atspi, DropTarget, Failed, Platform, main, run, wait

PICTURE = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'data', 'samples', 'moon-lake.jpg')
PROMPT = 'The boat passes slowly'


class Works(Platform):
    """A platform with a library of one video made by it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        done = subprocess.run([os.environ['YUANJING_MAKE_JOBS'], '--picture', PICTURE, PROMPT], env={**os.environ, **self.env},
                              text=True, capture_output=True)
        same('made', done.stdout.split(), ['ready', *PROMPT.split()])
        folder = os.path.join(self.folder, 'videos')
        self.video, = (os.path.join(folder, n) for n in os.listdir(folder) if n.endswith('.mp4'))

    def open(self):
        """The app beside the upper left corner, where the other windows of these tests are."""
        app = App(env=self.env)
        app.resize(1000, 720)
        run('xdotool', 'windowmove', app.window, '260', '0')
        app.click('Gallery', 'page tab')
        return app

    def at_rest(self, app):
        """Where the card lies on the screen."""
        def rest():
            def look():
                return app.place(app.find(lambda n: n.startswith(PROMPT), 'table cell'))
            before = look()
            time.sleep(0.2)
            return before == look() and before
        return wait(rest, 'the grid to rest')

    def open_card(self, app):
        x, y = self.at_rest(app)
        run('xdotool', 'mousemove', str(x), str(y), 'click', '1')
        app.find('Back', 'button')


def same(what, got, expected):
    if got != expected:
        raise Failed(f'{what}: {got!r} instead of {expected!r}')


def content(path):
    """What is in a file by now: it is there before its content is."""
    try:
        with open(path, 'rb') as file:
            return file.read()
    except FileNotFoundError:
        return b''


def is_active(app):
    # while the focus goes from one window to another none has it, and xdotool fails
    return subprocess.run(['xdotool', 'getactivewindow'], text=True, capture_output=True, check=False).stdout.strip() == app.window


# ---- notifications

def order(app, prompt):
    """A new video by the way of a person."""
    app.click('Create', 'page tab')
    app.click('Text to Video')
    app.set_text('Prompt', prompt)
    app.click('Generate', 'button')
    app.find(lambda n: prompt in n and 'Ready' not in n)


def test_notification():
    with Desktop() as desktop, Platform(speed='1') as platform:
        app = App(env=platform.env)
        # In front, the window itself says it.
        app.focus()
        order(app, 'A boat in front')
        app.wait_text('Ready · 0:05', 60)

        elsewhere = DropTarget()
        for number, label in enumerate(('Show in Files', 'Extend'), 1):
            elsewhere.focus()
            order(app, f'A boat behind {number}')
            name, replaces, icon, title, body, actions, hints, timeout = desktop.expect('Notify')
            same('title', title, 'Your video is ready')
            same('body', body, f'A boat behind {number}')
            if not os.path.getsize(hints['image-path'].removeprefix('file://')):
                raise Failed(f'no poster: {hints}')
            same('actions', actions[1::2], ['', 'Play', 'Extend', 'Show in Files'])
            same('in front', is_active(app), False)
            desktop.click(number, actions[::2][actions[1::2].index(label)])
        same('others', [call for call in desktop.calls if call[0] == 'Notify'], [])

        uris, _ = desktop.expect('ShowItems')
        same('shown', os.path.dirname(urllib.parse.unquote(uris[0].removeprefix('file://'))),
             os.path.realpath(os.path.join(platform.folder, 'videos')))
        wait(lambda: is_active(app), 'the window to come to the front')
        app.wait_text('A boat behind 2')
        app.find('First Frame')
        app.wait_text('1280 × 720')

        # What ends while nobody looks is one notification, however it ends.
        elsewhere.focus()
        order(app, 'Two boats')
        order(app, 'Three boats')
        name, replaces, icon, title, body, actions, *_ = desktop.expect('Notify')
        if title == 'Your video is ready':
            number = 3
            got = desktop.expect('Notify')
            same('replaced', got[1], number)
            title, body, actions = got[3:6]
        same('title', title, '2 videos are ready')
        same('body', sorted(body.split('\n')), ['Three boats', 'Two boats'])
        same('actions', actions, ['default', ''])
        desktop.click(3, 'default')
        wait(lambda: is_active(app), 'the window to come to the front')
        app.find('Search Gallery')
        elsewhere.close()
        app.close()


def test_notification_of_a_failure():
    with Desktop() as desktop, Platform('--fault', 'submit:job-fails=The picture shows a face@1', speed='1') as platform:
        app = App(env=platform.env)
        elsewhere = DropTarget()
        order(app, 'A boat')
        elsewhere.focus()
        title, body, actions = desktop.expect('Notify')[3:6]
        same('title', title, 'A video could not be made')
        same('body', body, 'A boat')
        same('actions', actions, ['default', ''])
        elsewhere.close()
        app.close()


# ---- without a window

def switch_on(app):
    app.focus()
    app.key('ctrl+comma')
    app.click('Keep Running in the Background', 'check box')


def close_window(app):
    app.focus()
    app.key('alt+F4')
    wait(lambda: not app._find_window(), 'the window to go')
    same('the app', app.process.poll(), None)


def test_background():
    with Desktop('gnome') as desktop, Platform(speed='1') as platform:
        app = App(env={**platform.env, 'GTK_USE_PORTAL': '1'})
        switch_on(app)
        parent, options = desktop.expect('RequestBackground')
        same('autostart', options['autostart'], False)
        app.key('Escape')
        order(app, 'A boat')
        close_window(app)
        same('status', desktop.expect('SetStatus'), [{'message': 'Making 1 video'}])
        name, number, notice = desktop.expect('AddNotification')
        same('notice', (notice['title'], notice['body'], notice['default-action']), ('Your video is ready', 'A boat', 'app.show-job'))
        # As the portal wants it: the picture itself, square and small.
        kind, data = notice['icon']
        with open(os.path.join(os.environ['W'], 'icon'), 'wb') as file:
            file.write(bytes(data))
        same('icon', (kind, run('identify', '-format', '%m %w %h', file.name)), ('bytes', 'PNG 288 288'))
        same('exit status', app.process.wait(60), 0)
        app.close()


def test_background_and_back():
    with Desktop() as desktop, Platform(speed='0.1') as platform:
        app = App(env=platform.env)
        switch_on(app)
        app.key('Escape')
        order(app, 'A boat')
        close_window(app)
        again = subprocess.run([os.environ['YUANJING_APP']], env={**os.environ, **platform.env}, timeout=60)
        same('exit status of the second', again.returncode, 0)
        app.window = wait(app._find_window, 'the window to come back')
        app.wait_text('A boat')
        # Who quits means it.
        app.focus()
        app.key('ctrl+q')
        same('exit status', app.process.wait(60), 0)
        same('asked of a portal', [call for call in desktop.calls if call[0] == 'RequestBackground'], [])
        app.close()


def test_background_refused():
    with Desktop('refuse'), Platform() as platform:
        app = App(env={**platform.env, 'GTK_USE_PORTAL': '1'})
        switch_on(app)
        app.wait_text('The desktop does not let Yuanjing run in the background')
        row = app.find('Keep Running in the Background', 'check box')
        same('switch', row.get_state_set().contains(Atspi.StateType.CHECKED), False)
        app.close()


# ---- the end

def test_closing_while_sending():
    with Platform('--fault', 'submit:latency=600000', speed='1') as platform:
        app = App(env=platform.env)
        order(app, 'A boat')
        app.focus()
        app.key('ctrl+q')
        app.click('Keep Open', 'button')
        wait(lambda: not app.search('Keep Open', 'button'), 'the question to go')
        same('the app', app.process.poll(), None)
        app.key('ctrl+q')
        app.click('Close Anyway', 'button')
        wait(lambda: app.process.poll() is not None, 'the app to end')
        app.close()
        # What is said is true: it is asked about, and not sent again.
        app = App(env=platform.env)
        app.click('Create', 'page tab')
        app.wait_text('Unconfirmed: it may have been charged')
        app.close()


# ---- the file dialog

def save_in_dialog(app, title, path):
    """Types a path into GTK's file dialog, as one can instead of looking for the folder."""
    dialog = app.find(title, where=lambda n: n.get_role_name() in ('dialog', 'file chooser', 'frame', 'window'))
    entry = app.find(role='text', where=lambda n: n.get_editable_text_iface() is not None, within=dialog)
    suggested = app.text(entry)
    entry.get_editable_text_iface().set_text_contents(path)
    button = app.find('Save', 'button', within=dialog)
    wait(lambda: button.get_action_iface().do_action(0) or True, 'Save')
    wait(lambda: not subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', f'^{title}$'], capture_output=True).stdout,
         'the dialog to go')
    return suggested


def test_save_as():
    with Works() as platform:
        target = os.path.join(os.environ['W'], '另存 一个.mp4')
        app = platform.open()
        platform.open_card(app)
        app.click('Save As', 'button')
        same('suggested', save_in_dialog(app, 'Save Video', target), 'The boat passes slowly.mp4')
        wait(lambda: os.path.exists(target) and filecmp.cmp(target, platform.video, shallow=False), 'the same video')
        app.close()


def first_frame_of(video, name):
    """By other means than ours."""
    path = os.path.join(os.environ['W'], name)
    run('gst-launch-1.0', '-q', 'filesrc', f'location={video}', '!', 'decodebin', '!', 'videoconvert', '!', 'pngenc', 'snapshot=true',
        '!', 'filesink', f'location={path}', env={k: v for k, v in os.environ.items() if k != 'G_DEBUG'})
    return path


def difference(one, other):
    """How far two pictures are apart, from 0 to 1."""
    done = subprocess.run(['compare', '-metric', 'RMSE', one, other, 'null:'], text=True, capture_output=True)
    return float(done.stderr.split('(')[1].split(')')[0])


def test_save_frame():
    with Works() as platform:
        app = platform.open()
        platform.open_card(app)
        app.click('Pause', 'button')
        app.find('Play', 'button')
        saved = []
        for key in ('Home', 'End'):
            app.focus()
            app.key(key)
            app.find(lambda n: n.startswith('0:00.00 /' if key == 'Home' else ('0:04.9', '0:05.00')), 'label')
            app.search('More', 'toggle button')[0].get_action_iface().do_action(0)
            wait(lambda: app.search(role='menu item'), 'the menu')
            app.key('m')
            path = os.path.join(os.environ['W'], f'{key}.png')
            same('suggested', save_in_dialog(app, 'Save Frame', path), 'The boat passes slowly.png')
            wait(lambda: content(path)[-8:-4] == b'IEND', 'the whole frame')
            same('size', run('identify', '-format', '%w×%h %m', path), '1280×720 PNG')
            saved.append(path)
        first = first_frame_of(platform.video, 'first.png')
        if difference(saved[0], first) > 0.02:
            raise Failed(f'not the first frame: {difference(saved[0], first)}')
        if difference(saved[1], first) < 0.02:
            raise Failed('the last frame is the first')
        app.close()


# ---- by the menu of a card

def test_card_menu():
    # Another app that opens videos, and says which.
    home, opened = os.environ['HOME'], os.path.join(os.environ['W'], 'opened')
    viewer = os.path.join(os.environ['W'], 'viewer')
    with open(viewer, 'w') as script:
        script.write(f'#!/bin/sh\necho "$1" > {opened}.part; mv {opened}.part {opened}\n')
    os.chmod(viewer, 0o755)
    for path, text in (('.local/share/applications/viewer.desktop', f'[Desktop Entry]\nType=Application\nName=Viewer\nExec={viewer} %f\nMimeType=video/mp4;\n'),
                       ('.config/mimeapps.list', '[Default Applications]\nvideo/mp4=viewer.desktop\n')):
        os.makedirs(os.path.dirname(os.path.join(home, path)), exist_ok=True)
        with open(os.path.join(home, path), 'w') as file:
            file.write(text)
    with Desktop() as desktop, Works() as platform:
        app = platform.open()
        video = os.path.realpath(platform.video)

        def choose(letter):
            run('xdotool', 'mousemove', *map(str, platform.at_rest(app)), 'click', '3')
            wait(lambda: app.search(role='menu item'), 'the menu')
            app.key(letter)
        choose('f')
        uris, _ = desktop.expect('ShowItems')
        same('shown', [os.path.realpath(urllib.parse.unquote(uri.removeprefix('file://'))) for uri in uris], [video])
        choose('y')
        app.wait_text('Video copied')
        uris = run('xclip', '-o', '-selection', 'clipboard', '-t', 'text/uri-list').split()
        copied, = (urllib.parse.unquote(uri.removeprefix('file://')) for uri in uris)
        same('copied', [os.path.basename(copied), os.path.samefile(copied, video)], [f'{PROMPT}.mp4', True])
        choose('i')
        wait(lambda: content(opened).endswith(b'\n'), 'the other app to open')
        same('opened', os.path.realpath(content(opened).decode().strip()), video)
        choose('x')
        wait(lambda: subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', '^Export with Recipe$'], capture_output=True).stdout,
             'the dialog of the export')
        app.key('Escape')
        app.end()


# ---- dragged out

def test_drag_out():
    with Works() as platform:
        app = platform.open()
        target = DropTarget()
        for where in ('the gallery', 'the player'):
            if where == 'the player':
                platform.open_card(app)
                app.click('Pause', 'button')
                app.find('Play', 'button')
                start = app.place(app.find('Video', 'image'))
            else:
                start = platform.at_rest(app)
            try:
                got = target.take_from(start)
            except Failed as error:
                raise Failed(f'{error} from {where}') from None
            if 'text/uri-list' not in got.get('type', []):
                raise Failed(f'from {where} came {got}')
            same(f'files from {where}', [os.path.basename(n) for n in got.get('file', [])], [f'{PROMPT}.mp4'])
            if not os.path.samefile(got['file'][0], platform.video):
                raise Failed(f'from {where} came another file: {got}')
            same(f'addresses from {where}', got.get('uri'), ['file://' + urllib.parse.quote(got['file'][0])])
        target.close()
        app.close()


if __name__ == '__main__':
    chosen = sys.argv[1:]
    main([test for name, test in list(globals().items())
          if name.startswith('test_') and (not chosen or name.removeprefix('test_').replace('_', '-') in chosen)])
