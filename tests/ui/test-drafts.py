# SPDX-License-Identifier: GPL-3.0-or-later
"""Several drafts side by side in Create: each its own prompt, files and model; by pointer and by keyboard; after kill -9."""
import os
import sys
import time

from drive import App, Atspi, DragSource, Failed, main, run, screenshot, wait

W = os.environ['W']
SHOTS = os.environ.get('YUANJING_SHOTS')
PICTURE = os.path.join(W, 'picture.png')


class Create(App):
    def __init__(self, folder):
        super().__init__('--sandbox', env={'YUANJING_DATA_DIR': os.path.join(W, folder), 'GSETTINGS_BACKEND': 'keyfile'})
        self.click('Create')
        self.find('Generate', role='button')

    def prompt(self):
        return self.text(self.find('Prompt', role='text'))

    def shows(self, prompt):
        wait(lambda: self.prompt() == prompt, f'the draft {prompt!r}')

    def tabs(self):
        """The names of the drafts, in order; [] while there is one."""
        bars = self.search('Drafts')
        return [n.get_name() for n in self.search(role='page tab', within=bars[0])] if bars else []

    def has_tabs(self, *names):
        wait(lambda: self.tabs() == list(names), f'the tabs {names}')

    def shot(self, name):
        if SHOTS:
            time.sleep(0.4)
            screenshot(os.path.join(SHOTS, f'{name}.png'))


def test_side_by_side():
    app = Create('drafts')
    assert app.tabs() == [], 'one draft has a bar of its own'
    app.click('Image to Video')
    source = DragSource(PICTURE)
    source.drop_on(app, app.find('First Frame'))
    source.close()
    app.wait_text('640 × 480')
    app.set_text('Prompt', 'A fox in the snow')

    # another one, by keyboard: nothing of the first is in it
    app.focus()
    app.key('ctrl+n')
    app.has_tabs('A fox in the snow', 'New Draft')
    app.shows('')
    app.type('the moon')
    app.has_tabs('A fox in the snow', 'the moon')
    wait(lambda: '640 × 480' not in app.all_text(), 'an empty slot')
    app.click('References to Video')
    app.find('Reference Videos')
    app.shot('drafts')
    app.click('Do Not Tell Again')      # so that the prompt is in sight
    wait(lambda: not app.search('Do Not Tell Again'), 'the note to go')

    # there and back
    app.key('ctrl+Prior')
    app.shows('A fox in the snow')
    app.wait_text('640 × 480')
    app.find('First Frame')
    app.key('ctrl+Prior')
    app.shows('the moon')
    app.find('Reference Videos')

    # and each is gone on with where it was left
    app.click_into(lambda: app.find('Prompt', role='text'))
    app.key('ctrl+Home', 'Right', 'Right', 'Right')
    app.key('ctrl+Prior')
    app.shows('A fox in the snow')
    app.key('ctrl+Prior')
    app.shows('the moon')
    app.type('se')
    app.shows('these moon')
    app.set_text('Prompt', 'the moon')
    app.shows('the moon')

    # twice the same, and a name for it
    app.pointer_click('A fox in the snow', role='page tab')
    app.shows('A fox in the snow')
    app.focus()
    app.key('ctrl+d')
    app.has_tabs('A fox in the snow', 'A fox in the snow', 'the moon')
    app.wait_text('640 × 480')
    app.key('F2')
    app.find('Rename Draft')
    wait(lambda: app.search('Name', role='text'), 'the entry')
    app.type('Second fox')
    app.key('Return')
    app.has_tabs('A fox in the snow', 'Second fox', 'the moon')
    wait(lambda: not app.search('Rename Draft'), 'the dialog to go')

    # its place
    app.focus()
    app.key('ctrl+shift+Next')
    app.has_tabs('A fox in the snow', 'the moon', 'Second fox')

    # a moment later it is all on disk, whatever happens then
    time.sleep(1)
    app.kill()
    app = Create('drafts')
    app.has_tabs('A fox in the snow', 'the moon', 'Second fox')
    app.shows('A fox in the snow')
    app.wait_text('640 × 480')
    app.resize(360, 640)
    wait(lambda: 'WIDTH=360' in run('xdotool', 'getwindowgeometry', '--shell', app.window), 'a window of 360 px')
    app.shot('drafts-narrow')
    app.end()


def test_close_and_undo():
    app = Create('closed')
    app.set_text('Prompt', 'one')
    app.click('New Draft')
    app.shows('')
    app.set_text('Prompt', 'two')
    app.has_tabs('one', 'two')
    app.focus()
    app.key('ctrl+shift+w')
    app.shows('one')
    wait(lambda: app.tabs() == [], 'the bar to go')
    app.click('Undo')
    app.has_tabs('one', 'two')
    app.shows('two')

    # the last one too
    app.focus()
    app.key('ctrl+shift+w')
    app.shows('one')
    app.key('ctrl+shift+w')
    app.shows('')
    app.end()

    app = Create('closed')
    app.shows('')
    assert app.tabs() == [], 'what was closed is back'
    app.end()


def edges(node):
    """The left and right edge of a node, in the window."""
    box = node.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
    return box.x, box.x + box.width


def is_seen(app, name):
    """The tab of the draft on show is seen whole, its close button too."""
    left, right = edges(app.find('Drafts'))
    return all(left <= side <= right for node in (app.find(name, 'page tab'), app.find(f'Close “{name}”', 'button'))
               for side in edges(node))


def test_narrow():
    """A phone's width: the tab on show is in sight, and the keys work from the first moment."""
    app = Create('narrow')
    app.resize(360, 640)
    app.focus()
    app.set_text('Prompt', 'one')
    for name in ('two', 'three', 'four', 'five'):
        app.key('ctrl+n')
        app.shows('')
        app.type(name)
        wait(lambda: is_seen(app, name), f'the tab of {name} to be in sight')
    app.key('ctrl+Prior', 'ctrl+Prior', 'ctrl+Prior', 'ctrl+Prior')
    app.shows('one')
    wait(lambda: is_seen(app, 'one'), 'the first tab to be in sight')
    app.click('Image to Video')
    # the prompt, which has the focus, may have pushed the slot out of sight
    run('xdotool', 'mousemove', *map(str, app.rest(app.find('Prompt', role='text'))), 'click', '--repeat', '15', '4')
    source = DragSource(PICTURE)
    source.drop_on(app, app.find('First Frame'))
    source.close()
    app.wait_text('640 × 480')
    app.key('ctrl+Next')
    app.shows('two')
    app.end()

    # nothing has been clicked yet
    app = Create.__new__(Create)
    App.__init__(app, '--sandbox', env={'YUANJING_DATA_DIR': os.path.join(W, 'narrow'), 'GSETTINGS_BACKEND': 'keyfile'})
    app.find('Generate', role='button')
    app.focus()
    app.key('ctrl+Prior')
    app.shows('one')
    app.shot('drafts-narrow-pictures')
    summary = app.find(lambda name: name.startswith('To HappyHorse'), 'button')
    words = app.find(role='label', within=summary)
    wait(lambda: edges(words)[0] - edges(summary)[0] > 32, 'room for the picture beside what will be sent')
    app.end()


def test_cursor():
    """One goes on writing where one was, in another draft and after a restart."""
    app = Create('cursor')
    app.click('Text to Video')
    app.focus()
    app.click_into(lambda: app.find('Prompt', role='text'))
    app.type('a fox in the snow')
    app.key('Home', 'ctrl+Right')

    def stands_at(n):
        wait(lambda: Atspi.Text.get_caret_offset(app.find('Prompt', role='text').get_text_iface()) == n, f'the cursor at {n}')
    stands_at(1)
    app.key('ctrl+n')
    app.shows('')
    app.type('the moon')
    app.click('a fox in the snow', role='page tab')
    app.shows('a fox in the snow')
    stands_at(1)
    app.click_into(lambda: app.find('Prompt', role='text'))
    app.key('Home', 'ctrl+Right', 'ctrl+Right')
    stands_at(5)
    app.close()
    app = Create('cursor')
    app.shows('a fox in the snow')
    stands_at(5)
    app.end()


def test_modes_in_chinese():
    """Side by side wherever there is room for them; no letters of mnemonics in the buttons."""
    app = App('--sandbox', env={'YUANJING_DATA_DIR': os.path.join(W, 'chinese'), 'GSETTINGS_BACKEND': 'keyfile',
                                'LANG': 'zh_CN.UTF-8'})
    app.click('创作')
    app.find('生成', role='button')
    app.resize(360, 640)
    modes = [app.find(name, 'radio button') for name in ('文生视频', '图生视频', '参考生视频')]
    wait(lambda: len({app.place(mode)[1] for mode in modes}) == 1, 'the modes in one row')
    names = [button.get_name() for button in app.search(role='button', within=app.find('创作', 'panel'), showing=False)]
    assert '重新开始' in names and not [name for name in names if '(' in name], names
    app.end()


if __name__ == '__main__':
    run('convert', '-size', '640x480', 'gradient:blue-red', PICTURE)
    tests = [test_side_by_side, test_close_and_undo, test_narrow, test_cursor, test_modes_in_chinese]
    main([test for test in tests if len(sys.argv) < 2 or sys.argv[1] in test.__name__])
