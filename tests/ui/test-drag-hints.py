# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said while something is dragged over the Create place, before it is dropped. YUANJING_SHOTS=FOLDER leaves
screenshots there."""
import os
import signal
import sys

from creating import FILES, MEDIA, W, Create, Drag, alone, make_media, paste, references, shot
from drive import Atspi, main, run, wait


def hints(app):
    return [n.get_name() for n in app.search(lambda n: n.startswith('Drop to'), role='label')]


def test_clip_over_a_picture():
    """What the slot under the pointer does not take replaces nothing there, and nobody says so."""
    app = references()
    paste(app, FILES['one; 一.png'], FILES['two.jpg'])
    app.says('Reference Images', '2 of 9')
    dragged = Drag(app, 'clip.mp4')
    dragged.over(app.find(lambda n: n.startswith('two.jpg'), role='grouping'))
    app.wait_text('Drop to add to: Reference Videos')
    assert not [text for text in hints(app) if 'replace' in text], hints(app)
    shot('drag-hints-clip-over-picture')
    dragged.end()
    app.says('Reference Videos', '1 of 3')
    wait(lambda: app.tiles('Reference Images') == ['one;', 'two.jpg'], 'both pictures to stay')
    app.close()


def test_over_the_only_frame():
    """A place for one file gives it away wherever one drops on it; the sentence names it, though not the middle is hit."""
    app = Create()
    app.click('Image to Video')
    paste(app, FILES['two.jpg'])
    wait(lambda: app.tiles('First Frame') == ['two.jpg'], 'the picture')
    dragged = Drag(app, 'tiny.jpg')
    tile = app.find(lambda n: n.startswith('two.jpg'), role='grouping')
    dragged.over(tile, aside=-int(0.4 * tile.get_component_iface().get_extents(Atspi.CoordType.WINDOW).width))
    app.wait_text('Drop to replace “two.jpg”')
    dragged.end()
    wait(lambda: app.tiles('First Frame') == ['tiny.jpg'], 'the picture to be replaced')
    app.close()


def test_still_pointer():
    """What is dragged is known only a moment after it came; that is told though the pointer does not move any more."""
    app = references()
    uris = os.path.join(W, 'uris')
    with open(uris, 'w') as f:
        f.write(''.join(f'file://{FILES[name]}\r\n' for name in ('clip.mp4', 'two.jpg')))
    os.environ['HELD'] = '1'
    dragged = Drag(app, f'text/uri-list={uris}')
    del os.environ['HELD']
    dragged.over(app.find('Choose or drop a picture: Reference Images'))
    assert dragged.source.listen('the question what it is') == 'asked'
    assert hints(app) == [], hints(app)
    dragged.source.process.send_signal(signal.SIGUSR1)
    app.wait_text('Drop to add to: Reference Images, Reference Videos')
    dragged.end()
    app.says('Reference Videos', '1 of 3')
    app.close()


def make_foreign():
    """A clip and a sound as few models take them."""
    clip, sound = (os.path.join(MEDIA, name) for name in ('clip.webm', 'sound.flac'))
    run('gst-launch-1.0', '-q', 'videotestsrc', 'num-buffers=75', '!', 'video/x-raw,width=1280,height=720,framerate=25/1', '!',
        'vp8enc', 'deadline=1', '!', 'webmmux', '!', 'filesink', f'location={clip}')
    run('gst-launch-1.0', '-q', 'audiotestsrc', 'num-buffers=200', '!', 'audioconvert', '!', 'flacenc', '!', 'filesink', f'location={sound}')
    return clip, sound


def test_type_to_fix():
    """A type that the model does not take is named before the drop, with what is to be done; one that it takes is not."""
    app = references()
    clip, sound = make_foreign()
    dragged = Drag(app, clip)
    dragged.over(app.find('Choose or drop a video: Reference Videos'))
    app.wait_text('Drop to add here; WebM needs Fix')
    app.wait_text('Drop to add to: Reference Videos; WebM needs Fix')
    shot('drag-hints-webm')
    dragged.end()
    app.wait_text('“clip.webm” is of type WebM; the model takes: MP4, MOV.')
    app.find('Fix “clip.webm”', 'button')
    dragged = Drag(app, clip, sound)
    dragged.over(app.find('Choose or drop a sound: Reference Audio'))
    app.wait_text('Drop to add to: Reference Videos, Reference Audio; 2 files need Fix')
    app.wait_text('Drop to add here; FLAC needs Fix')
    dragged.end()
    app.says('Reference Audio', '1 of 3')
    # what it takes is dragged as before, a picture and a sound that has several names
    wav = os.path.join(MEDIA, 'sound.wav')
    run('gst-launch-1.0', '-q', 'audiotestsrc', 'num-buffers=200', '!', 'audioconvert', '!', 'wavenc', '!', 'filesink', f'location={wav}')
    dragged = Drag(app, wav, 'clip.mp4')
    dragged.over(app.find('Choose or drop a sound: Reference Audio'))
    app.wait_text('Drop to add to: Reference Videos, Reference Audio')
    assert not [text for text in hints(app) if 'Fix' in text], hints(app)
    dragged.end()
    app.says('Reference Audio', '2 of 3')
    app.end()


if __name__ == '__main__':
    FILES.update(make_media())
    tests = [test_clip_over_a_picture, test_over_the_only_frame, test_still_pointer, test_type_to_fix]
    main([alone(test) for test in tests if len(sys.argv) < 2 or sys.argv[1] in test.__name__])
