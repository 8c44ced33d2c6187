# SPDX-License-Identifier: GPL-3.0-or-later
"""The gallery with 10,000 videos beside a bare GtkGridView with lazy textures over the same pictures, in turn: the time
from the start of the program to the first frame with cards, memory (PSS) then and after ten seconds of scrolling at
2,400 px/s, and the frames of that."""
import hashlib
import json
import os
import select
import signal
import statistics
import subprocess
import time

PROGRAM = os.path.join(os.environ['YUANJING_BENCH'], 'bench-gallery')
W = os.environ['W']
N = 10000
RUNS = int(os.environ.get('BENCH_RUNS', '5'))
SIZE = 480                      # px of a poster, as a card asks for it
MIB = 1 << 20


def memory_of(pid):
    with open(f'/proc/{pid}/smaps_rollup') as f:
        return sum(int(line.split()[1]) * 1024 for line in f if line.startswith('Pss:')) / MIB


def cached(path):
    """The name that yj-poster.c gives the poster of a file."""
    about = os.stat(path)
    second, part = divmod(about.st_mtime_ns, 10**9)
    return hashlib.sha256(f'{about.st_size} {second}.{part:09d} {SIZE} {path}'.encode()).hexdigest() + '.png'


def make():
    """A library whose posters are in the cache already, and the list of these."""
    environment = dict(os.environ, YUANJING_DATA_DIR=os.path.join(W, 'library'))
    covers = subprocess.run([PROGRAM, '--make', str(N)], env=environment, text=True, check=True, stdout=subprocess.PIPE).stdout.split('\n')[:-1]
    pictures = []
    for i in range(50):
        pictures.append(os.path.join(W, f'picture-{i}.png'))
        subprocess.run(['convert', '-size', '480x270', '-seed', str(i), 'plasma:fractal', pictures[-1]], check=True)
    posters = os.path.join(os.environ['HOME'], '.cache', 'yuanjing', 'posters')
    os.makedirs(posters, exist_ok=True)
    names = []
    for i, cover in enumerate(covers):
        os.link(pictures[i % 50], cover)
        names.append(os.path.join(posters, cached(cover)))
        os.link(pictures[i % 50], names[-1])
    # The link count is no part of the name; the time of change of the content is.
    listed = os.path.join(W, 'posters.txt')
    with open(listed, 'w') as f:
        f.write('\n'.join(names) + '\n')
    return environment, listed


class Run:
    def __init__(self, environment, *args):
        self.begun = time.monotonic()
        self.process = subprocess.Popen([PROGRAM, *args], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)

    def listen(self, event, seconds=120):
        while select.select([self.process.stdout], [], [], seconds)[0]:
            line = self.process.stdout.readline()
            if not line:
                break
            told = json.loads(line)
            if told['event'] == event:
                return told
        raise SystemExit(f'{self.process.args}: waited in vain for {event!r}')

    def measure(self):
        figures = {'first': (self.listen('first')['at'] - self.begun) * 1000}
        figures['full'] = (self.listen('full')['at'] - self.begun) * 1000
        time.sleep(2)
        figures['memory'] = memory_of(self.process.pid)
        self.process.send_signal(signal.SIGUSR1)
        told = self.listen('scrolled')
        figures['fps'] = told['frames'] / told['seconds']
        figures['longest'] = told['longest']
        time.sleep(2)
        figures['after'] = memory_of(self.process.pid)
        self.process.kill()
        self.process.wait()
        return figures


def line(measure, unit, ours, theirs, goal, ratio=True):
    told = f'{ours / theirs:.2f}x' if ratio else f'{ours - theirs:+.0f} {unit}'
    print(f'{N} videos  {measure}  {ours:.0f} {unit}  bare grid {theirs:.0f} {unit}  {told}  goal {goal}', flush=True)


def main():
    environment, listed = make()
    environment.update(YUANJING_BASE_URL='http://127.0.0.1:9', YUANJING_API_KEY='none')
    ours, theirs = [], []
    for _ in range(RUNS):
        ours.append(Run(environment, '--app').measure())
        theirs.append(Run(environment, '--bare', listed).measure())
    us, them = ({k: statistics.median(f[k] for f in figures) for k in figures[0]} for figures in (ours, theirs))
    line('first frame with cards', 'ms', us['first'], them['first'], '1.20x')
    line('all pictures in sight', 'ms', us['full'], them['full'], '–')
    line('memory', 'MiB', us['memory'], them['memory'], '+40 MiB', False)
    line('memory after scrolling', 'MiB', us['after'], them['after'], '+40 MiB', False)
    line('frames per second, scrolling', 'fps', us['fps'], them['fps'], '1.00x')
    line('longest frame, scrolling', 'ms', us['longest'], them['longest'], '1.00x')


main()
