# SPDX-License-Identifier: GPL-3.0-or-later
"""Fix in a real window: a picture of a wrong shape, a clip and a sound that are too long; what was wrong is gone, Undo brings it back,
Cancel changes nothing, and a file that has gone is told of; with the keyboard alone, too. YUANJING_SHOTS=FOLDER leaves
screenshots there."""
import os
import sys

from creating import FILES, W, Create, alone, shot
from drive import main, run, wait


def path(name):
    return os.path.join(W, name)


def make_media():
    run('convert', '-size', '3000x800', 'gradient:red-blue', path('wide.jpg'))
    run('convert', '-size', '1280x960', 'gradient:orange-purple', path('telephone.heic'))
    run('gst-launch-1.0', '-q', 'videotestsrc', 'pattern=ball', 'num-buffers=170', '!',
        'video/x-raw,width=864,height=480,framerate=10/1', '!', 'x264enc', 'speed-preset=ultrafast', 'key-int-max=10', '!', 'h264parse',
        '!', 'mp4mux', '!', 'filesink', f'location={path("long.mp4")}')
    run('gst-launch-1.0', '-q', 'audiotestsrc', 'num-buffers=900', '!', 'audioconvert', '!', 'lamemp3enc', '!', 'filesink',
        f'location={path("long.mp3")}')
    return {name: path(name) for name in ('wide.jpg', 'telephone.heic', 'long.mp4', 'long.mp3')}


def is_said(app, slot, text):
    return any(text in (n.get_name() or '') for n in app.walk(app.group(slot)))


def play(app):
    """Presses Play; gives the button, whose name says what it does next."""
    button = app.find('Play This Part', role='button')
    button.get_action_iface().do_action(0)
    wait(lambda: button.get_name() == 'Pause', 'it to play')
    return button


def is_still(button):
    wait(lambda: button.get_name() == 'Play This Part', 'it to be still')


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


def test_telephone():
    """A picture as telephones write it is seen, told of, and becomes what the model takes."""
    app = Create()
    app.click('Image to Video')
    app.drop('First Frame', 'telephone.heic')
    app.says('First Frame', '1280 × 960')
    app.says('First Frame', 'HEIC')
    shot('fix-heic')
    app.click('Fix “telephone.heic”', role='button')
    app.wait_text('Converted to JPEG')
    assert not app.search('Background'), 'there is nothing to be seen through'
    shot('fix-heic-dialog')
    wait(lambda: app.is_on('Apply'), 'the new picture')
    app.click('Apply', role='button')
    wait(lambda: 'HEIC' not in ' '.join(n.get_name() or '' for n in app.walk(app.group('First Frame'))), 'what was wrong to go')
    app.says('First Frame', '1280 × 960')
    app.set_text('Prompt', 'p')
    wait(lambda: app.is_on('Generate'), 'Generate to be on')
    app.end()


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
    # the part can be played; another part is another matter
    end.get_value_iface().set_current_value(16.0)
    button = play(app)
    end.get_value_iface().set_current_value(6.0)
    is_still(button)
    shot('fix-clip')
    app.click('Apply', role='button')
    app.wait_text('was fixed; the original is kept', 120)
    wait(lambda: not is_said(app, 'Reference Videos', 'seconds long'), 'the problem to go')
    assert not is_said(app, 'Reference Videos', 'frames per second')
    shot('fix-clip-done')
    app.close()


def test_sound():
    app = Create()
    app.click('References to Video')
    app.drop('Reference Audio', 'long.mp3')
    app.says('Reference Audio', 'seconds long')
    app.click('Fix “long.mp3”', role='button')
    end = app.find('End', role='slider').get_value_iface()
    button = play(app)
    shot('fix-sound')
    button.get_action_iface().do_action(0)
    is_still(button)
    # no further than its end
    end.set_current_value(2.0)
    play(app)
    is_still(button)
    # still playing when it is closed
    end.set_current_value(15.0)
    play(app)
    app.click('Cancel', role='button')
    wait(lambda: not app.search('After'), 'the dialog to close')
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
    wait(lambda: app.is_focused('Apply'), 'Apply to have the focus')

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
    tests = (test_picture, test_telephone, test_clip, test_sound, test_keyboard)
    main([alone(test) for test in tests if len(sys.argv) < 2 or sys.argv[1] in test.__name__])
