# SPDX-License-Identifier: GPL-3.0-or-later
"""A video in the gallery beside players of others, by what is on the screen: bench-screen reads the numbers that are drawn
into the frames of the clip. The window has the whole screen with everyone. CPU is that of all processes of each and of the X
server from the first frame on; the rest of what each line says stands in README.md."""
import json
import os
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from processes import cpu_of, tree_of, x_server

BUILD = os.environ['YUANJING_BENCH']
W = os.environ['W']
RUNS = int(os.environ.get('BENCH_RUNS', '3'))
SECONDS = 10
# name, size, frames per second, goal for the frames shown
CLIPS = (('720p30', 1280, 720, 30, 295), ('1080p60', 1920, 1080, 60, None))


class Failed(Exception):
    pass


def listen(process, event, seconds):
    """The next line of JSON of that kind."""
    while select.select([process.stdout], [], [], seconds)[0]:
        line = process.stdout.readline()
        if not line:
            break
        if line.startswith(b'{'):
            told = json.loads(line)
            if told['event'] == event:
                return told
    raise Failed(f'{os.path.basename(process.args[0])} did not say {event!r}')


class Player:
    """A program that plays a file given to it, for as long as it is measured."""
    environment = {}

    def __init__(self, name, *command, missing=None):
        self.name = name
        self.command = command
        self.missing = missing or (None if shutil.which(command[0]) else f'no program {command[0]} here')

    def start(self, clip):
        self.begun = time.monotonic()
        return subprocess.Popen([a.replace('CLIP', clip) for a in self.command], env={**os.environ, **self.environment},
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def opened(self, process):
        """When the video was asked for."""
        return None

    def measure(self, clip, fps):
        eye = subprocess.Popen([f'{BUILD}/bench-screen', str(fps * SECONDS), str(SECONDS)], stdout=subprocess.PIPE, bufsize=0)
        listen(eye, 'looking', 20)
        process = self.start(clip)
        x = x_server()
        try:
            opened = self.opened(process)
            first = listen(eye, 'first', 90)
            before = cpu_of(tree_of(process.pid)) + cpu_of([x])
            done = listen(eye, 'done', SECONDS + 60)
            cpu = cpu_of(tree_of(process.pid)) + cpu_of([x]) - before
        finally:
            eye.kill()
            eye.wait()
            self.stop(process)
        return {'start': (first['at'] - self.begun) * 1000, 'opening': (first['at'] - (opened or self.begun)) * 1000, 'seen': done['seen'],
                'still': done['still'], 'cpu': cpu, 'width': done['width'], 'blind': done['blind']}

    @staticmethod
    def stop(process):
        pids = tree_of(process.pid)
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pid in pids[1:]:
            try:
                os.kill(pid, 9)
            except ProcessLookupError:
                pass


class Ours(Player):
    """The real window with a library of that one video: starts in the gallery and opens it from there."""

    def __init__(self):
        super().__init__('yuanjing', f'{BUILD}/bench-gallery', '--play')

    def start(self, clip):
        self.folder = tempfile.mkdtemp(dir=W)
        environment = dict(os.environ, YUANJING_DATA_DIR=self.folder, YUANJING_BASE_URL='http://127.0.0.1:9', YUANJING_API_KEY='none')
        made = subprocess.run([f'{BUILD}/bench-gallery', '--make', '1'], env=environment, text=True, check=True, stdout=subprocess.PIPE)
        cover = made.stdout.split('\n')[0]
        # A cover without a number: what counts is the video.
        subprocess.run(['convert', '-size', '640x360', 'xc:gray40', cover], check=True)
        os.link(clip, cover.removesuffix('.png') + '.mp4')
        self.begun = time.monotonic()
        return subprocess.Popen(self.command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)

    def opened(self, process):
        return listen(process, 'opened', 90)['at']

    def measure(self, clip, fps):
        figures = super().measure(clip, fps)
        shutil.rmtree(self.folder, ignore_errors=True)
        return figures


def players():
    """Us, and the others."""
    launch = Player('gst-launch', 'gst-launch-1.0', '-q', 'playbin', 'uri=file://CLIP', 'video-sink=gtk4paintablesink')
    launch.environment = {'GST_GTK4_WINDOW': '1'}
    # It runs on Wayland only: within a compositor that is a window here, whose CPU counts as its.
    width, height = subprocess.run(['xdotool', 'getdisplaygeometry'], check=True, text=True, capture_output=True).stdout.split()
    livi = Player('livi', 'weston', '--backend=x11', f'--width={width}', f'--height={height}', '--renderer=pixman',
                  '--shell=kiosk-shell.so', '--no-config', '--', 'livi', 'CLIP', missing=None if shutil.which('livi') else 'no program livi here')
    livi.environment = {'GDK_BACKEND': 'wayland'}
    return [Ours(), launch, livi, Player('showtime', 'showtime', 'CLIP'), Player('clapper', 'clapper', 'CLIP')]


def give_whole_screen():
    """The window manager gives every window all of the screen, without a frame: the same picture from everyone."""
    folder = os.path.join(os.environ['HOME'], '.config', 'openbox')
    os.makedirs(folder, exist_ok=True)
    with open('/etc/xdg/openbox/rc.xml') as f:
        rules = f.read()
    rule = '<application class="*" type="normal"><decor>no</decor><maximized>yes</maximized></application>'
    with open(os.path.join(folder, 'rc.xml'), 'w') as f:
        f.write(rules.replace('</applications>', f'{rule}</applications>'))
    subprocess.run(['openbox', '--reconfigure'], check=True)
    # Nor the frame that GTK draws by itself where there is no compositor, in full screen, too.
    with open(os.path.join(os.environ['HOME'], '.config', 'gtk-4.0', 'gtk.css'), 'w') as f:
        f.write('window.solid-csd { margin: 0; padding: 0; border: none; box-shadow: none }')


def choose_renderer():
    """That which GTK takes by itself, as on a desktop, for everyone."""
    os.environ.pop('GSK_RENDERER', None)
    if 'BENCH_RENDERER' in os.environ:
        os.environ['GSK_RENDERER'] = os.environ['BENCH_RENDERER']


def say(work, measure, key, unit, digits, all_figures, goal=None):
    us, *others = all_figures.items()
    ours = us[1][key]
    parts = [work, measure, f'{ours:.{digits}f} {unit}'.strip()]
    for name, figures in others:
        # The others show the video as soon as they start: there is nothing else to open.
        theirs = figures[key]
        parts += [f'{name} {theirs:.{digits}f} {unit}'.strip(), f'{ours / theirs:.2f}x' if theirs else '–']
    if goal is not None:
        parts.append(f'goal {goal}')
    print('  '.join(parts), flush=True)


def measure(name, clip, fps, there, goal):
    got = {player.name: [] for player in there}
    for player in there:                # what is slow only the first time
        try:
            player.measure(clip, fps)
        except Failed as error:
            print(f'# {name}: {player.name} shows nothing here ({error})', flush=True)
            del got[player.name]
    for _ in range(RUNS):
        for player in there:
            if player.name in got:
                got[player.name].append(player.measure(clip, fps))
    if 'yuanjing' not in got:
        raise SystemExit('our own window shows nothing')
    figures = {who: {key: statistics.median(run[key] for run in runs) for key in runs[0]} for who, runs in got.items()}
    work = f'{name} H.264'
    say(work, 'first frame after opening', 'opening', 'ms', 0, figures, '1.10x of gst-launch')
    say(work, 'first frame after the start of the program', 'start', 'ms', 0, figures)
    say(work, f'frames shown of {fps * SECONDS}', 'seen', '', 0, figures, goal)
    say(work, 'longest time without a new frame', 'still', 'ms', 0, figures)
    say(work, f'CPU of {SECONDS} s', 'cpu', 's', 2, figures)
    widths = ', '.join(f'{who} {f["width"]:.0f}' for who, f in figures.items())
    blind = max(run['blind'] for runs in got.values() for run in runs)
    print(f'# {work}: width of the picture on the screen, px: {widths}; longest time between two looks at the screen {blind:.0f} ms', flush=True)


def main():
    if not os.path.exists(f'{BUILD}/bench-screen'):
        raise SystemExit('no bench-screen: it is built where the headers of libX11 and libXext are')
    print(f'# load {os.getloadavg()[0]:.1f} of {os.cpu_count()} cores before it began', flush=True)
    give_whole_screen()
    choose_renderer()
    only = os.environ.get('BENCH_PLAYERS', '').split()
    there = []
    for player in players():
        if only and player.name not in only:
            continue
        if player.missing:
            print(f'# {player.name}: not measured ({player.missing})', flush=True)
        else:
            there.append(player)
    for name, width, height, fps, goal in CLIPS:
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        clip = os.path.join(W, f'{name}.mp4')
        subprocess.run([f'{BUILD}/bench-clip', clip, str(width), str(height), str(fps), str(SECONDS + 2)], check=True)
        measure(name, clip, fps, there, goal)
    print(f'# load {os.getloadavg()[0]:.1f} when it ended', flush=True)


main()
