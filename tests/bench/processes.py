# SPDX-License-Identifier: GPL-3.0-or-later
"""What processes use, told by /proc."""
import glob
import os

TICK = os.sysconf('SC_CLK_TCK')


def tree_of(pid):
    found = [pid]
    for folder in glob.glob(f'/proc/{pid}/task/*/children'):
        try:
            with open(folder) as f:
                for child in f.read().split():
                    found += tree_of(int(child))
        except OSError:
            pass
    return found


def cpu_of(pids):
    total = 0
    for pid in pids:
        try:
            with open(f'/proc/{pid}/stat') as f:
                fields = f.read().rsplit(')', 1)[1].split()
            total += int(fields[11]) + int(fields[12])
        except OSError:
            pass
    return total / TICK


def pss_of(pids):
    total = 0
    for pid in pids:
        try:
            with open(f'/proc/{pid}/smaps_rollup') as f:
                total += next(int(row.split()[1]) for row in f if row.startswith('Pss:'))
        except (OSError, StopIteration):
            pass
    return total / 1024


def x_server():
    """The process that listens on our display."""
    number = os.environ['DISPLAY'].split(':')[1].split('.')[0]
    for path in glob.glob('/proc/[0-9]*/environ'):
        pid = path.split('/')[2]
        try:
            with open(f'/proc/{pid}/comm') as f:
                if f.read().strip() != 'Xvfb':
                    continue
            with open(path, 'rb') as f:
                ours = f'W={os.environ["W"]}\0'.encode() in f.read()
        except OSError:
            continue
        if ours:
            return int(pid)
    raise SystemExit(f'no X server found for :{number}')
