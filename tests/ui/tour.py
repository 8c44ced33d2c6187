# SPDX-License-Identifier: GPL-3.0-or-later
"""tour.py DIR: a walk through the real window on the sandbox: a streamed chat, a video made from a picture that is
dropped with the pointer, the finished video playing. Leaves screenshots and the video in DIR and says what it saw."""
import os
import shutil
import sys
import time

from drive import App, DragSource, Failed, run, screenshot, wait

HERE = os.path.dirname(os.path.abspath(__file__))
PICTURE = os.path.join(HERE, '..', '..', 'data', 'samples', 'moon-lake.jpg')
QUESTION = 'markdown: 介绍一下月亮门'
PROMPT = '月亮门外，湖面泛起微光，小船缓缓驶过'
SECONDS = 5


def say(*words):
    print('  ', *words, flush=True)


def shot(app, out, name):
    """One picture of the app's window."""
    path = os.path.join(out, name + '.png')
    run('import', '-window', app.window, path)
    say(f'picture {path}')


def chat(app, out):
    print('Chat', flush=True)
    app.set_text('Message', QUESTION)
    app.click('Send')
    app.find('Stop')
    shot(app, out, '1-chat-streaming')
    say('the answer streams, and can be stopped')
    app.find('Send', seconds=90)
    shot(app, out, '2-chat')
    say('the answer is complete')


def create(app, out):
    print('Create', flush=True)
    app.click('Create')
    app.click('Image to Video')
    source = DragSource(PICTURE)
    source.drop_on(app, app.find('First Frame'))
    source.close()
    app.wait_text('1280 × 720')
    say('the picture was dropped with the pointer onto First Frame')
    app.set_text('Prompt', PROMPT)
    shot(app, out, '3-create')
    app.click('Generate')
    say('submitted')


def videos_in(data):
    """The names of the videos of the library in @data."""
    folder = os.path.join(data, 'videos')
    return {n for n in os.listdir(folder) if n.endswith('.mp4')} if os.path.isdir(folder) else set()


def gallery(app, out, data, before):
    print('Gallery', flush=True)
    app.click('Gallery')
    app.find(lambda n: PROMPT in n, role='table cell')
    shot(app, out, '4-gallery-running')
    name, = wait(lambda: videos_in(data) - before, 'the finished video', 120)
    card = app.find(lambda n: PROMPT in n, role='table cell', seconds=30)
    x, y = app.rest(card)
    run('xdotool', 'mousemove', str(x), str(y), 'click', '1')
    app.find('Pause', seconds=30)
    time.sleep(1.5)
    shot(app, out, '5-playing')
    say('the video plays in the window')
    target = os.path.join(out, 'video.mp4')
    shutil.copyfile(os.path.join(data, 'videos', name), target)
    return target


def check(video):
    facts = run('gst-discoverer-1.0', '-v', video)
    length = next(line.split('Duration:')[1].strip() for line in facts.splitlines() if 'Duration:' in line)
    size = [line.split(':')[1].strip() for line in facts.splitlines() if 'Width:' in line or 'Height:' in line]
    say(f'video {video}: {" × ".join(size)}, {length}')
    hours, minutes, seconds = length.split(':')
    if abs(int(hours) * 3600 + int(minutes) * 60 + float(seconds) - SECONDS) > 0.2:
        raise Failed(f'the video lasts {length}, not {SECONDS} s')


def take(app, out, data):
    """The whole walk; @data is the folder where the app keeps its library."""
    before = videos_in(data)
    try:
        app.find('Message')
        chat(app, out)
        create(app, out)
        check(gallery(app, out, data, before))
    except Failed:
        screenshot(os.path.join(out, 'failed.png'))
        raise
    finally:
        app.close()
    print(f'The tour is over; everything is in {out}')


if __name__ == '__main__':
    folder = os.path.join(os.environ['W'], 'data')
    try:
        take(App('--sandbox', env={'YUANJING_DATA_DIR': folder}), sys.argv[1], folder)
    except Failed as error:
        sys.exit(f'the tour broke off: {error}')
