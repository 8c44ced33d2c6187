# SPDX-License-Identifier: GPL-3.0-or-later
"""The reference panel in a real window: where a mixed drop goes that the mode cannot take, what was removed and comes
back. YUANJING_SHOTS=FOLDER leaves screenshots there."""
import os
import sys

from creating import FILES, PICTURE, W, Create, Drag, alone, make_media, paste, references, shot
from drive import Atspi, main, run, wait


def box(node):
    return node.get_component_iface().get_extents(Atspi.CoordType.WINDOW)


def test_mixed_into_text_to_video():
    """All that came together decides: a picture alone is a first frame, a picture among others is a reference."""
    app = Create()
    app.click('Text to Video')
    wait(lambda: not app.search('First Frame'), 'the slots to go')
    app.drop('Prompt', 'note.txt', 'one; 一.png', 'clip.mp4', 'sound.mp3')
    app.says('Reference Images', '1 of 9')
    app.says('Reference Videos', '1 of 3')
    app.says('Reference Audio', '1 of 3')
    app.says('Reference Videos', '1280 × 720\n0:03 · ')
    app.wait_text('“note.txt” was not added.')
    shot('panel-mixed')
    app.close()

    app = Create()
    app.click('Text to Video')
    wait(lambda: not app.search('First Frame'), 'the slots to go')
    app.drop('Prompt', PICTURE)
    app.says('First Frame', '1280 × 720')
    button = app.find('Write a prompt that says what to show.', role='button')
    picture = app.find(role='image', within=button)
    words = app.find('Write a prompt that says what to show.', role='label', within=button)
    wait(lambda: 0 < box(picture).x + box(picture).width <= box(words).x, 'the words to stand beside the picture')
    shot('panel-summary')
    app.close()


def test_dropped_again_while_set_aside():
    """What is there already, beside the slots, goes into the slot: it is not there twice, and takes no other's place."""
    app = references()
    app.drop('Reference Images', 'two.jpg', 'tiny.jpg')
    app.says('Reference Images', '2 of 9')
    app.click('Text to Video')
    app.wait_text('Set Aside')
    app.drop('Add Files', 'tiny.jpg')
    wait(lambda: app.tiles('First Frame') == ['two.jpg'], 'the first of them to be the first frame')
    app.wait_text('“tiny.jpg” was not added. It is set aside already.')
    app.drop('First Frame', 'tiny.jpg')
    wait(lambda: app.tiles('First Frame') == ['tiny.jpg'], 'what was dropped to be the first frame')
    wait(lambda: [n.get_name().split()[0] for n in app.search(role='grouping') if '·' in (n.get_name() or '')] == ['tiny.jpg', 'two.jpg'],
         'the other one to be set aside, and nothing twice')
    app.end()


def test_undo_by_keyboard():
    app = references()
    app.drop('Reference Images', 'one; 一.png', 'two.jpg', 'tiny.jpg')
    app.says('Reference Images', '3 of 9')
    app.tab_to(lambda n: (n.get_name() or '').startswith('one;'), 'the first picture')
    for left, focused in ((['two.jpg', 'tiny.jpg'], 'two.jpg'), (['tiny.jpg'], 'tiny.jpg'), ([], 'Choose or drop')):
        app.key('Delete')
        wait(lambda: app.tiles('Reference Images') == left, f'{left} to be left')
        wait(lambda: app.is_focused(focused), f'the focus on {focused}')
    for back in (['tiny.jpg'], ['two.jpg', 'tiny.jpg'], ['one;', 'two.jpg', 'tiny.jpg']):
        app.key('ctrl+z')
        wait(lambda: app.tiles('Reference Images') == back, f'{back} to be there')
        wait(lambda: app.is_focused(back[0]), f'the focus on {back[0]}')
    wait(lambda: not app.search('Undo'), 'the toasts to go')

    # where it is not taken any more it is set aside, and nothing of it is lost
    app.key('Delete')
    wait(lambda: app.tiles('Reference Images') == ['two.jpg', 'tiny.jpg'], 'the picture to go')
    app.click('Text to Video')
    app.wait_text('Set Aside')
    app.tab_to(lambda n: n.get_name() == 'Add Files', 'the panel')
    app.key('ctrl+z')
    app.find(lambda n: n.startswith('one;'), role='grouping')
    app.click('References to Video')
    wait(lambda: sorted(app.tiles('Reference Images')) == ['one;', 'tiny.jpg', 'two.jpg'], 'all three to be back')
    app.close()


def test_refusal_out_of_sight():
    """What was not added is told where the person looks, and one press away."""
    app = references()
    app.resize(1080, 480)
    # so is what a drop would do, before it
    dragged = Drag(app, 'clip.mp4')
    dragged.over(app.find('References to Video', 'radio button'))
    edge = box(app.find('Generate', role='button')).y - 20
    wait(lambda: any(0 < box(words).y < edge for words in app.search('Drop to add to: Reference Videos')),
         'what a drop would do to be in sight')
    shot('panel-hint-above')
    dragged.end()
    wait(lambda: not app.search(lambda n: n.startswith('Drop to add')), 'the words to go with the drag')
    app.says('Reference Videos', '1 of 3')

    app.drop('Reference Images', 'one; 一.png', 'note.txt')
    app.click('Show')           # of the toast, which does not stay for long
    notice = app.find(lambda n: n.startswith('“note.txt” was not added.'), role='alert')
    wait(lambda: 0 < box(notice).y < box(app.find('Generate', role='button')).y - 20, 'the notice to be in sight')
    app.end()


def test_each_refusal_by_name():
    """However many are refused, for however many reasons: each file is named where one asks for it."""
    app = references()
    names = ['empty', 'void', 'nothing']
    for name in names:
        open(os.path.join(W, f'{name}.jpg'), 'w').close()
    pipe, folder = os.path.join(W, 'pipe.jpg'), os.path.join(W, 'folder.jpg')
    os.mkfifo(pipe)
    os.mkdir(folder)
    os.symlink(os.path.join(W, 'nowhere.jpg'), os.path.join(W, 'dangling.jpg'))
    os.symlink('/dev/zero', os.path.join(W, 'endless.jpg'))
    paste(app, FILES['note.txt'], pipe, folder, *[os.path.join(W, f'{n}.jpg') for n in names + ['dangling', 'endless']])
    app.wait_text('3 files were not added. The file is empty.')
    app.wait_text('2 more were not added.')
    app.tab_to(lambda n: n.get_name() == 'Show All', 'all of it')
    shot('panel-notice-folded')
    app.key('Return')
    for name in ('note.txt', 'pipe.jpg', 'folder.jpg', 'dangling.jpg', 'endless.jpg'):
        app.wait_text(f'“{name}” was not added. ')
    app.wait_text('3 files were not added. The file is empty. Choose another one.\nempty.jpg, void.jpg, nothing.jpg')
    wait(lambda: app.is_focused('Dismiss'), 'the focus to stay at the notice')
    assert not app.search('Show All', 'button'), 'there is no more to show'
    shot('panel-notice-whole')
    app.key('Return')
    wait(lambda: not app.search(lambda n: 'not added' in n), 'the notice to go')

    # the next one begins folded
    paste(app, *[os.path.join(W, f'{n}.jpg') for n in names])
    app.wait_text('3 files were not added. The file is empty.')
    app.find('Show All', 'button')
    app.end()


def test_vanishes_while_looked_at():
    """A picture stays on show when its file goes; who looks again, or sends it, is told."""
    app = references()
    path = os.path.join(W, 'vanishing.jpg')
    run('cp', FILES['two.jpg'], path)
    paste(app, path)
    app.says('Reference Images', '1 of 9')
    app.tab_to(lambda n: (n.get_name() or '').startswith('vanishing'), 'the picture')
    app.key('space')
    dialog = app.find('vanishing.jpg', role='dialog')
    app.find('Zoom In', role='button', within=dialog)

    def percent():
        return next(n.get_name() for n in app.walk(dialog) if (n.get_name() or '').endswith('%'))
    os.remove(path)
    before = percent()
    app.key('plus')
    wait(lambda: percent() != before, 'a closer look')
    assert not app.search('No Preview', within=dialog), 'the picture went with its file'
    app.key('Escape')
    wait(lambda: not app.search('vanishing.jpg', role='dialog'), 'the large picture to close')
    wait(lambda: app.is_focused('vanishing'), 'the focus on the picture')

    app.key('space')
    dialog = app.find('vanishing.jpg', role='dialog')
    app.find('No Preview', within=dialog)
    app.find(lambda n: n.startswith('The file is not there any more.'), within=dialog)
    app.key('Escape')
    wait(lambda: not app.search('vanishing.jpg', role='dialog'), 'the large picture to close')

    # it has a mark where it lies, and is not sent
    app.set_text('Prompt', 'p')
    app.wait_text('“vanishing.jpg” is not there any more. Put it back, replace it or remove it.')
    app.says('Reference Images', 'Not There Any More')
    wait(lambda: not app.is_on('Generate'), 'Generate to be off')
    shot('panel-lost')
    run('cp', FILES['two.jpg'], path)
    wait(lambda: not app.search('Not There Any More'), 'the mark to go')
    wait(lambda: app.is_on('Generate'), 'Generate to be on')

    # a folder in its place is none that could be read
    os.remove(path)
    os.mkdir(path)
    app.wait_text('“vanishing.jpg” cannot be read any more.')
    app.says('Reference Images', 'Cannot Be Read')
    app.click('Remove “vanishing.jpg”', role='button')
    wait(lambda: app.tiles('Reference Images') == [], 'the picture to go')
    assert not app.search(lambda n: 'cannot be read any more' in n), 'it is gone, and still complained about'
    app.focus()
    app.key('ctrl+z')
    app.says('Reference Images', 'Cannot Be Read')
    app.click('Replace “vanishing.jpg”', role='button')
    app.find('Files the Model Takes')   # where another one is chosen
    app.end()


def test_not_ours_to_read():
    """A file and a folder of somebody else each get their sentence; one attached before that was taken away has a mark."""
    program, wrapper = os.environ['YUANJING_APP'], os.path.join(W, 'without-privileges')
    with open(wrapper, 'w') as f:
        # Root reads everything: the program goes without that privilege.
        drop = 'setpriv --bounding-set=-dac_override,-dac_read_search ' if os.geteuid() == 0 else ''
        f.write(f'#!/bin/sh\nexec {drop}{program} "$@"\n')
    os.chmod(wrapper, 0o755)
    os.environ['YUANJING_APP'] = wrapper
    secret, folder, mine = (os.path.join(W, name) for name in ('secret.jpg', 'closed', 'mine.jpg'))
    run('cp', FILES['two.jpg'], secret)
    run('cp', FILES['two.jpg'], mine)
    os.chmod(secret, 0)
    os.mkdir(folder, 0)
    try:
        app = references()
        app.drop('Reference Images', secret, mine)
        app.wait_text('“secret.jpg” was not added. There is no permission to read it. Change its permissions, or copy it to a folder of yours.')
        app.says('Reference Images', '1 of 9')
        shot('panel-not-ours')
        app.drop('Reference Images', folder)
        app.wait_text('“closed” was not added. This folder cannot be opened. Check its permissions, or add the files themselves.')
        os.chmod(mine, 0)
        app.set_text('Prompt', 'p')
        app.wait_text('“mine.jpg” cannot be read any more.')
        os.chmod(mine, 0o644)
        wait(lambda: not app.search(lambda n: 'cannot be read any more' in n), 'the mark to go')
        app.end()
    finally:
        os.environ['YUANJING_APP'] = program
        os.rmdir(folder)


def test_gone_before():
    """What went while the app was closed has its mark when the draft is opened; what is set aside, too."""
    folder = os.path.join(W, 'data-gone')
    path = os.path.join(W, 'soon gone.jpg')
    run('cp', FILES['two.jpg'], path)
    app = Create(folder)
    app.click('References to Video')
    paste(app, path)
    app.says('Reference Images', '1 of 9')
    app.close()
    os.remove(path)
    app = Create(folder)
    app.says('Reference Images', 'Not There Any More')
    app.wait_text('“soon gone.jpg” is not there any more.')
    app.click('Text to Video')
    app.wait_text('Set Aside')
    app.find('Not There Any More')
    app.close()


def test_written_anew():
    """A picture that another program writes anew is looked into anew, seen as it is now, and checked by the rules."""
    folder = os.path.join(W, 'data-anew')
    path = os.path.join(W, 'anew.jpg')
    run('cp', FILES['two.jpg'], path)
    app = Create(folder)
    app.click('References to Video')
    app.set_text('Prompt', 'p')
    paste(app, path)
    app.says('Reference Images', '800 × 1200')

    def red(size):
        run('convert', '-size', size, 'xc:red', path)
    red('200x150')
    app.says('Reference Images', '200 × 150')
    app.wait_text('“anew.jpg” is only 150 pixels long on one side')
    x, y = app.rest(app.find(lambda n: n.startswith('anew.jpg'), role='grouping'))
    pixel = ('import', '-window', 'root', '-crop', f'1x1+{x}+{y - 20}', '-depth', '8', 'txt:-')
    wait(lambda: any(colour in run(*pixel) for colour in ('#FE0000', '#FF0000')), 'the new picture')

    with open(path, 'w') as f:
        f.write('no picture any more')
    app.says('Reference Images', 'Cannot Be Used')
    app.wait_text('“anew.jpg” was changed, and cannot be used as it is now.')
    shot('panel-anew')
    wait(lambda: not app.is_on('Generate'), 'Generate to be off')
    red('640x480')
    app.says('Reference Images', '640 × 480')
    wait(lambda: app.is_on('Generate') and not app.search('Cannot Be Used'), 'Generate to be on')
    app.end()

    # while the app was closed
    red('1280x720')
    app = Create(folder)
    app.says('Reference Images', '1280 × 720')
    app.end()

    # and so that neither its size nor the time of its writing tells
    sizes = []
    for size in ('720x1280', '1280x720'):
        run('convert', '-size', size, 'xc:red', f'bmp3:{path}')
        sizes.append(os.path.getsize(path))
        os.utime(path, (1700000000, 1700000000))
        app = Create(folder)
        app.says('Reference Images', size.replace('x', ' × '))
        app.end()
    assert sizes[0] == sizes[1], sizes


if __name__ == '__main__':
    FILES.update(make_media())
    tests = [test_mixed_into_text_to_video, test_each_refusal_by_name, test_undo_by_keyboard, test_refusal_out_of_sight,
             test_dropped_again_while_set_aside, test_vanishes_while_looked_at, test_not_ours_to_read, test_gone_before, test_written_anew]
    main([alone(test) for test in tests if len(sys.argv) < 2 or sys.argv[1] in test.__name__])
