# SPDX-License-Identifier: GPL-3.0-or-later
"""The storage of the library in Preferences: what there is, what belongs to nothing, and moving the videos elsewhere."""
import os
import shutil
import tempfile

from drive import attempt, main, screenshot, wait
from works import PROMPT, Works, card, choose_folder, open_card, same

OLD = 100000    # s since 1970


def preferences(app):
    app.focus()
    app.key('ctrl+comma')
    app.click('Storage', 'page tab')
    app.find('Folder of the Videos')


def leave(app):
    """Escape takes a toast away before the dialog."""
    def press():
        app.key('Escape')
        return attempt(lambda: not app.search('Folder of the Videos'), 'Preferences to close')
    app.focus()
    wait(press, 'Preferences to close')


def shot(app, name):
    if 'SHOTS' in os.environ:
        screenshot(os.path.join(os.environ['SHOTS'], name))


def test_what_belongs_to_nothing():
    works = Works()
    works.make(PROMPT)
    stray = os.path.join(works.folder, 'videos', 'left-over.mp4')
    with open(stray, 'wb') as f:
        f.write(b'x' * 1500)
    os.utime(stray, (OLD, OLD))
    app = works.open()
    card(app, PROMPT)
    preferences(app)
    app.wait_text('1 file that no video of the gallery uses')
    app.click('Move to Trash…', 'button')
    app.wait_text('left-over.mp4')
    app.click('Move to Trash', 'button')
    wait(lambda: not os.path.exists(stray), 'the file to go')
    wait(lambda: not app.search('Left-Over Files'), 'the row to go')
    same('videos', len(works.videos()), 1)
    app.end()
    works.close()


def test_elsewhere():
    works = Works()
    works.make(PROMPT)
    name = works.videos()[0]
    videos = os.path.join(works.folder, 'videos')
    disk = tempfile.mkdtemp(prefix='磁盘 ', dir=os.environ['W'])
    place = os.path.join(disk, 'Yuanjing')
    app = works.open()
    card(app, PROMPT)
    preferences(app)
    app.wait_text(videos)

    # Into a folder that it is in already: told, and nothing happens.
    app.click('Move…', 'button')
    choose_folder(app, 'Choose Where to Keep the Videos', 'Move Here', videos)
    app.wait_text('The videos lie in that folder already')
    same('moved', os.path.islink(videos), False)

    app.click('Move…', 'button')
    choose_folder(app, 'Choose Where to Keep the Videos', 'Move Here', disk)
    app.wait_text('The videos were moved')
    app.wait_text(place)
    same('there', sorted(os.listdir(place))[-1], name)
    shot(app, 'storage-elsewhere.png')
    leave(app)
    # What plays now comes from there.
    open_card(app)
    app.click('Back', 'button')
    app.end()

    # The disk is not connected: all but the videos works, and it is said what to do.
    os.rename(disk, disk + ' away')
    app = works.open()
    card(app, PROMPT)
    preferences(app)
    app.wait_text(f'{place} is not there. Connect the disk it is on.')
    shot(app, 'storage-gone.png')
    same('vanished', app.search('Vanished Videos'), [])
    app.end()
    os.rename(disk + ' away', disk)

    # Cut off on the way back, then finished, then back for good.
    other = os.path.join(disk, 'half')
    os.mkdir(other)
    os.symlink(other, os.path.join(works.folder, 'videos.new'))
    app = works.open()
    card(app, PROMPT)
    preferences(app)
    app.find('Moving Was Interrupted')
    shot(app, 'storage-interrupted.png')
    app.click('Continue', 'button')
    wait(lambda: os.path.realpath(videos) == other and name in os.listdir(other), 'the rest to be moved')
    wait(lambda: not app.search('Moving Was Interrupted'), 'the row to go')
    app.wait_text(other)
    app.pointer_click('Move Back Into the Library', 'button')
    wait(lambda: not os.path.islink(videos) and name in os.listdir(videos), 'the videos to come back')
    wait(lambda: not app.search('Move Back Into the Library'), 'the row to go')
    same('left there', os.listdir(disk), [])
    app.end()
    shutil.rmtree(disk)
    works.close()


main([test_what_belongs_to_nothing, test_elsewhere])
