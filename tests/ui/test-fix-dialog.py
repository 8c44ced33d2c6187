# SPDX-License-Identifier: GPL-3.0-or-later
"""Fix in a real window: a picture of a wrong shape, a clip that is too long; what was wrong is gone, Undo brings it back,
Cancel changes nothing, and a file that has gone is told of; with the keyboard alone, too. YUANJING_SHOTS=FOLDER leaves
screenshots there."""
import os

from creating import FILES, W, Create, alone, shot
from drive import main, run, wait


def path(name):
    return os.path.join(W, name)


def make_media():
    run('convert', '-size', '3000x800', 'gradient:red-blue', path('wide.jpg'))
    run('gst-launch-1.0', '-q', 'videotestsrc', 'pattern=ball', 'num-buffers=170', '!',
        'video/x-raw,width=864,height=480,framerate=10/1', '!', 'x264enc', 'speed-preset=ultrafast', 'key-int-max=10', '!', 'h264parse',
        '!', 'mp4mux', '!', 'filesink', f'location={path("long.mp4")}')
    return {name: path(name) for name in ('wide.jpg', 'long.mp4')}


def is_said(app, slot, text):
    return any(text in (n.get_name() or '') for n in app.walk(app.group(slot)))


def test_picture():
    app = Create()
    app.click('Image to Video')
    app.drop('First Frame', 'wide.jpg')
    app.says('First Frame', 'is too wide')
    shot('fix-problem')

    # cancelled: all is as before
    app.click('Fix “wide.jpg”', role='button')
    app.wait_text('Cropped to 2000 × 800')
    shot('fix-crop')
    app.click('Cancel', role='button')
    wait(lambda: not app.search('After'), 'the dialog to close')
    assert is_said(app, 'First Frame', 'is too wide')

    # bars instead of a crop
    app.click('Fix “wide.jpg”', role='button')
    app.click('Add Bars')
    app.wait_text('Bars are added up to 3000 × 1200')
    shot('fix-bars')
    app.click('Apply', role='button')
    app.says('First Frame', '3000 × 1200')
    wait(lambda: not is_said(app, 'First Frame', 'is too wide'), 'the problem to go')
    app.wait_text('was fixed; the original is kept')
    shot('fix-done')

    app.click('Undo', role='button')
    app.says('First Frame', '3000 × 800')
    app.says('First Frame', 'is too wide')
    app.close()


def test_clip():
    app = Create()
    app.click('References to Video')
    app.drop('Reference Videos', 'long.mp4')
    app.says('Reference Videos', 'seconds long')
    app.click('Fix “long.mp4”', role='button')
    app.wait_text('Shortened to 14.9 seconds')
    app.wait_text('Changed to 24 frames per second')
    start, end = app.find('Start', role='slider'), app.find('End', role='slider')
    start.get_value_iface().set_current_value(2.0)
    wait(lambda: abs(end.get_value_iface().get_current_value() - 16.9) < 0.01, 'the end to follow')
    end.get_value_iface().set_current_value(6.0)
    app.wait_text('Shortened to 4.0 seconds')
    assert abs(start.get_value_iface().get_current_value() - 2.0) < 0.01
    shot('fix-clip')
    app.click('Apply', role='button')
    app.wait_text('was fixed; the original is kept', 120)
    wait(lambda: not is_said(app, 'Reference Videos', 'seconds long'), 'the problem to go')
    assert not is_said(app, 'Reference Videos', 'frames per second')
    shot('fix-clip-done')
    app.close()


def test_keyboard():
    app = Create()
    app.click('Image to Video')
    app.resize(360, 700)
    app.drop('First Frame', 'wide.jpg')
    app.says('First Frame', 'is too wide')
    app.tab_to(lambda node: node.get_name() == 'Fix “wide.jpg”', 'Fix')
    app.key('Return')
    app.wait_text('Cropped to 2000 × 800')
    wait(lambda: app.focused() and app.focused().get_name() == 'Apply', 'Apply to have the focus')

    # it went away meanwhile: said, and nothing else happens
    os.rename(path('wide.jpg'), path('away.jpg'))
    app.key('Return')
    app.wait_text('The file is not there any more.')
    shot('fix-gone')
    os.rename(path('away.jpg'), path('wide.jpg'))
    app.key('Return')
    app.says('First Frame', '2000 × 800')
    wait(lambda: app.focused() and '2000 × 800' in app.focused().get_name(), 'the new file to have the focus')
    app.close()


if __name__ == '__main__':
    FILES.update(make_media())
    main([alone(test) for test in (test_picture, test_clip, test_keyboard)])
