# SPDX-License-Identifier: GPL-3.0-or-later
"""The start of the application, with 200 videos in its library, beside a bare window of libadwaita, in turn: the time
from the start of the program to the first frame with all in it, memory (PSS) at rest, and what it does when nobody does
anything: CPU, and how often its threads were woken up."""
import glob
import json
import os
import statistics
import subprocess
import time

from processes import cpu_of, pss_of

FOLDER = os.environ['YUANJING_BENCH']
W = os.environ['W']
N = 200
RUNS = int(os.environ.get('BENCH_RUNS', '7'))
REST = 3                        # s
IDLE = 10                       # s
BLINK = 12                      # s: until a text cursor has blinked for the last time


def wakes_of(pid):
    """How often each thread was woken up."""
    wakes = {}
    for path in glob.glob(f'/proc/{pid}/task/*/status'):
        with open(path) as f:
            wakes[path] = next(int(line.split()[1]) for line in f if line.startswith('voluntary'))
    return wakes


def run(environment, *args, idle=False):
    begun = time.monotonic()
    process = subprocess.Popen([os.path.join(FOLDER, 'bench-start'), *args], env=environment, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL)
    figures = {'first': (json.loads(process.stdout.readline())['first'] - begun) * 1000}
    time.sleep(REST)
    figures['memory'] = pss_of([process.pid])
    if idle:
        time.sleep(BLINK)
        cpu, wakes = cpu_of([process.pid]), wakes_of(process.pid)
        time.sleep(IDLE)
        figures['cpu'] = (cpu_of([process.pid]) - cpu) / IDLE * 100
        # a thread that has ended meanwhile, as those of a pool do, takes its count with it
        figures['wakes'] = sum(n - wakes.get(path, 0) for path, n in wakes_of(process.pid).items()) / IDLE
    process.kill()
    process.wait()
    return figures


def main():
    environment = dict(os.environ, YUANJING_DATA_DIR=os.path.join(W, 'library'), YUANJING_BASE_URL='http://127.0.0.1:9',
                       YUANJING_API_KEY='none')
    subprocess.run([os.path.join(FOLDER, 'bench-gallery'), '--make', str(N)], env=environment, check=True, stdout=subprocess.DEVNULL)
    places = 'chat', 'create', 'gallery'
    for args in ['--bare'], *(['--app', place] for place in places):
        run(environment, *args)         # what is read from the disk the first time
    bare, ours = [], {place: [] for place in places}
    for i in range(RUNS):
        bare.append(run(environment, '--bare', idle=i == 0))
        for place in places:
            ours[place].append(run(environment, '--app', place, idle=i == 0))
    theirs = {key: statistics.median(f[key] for f in bare) for key in ('first', 'memory')}
    for place in places:
        us = {key: statistics.median(f[key] for f in ours[place]) for key in ('first', 'memory')}
        idle = ours[place][0]
        print(f'start on {place}  first frame  {us["first"]:.0f} ms  bare window {theirs["first"]:.0f} ms  '
              f'{us["first"] / theirs["first"]:.2f}x  goal 1.30x')
        print(f'start on {place}  memory at rest  {us["memory"]:.0f} MiB  bare window {theirs["memory"]:.0f} MiB  '
              f'{us["memory"] - theirs["memory"]:+.0f} MiB  goal +25 MiB')
        print(f'idle on {place}  CPU  {idle["cpu"]:.1f} %  bare window {bare[0]["cpu"]:.1f} %  goal 0 %')
        print(f'idle on {place}  woken up  {idle["wakes"]:.1f} times a second  bare window {bare[0]["wakes"]:.1f}  goal no more', flush=True)


main()
