# SPDX-License-Identifier: GPL-3.0-or-later
"""From a picture to a playable video, through the real program and the real sandbox."""
import os

from cli import INTERRUPT, Cli, path
from sandbox import difference, discover, frames, main

PHOTO = os.path.join(os.environ['G_TEST_SRCDIR'], '..', 'data', 'samples', 'moon-lake.jpg')


def without_mark(picture, width=64, height=36):
    """The upper nine tenths of a small picture: the rest says that it is a sandbox's."""
    return picture[:width * 3 * (height * 9 // 10)]


def test_picture_to_video():
    cli = Cli(key=None)
    done = cli.run('--sandbox', 'create', '-m', 'happyhorse-1.0-i2v', '--mode', 'i2v', '-p', '一起来调科目三', '--first-frame', PHOTO,
                   '--set', 'duration=5', '--set', 'resolution=720P', '-o', path('out.mp4'))
    assert done.status == 0 and done.out == path('out.mp4') + '\n' and 'No AI' in done.err, done
    facts = discover('out.mp4')
    assert (facts['width'], facts['height']) == (1280, 720) and abs(facts['seconds'] - 5) < 0.05, facts
    shown, (photo,) = frames('out.mp4'), frames(PHOTO)
    # it begins with the photo, and not with just any dark picture: upside down it does not fit
    first, photo = without_mark(shown[0]), without_mark(photo)
    turned = b''.join(photo[i:i + 3] for i in range(len(photo) - 3, -1, -3))
    assert difference(first, photo) < 5 < 3 * 5 < difference(first, turned), (difference(first, photo), difference(first, turned))
    job, = cli.jobs()
    assert job['state'] == 'ready' and os.path.getsize(job['file']) == os.path.getsize(path('out.mp4')), job


def test_interrupted():
    """A sandbox ends with the program, and that is said; the next start settles what was on it."""
    cli = Cli(key=None)
    process = cli.start('--sandbox', 'create', '-m', 'happyhorse-1.0-t2v', '-p', 'x')
    while b'task' not in process.stderr.readline():
        assert process.poll() is None
    process.send_signal(INTERRUPT)
    done = cli.finish(process)
    assert done.status == 130 and 'sandbox ends' in done.err, done
    assert cli.run('--sandbox', 'chat', 'x').status == 0
    cli.run('--sandbox', 'task', '1', '--wait')
    assert cli.jobs()[0]['state'] == 'expired', cli.jobs()


def test_refusals():
    """Strict about fields: what our own check lets pass, it takes."""
    cli = Cli(key=None)
    assert cli.run('--sandbox', 'task', 'no-such-task').status == 1


main([test_picture_to_video, test_interrupted, test_refusals])
