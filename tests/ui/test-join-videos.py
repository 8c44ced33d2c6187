# SPDX-License-Identifier: GPL-3.0-or-later
"""Several videos of the gallery become one film: their order, the seams, the film; and nothing when it is stopped."""
import os
import shutil
import sqlite3
import uuid

from drive import drag, main, run, screenshot, wait
from works import Works, card, same


def shot(name):
    if 'SHOTS' in os.environ:
        screenshot(os.path.join(os.environ['SHOTS'], name + '.png'))


def rows(platform):
    with sqlite3.connect(os.path.join(platform.folder, 'library.db')) as database:
        return database.execute('SELECT uuid, parents, state, file, prompt FROM jobs ORDER BY id').fetchall()


def make(*prompts):
    """A library with a video for each; only the first is really made."""
    platform = Works()
    platform.make(prompts[0])
    videos = os.path.join(platform.folder, 'videos')
    with sqlite3.connect(os.path.join(platform.folder, 'library.db')) as database:
        database.row_factory = sqlite3.Row
        made = dict(database.execute('SELECT * FROM jobs').fetchone())
        for number, prompt in enumerate(prompts[1:], 1):
            job = {**made, 'id': made['id'] + number, 'uuid': str(uuid.uuid4()), 'prompt': prompt, 'file': f'{number}.mp4', 'cover': None,
                   'task_id': f'task-{number}', 'created': made['created'] + number}
            shutil.copy(os.path.join(videos, made['file']), os.path.join(videos, job['file']))
            database.execute(f'INSERT INTO jobs ({", ".join(job)}) VALUES ({", ".join("?" * len(job))})', list(job.values()))
    return platform


def files(platform):
    return sorted(name for name in os.listdir(os.path.join(platform.folder, 'videos')) if not name.endswith('.png'))


def row(app, name):
    return app.find(name, 'list item')


def order(app):
    """The clips from above to below."""
    found = [node for node in app.search(role='list item') if node.get_name() in ('One', 'Two', 'Three')]
    return [node.get_name() for node in sorted(found, key=lambda node: app.place(node)[1])]


def open_dialog(app, n):
    card(app, 'One')
    app.focus()
    run('xdotool', 'mousemove', *map(str, app.rest(card(app, 'One'))), 'keydown', 'ctrl', 'click', '1', 'keyup', 'ctrl')
    app.find('1 selected')
    app.key('ctrl+j')           # one alone is not joined
    app.key('ctrl+a')
    app.find(f'{n} selected')
    app.key('ctrl+j')
    app.find('Join', 'button')


def test_selected():
    platform = make('One', 'Two', 'Three')
    before = files(platform)
    app = platform.open()
    open_dialog(app, 3)
    wait(lambda: order(app) == ['One', 'Two', 'Three'], 'the oldest first')
    app.wait_text('nothing is encoded again')
    wait(lambda: len(app.search(lambda n: 'difference' in n, 'label')) == 2, 'both seams')
    shot('join-selected')
    app.focus()
    app.find('Move Down', 'button', within=row(app, 'One')).get_action_iface().do_action(0)
    wait(lambda: order(app) == ['Two', 'One', 'Three'], 'One to go down')
    # It keeps the focus, so that the keys go on with it.
    app.key('alt+Down')
    wait(lambda: order(app) == ['Two', 'Three', 'One'], 'One to go down again')
    app.key('alt+Up')
    wait(lambda: order(app) == ['Two', 'One', 'Three'], 'One to go up')
    wait(lambda: len(app.search(lambda n: 'difference' in n, 'label')) == 2, 'the seams')
    drag(app.rest(row(app, 'Three')), app.rest(row(app, 'Two')))
    wait(lambda: order(app) == ['Three', 'Two', 'One'], 'Three to be where it was dropped')
    app.find('Leave Out', 'button', within=row(app, 'Two')).get_action_iface().do_action(0)
    wait(lambda: order(app) == ['Three', 'One'], 'Two to go')
    app.wait_text('nothing is encoded again')
    app.click('Join', 'button')
    wait(lambda: len(rows(platform)) == 4, 'the film')
    one, _, three, film = rows(platform)
    same('film', film[1:3], (f'join {three[0]}\njoin {one[0]}', 'ready'))
    same('files', sorted(set(files(platform)) - set(before)), [film[3]])
    # From the film to its part and back.
    app.click('Show', 'button')
    app.click('Part: Three', 'button')
    app.click(lambda n: n.startswith('Film: '), 'button')
    app.find('Part: One', 'button')
    app.end()
    platform.close()


def test_stopped():
    platform = make('One', 'Two')
    before = files(platform)
    # Of another size, and long: it has to be encoded again.
    run('gst-launch-1.0', '-q', 'videotestsrc', 'num-buffers=900', 'pattern=snow', '!', 'video/x-raw,width=640,height=480,framerate=30/1', '!',
        'x264enc', 'speed-preset=ultrafast', '!', 'mp4mux', '!', 'filesink',
        f'location={os.path.join(platform.folder, "videos", rows(platform)[1][3])}',
        env={k: v for k, v in os.environ.items() if k != 'G_DEBUG'})
    app = platform.open()
    open_dialog(app, 2)
    app.wait_text('Their sizes differ')
    app.click('Join', 'button')
    app.find('Joining…', 'progress bar')
    wait(lambda: len(files(platform)) > len(before), 'the work')
    shot('join-working')
    app.focus()
    app.key('Escape')
    wait(lambda: not app.search('Joining…', 'progress bar'), 'the dialog to go')
    wait(lambda: files(platform) == before, lambda: f'nothing to be left: {sorted(set(files(platform)) ^ set(before))}')
    same('jobs', len(rows(platform)), 2)
    app.end()
    platform.close()


main([test_selected, test_stopped])
