# SPDX-License-Identifier: GPL-3.0-or-later
"""Two hundred pictures of 24 megapixels dropped at once onto the Create place with a real pointer: the longest time
between two frames of the window from the beginning of the drag until all are sorted and those that fit are shown, and
what memory is left taken then."""
import json
import os
import signal
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'ui'))
from creating import W, Create  # noqa: E402
from drive import DragSource, run, wait  # noqa: E402

BUILD = os.environ['YUANJING_BENCH']
N = 200
FIT = 9                         # that the model takes
MIB = 1 << 20


def memory_of(pid):
    with open(f'/proc/{pid}/smaps_rollup') as f:
        return sum(int(line.split()[1]) * 1024 for line in f if line.startswith('Pss:'))


class Window(Create):
    """The application with an eye on its frames."""

    frames = os.path.join(W, 'frames')

    def command(self):
        return ['sh', '-c', f'exec "$0" "$@" > {self.frames}', f'{BUILD}/bench-frames']

    def told(self):
        with open(self.frames) as f:
            return f.readlines()

    def ask(self, which):
        before = len(self.told())
        os.kill(self.process.pid, which)
        return json.loads(wait(lambda: self.told()[before:], 'an answer')[0])


def make(folder):
    os.makedirs(folder)
    paths = [os.path.join(folder, f'p{i:03}.jpg') for i in range(N)]
    run('convert', '-size', '6000x4000', 'gradient:red-blue', '-attenuate', '0.3', '+noise', 'Gaussian', paths[0])
    for path in paths[1:]:
        run('cp', paths[0], path)
    return paths


def line(measure, value, unit, goal):
    print(f'{N} pictures of 24 MP  {measure}  {value:.0f} {unit}  goal {goal} {unit}', flush=True)


def quiet(app):
    """Until its memory stays as it is."""
    def settled():
        before = memory_of(app.process.pid)
        time.sleep(1)
        return abs(memory_of(app.process.pid) - before) < MIB // 4
    wait(settled, 'the window to come to rest', 120)
    return memory_of(app.process.pid) / MIB


def main():
    paths = make(os.path.join(W, 'large'))
    app = Window()
    app.click('References to Video')
    target = app.place(app.find('Choose or drop a picture: Reference Images'))
    before = quiet(app)
    source = DragSource(*paths)
    run('xdotool', 'windowraise', source.window)
    app.ask(signal.SIGUSR1)
    time.sleep(2)
    idle = app.ask(signal.SIGUSR2)

    app.ask(signal.SIGUSR1)
    begun = time.monotonic()
    run('xdotool', 'mousemove', '80', '60', 'mousedown', '1')
    for i in range(1, 21):
        run('xdotool', 'mousemove', *(str(a + (b - a) * i // 20) for a, b in zip((80, 60), target)))
        time.sleep(0.05)
    time.sleep(0.5)
    run('xdotool', 'mouseup', '1')
    dropped = time.monotonic()

    def sorted_all():
        """Asked seldom: it is work for the window, too."""
        time.sleep(1)
        return app.search(lambda n: n.startswith(f'{N - FIT} files were not added.'))
    wait(sorted_all, 'one line for all that were not added', 300)
    took = time.monotonic() - dropped
    # all have their picture, which is an icon until then
    wait(lambda: len(app.search(role='grouping', where=lambda n: '6000 × 4000' in (n.get_name() or ''))) == FIT, 'those that fit')
    left = quiet(app) - before
    told = app.ask(signal.SIGUSR2)
    line('longest frame', told['longest'], 'ms', 50)
    line('longest frame while nothing happens', idle['longest'], 'ms', 50)
    print(f'{N} pictures of 24 MP  frames over 50 ms  {told["over50"]} of {told["frames"]}  goal 0', flush=True)
    line('memory left taken', left, 'MiB', 60)
    print(f'{N} pictures of 24 MP  until all are sorted  {took:.1f} s', flush=True)
    if os.environ.get('BENCH_FRAMES'):
        print(app.output(), file=sys.stderr)
    source.close()
    app.close()


main()
