# SPDX-License-Identifier: GPL-3.0-or-later
"""Two hundred pictures of 24 megapixels pasted at once into the Create place: how long the window leaves a question
unanswered, and what memory is left taken. A question is one of the accessibility bus, which the main loop answers."""
import os
import select
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'ui'))
from creating import W, Create  # noqa: E402
from drive import Atspi, run, wait  # noqa: E402

N = 200
MIB = 1 << 20


def memory_of(pid):
    with open(f'/proc/{pid}/smaps_rollup') as f:
        return sum(int(line.split()[1]) * 1024 for line in f if line.startswith('Pss:'))


class Asker:
    """Another process that asks the window again and again, and notes the longest time that it took to answer: in this
    one the questions would stand in line behind those of the test."""

    def __init__(self, app):
        self.process = subprocess.Popen([sys.executable, '-W', 'ignore', os.path.abspath(__file__), str(app.process.pid)],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()

    def end(self):
        """In seconds."""
        return float(self.process.communicate('')[0])


def ask(pid):
    desktop = Atspi.get_desktop(0)
    window = None
    for i in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(i)
        if child and child.get_process_id() == pid:
            window = child.get_child_at_index(0)
    print('begun', flush=True)
    longest = 0
    while not select.select([sys.stdin], [], [], 0.005)[0]:
        before = time.monotonic()
        window.get_component_iface().get_extents(Atspi.CoordType.WINDOW)        # never from a cache
        longest = max(longest, time.monotonic() - before)
    print(longest, flush=True)


def make(folder):
    os.makedirs(folder)
    first = os.path.join(folder, 'p000.jpg')
    run('convert', '-size', '6000x4000', 'gradient:red-blue', first)
    for i in range(1, N):
        run('cp', first, os.path.join(folder, f'p{i:03}.jpg'))
    return [os.path.join(folder, f'p{i:03}.jpg') for i in range(N)]


def line(measure, value, unit, goal):
    print(f'{N} pictures of 24 MP  {measure}  {value:.0f} {unit}  goal {goal} {unit}', flush=True)


def main():
    paths = make(os.path.join(W, 'large'))
    app = Create()
    app.click('References to Video')
    app.group('Reference Images')
    time.sleep(3)
    still = Asker(app)
    time.sleep(5)
    idle = still.end()
    before = memory_of(app.process.pid)
    text = ''.join(f'file://{p}\r\n' for p in paths)
    subprocess.run(['xclip', '-selection', 'clipboard', '-t', 'text/uri-list', '-i'], input=text, text=True, check=True)
    paste = app.find('Paste', role='button')
    asker = Asker(app)
    begun = time.monotonic()
    paste.get_action_iface().do_action(0)

    def sorted_all():
        """Asked seldom: it is work for the window, too."""
        time.sleep(1.5)
        return app.search(lambda n: f'{N - 9} files were not added.' in n)
    wait(sorted_all, 'one line for all that were not added', 300)
    took = time.monotonic() - begun
    assert len(app.tiles('Reference Images')) == 9, app.tiles('Reference Images')
    time.sleep(5)
    longest = asker.end()
    left = (memory_of(app.process.pid) - before) / MIB
    line('longest without an answer, idle', idle * 1000, 'ms', '50')
    line('longest without an answer', longest * 1000, 'ms', '50')
    line('memory left taken', left, 'MiB', '60')
    print(f'{N} pictures of 24 MP  until all are sorted  {took:.1f} s', flush=True)
    app.close()


if len(sys.argv) > 1:
    ask(int(sys.argv[1]))
else:
    main()
