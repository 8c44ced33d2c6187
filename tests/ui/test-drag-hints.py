# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said while something is dragged over the Create place, before it is dropped. YUANJING_SHOTS=FOLDER leaves
screenshots there."""
import sys

from creating import FILES, Create, Drag, alone, make_media, paste, references, shot
from drive import Atspi, main, wait


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


if __name__ == '__main__':
    FILES.update(make_media())
    tests = [test_clip_over_a_picture, test_over_the_only_frame]
    main([alone(test) for test in tests if len(sys.argv) < 2 or sys.argv[1] in test.__name__])
