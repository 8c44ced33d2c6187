# SPDX-License-Identifier: GPL-3.0-or-later
"""A video exported with its recipe, and the recipe taken back by another library."""
import filecmp
import json
import os
import shutil

from drive import App, DragSource, main, screenshot, wait
from works import PICTURE, PROMPT, Works, choose_folder, open_card, same


def export(platform, folder):
    app = platform.open()
    open_card(app)
    app.focus()
    app.click('More', role='toggle button')
    wait(lambda: app.search(role='menu item'), 'the menu')
    app.key('e')
    choose_folder(app, 'Export with Recipe', 'Export Here', folder)
    app.wait_text(f'Exported to the folder “{PROMPT}”')
    app.end()


def test_there_and_back():
    giver = Works()
    giver.make('--picture', PICTURE, PROMPT)
    folder = os.path.join(os.environ['W'], '配方')
    os.mkdir(folder)
    export(giver, folder)
    made = os.path.join(folder, PROMPT)
    recipe = os.path.join(made, PROMPT + '.yuanjing.json')
    same('files', sorted(os.listdir(made)), [PROMPT + '.mp4', PROMPT + '.yuanjing.json', 'references'])
    same('video', filecmp.cmp(os.path.join(made, PROMPT + '.mp4'), os.path.join(giver.folder, 'videos', giver.videos()[0]), False), True)
    same('references', os.listdir(os.path.join(made, 'references')), ['1.jpg'])
    with open(recipe) as f:
        text = f.read()
    same('prompt', json.loads(text)['prompt'], PROMPT)
    for private in (giver.folder, os.environ['HOME'], giver.key, giver.url):
        same(f'{private} told', private in text, False)
    giver.close()

    taker = Works()
    app = App(recipe, env=taker.env)
    app.resize(1080, 720)
    app.find('Generate', 'button')
    wait(lambda: PROMPT in app.text(app.find('Prompt', where=lambda n: n.get_text_iface() is not None)), 'the prompt')
    app.wait_text('moon-lake.jpg')
    if 'SHOTS' in os.environ:
        screenshot(os.path.join(os.environ['SHOTS'], 'imported.png'))
    app.click('Generate', 'button')
    wait(lambda: len(taker.videos()) == 1, 'a video of the recipe')

    # One that lies without its references says so, and one that is none does not become anything.
    alone = os.path.join(os.environ['W'], 'alone.yuanjing.json')
    shutil.copy(recipe, alone)
    source = DragSource(alone)
    source.drop_on(app, app.find('Prompt', where=lambda n: n.get_text_iface() is not None))
    app.wait_text('1 reference of the recipe is missing')
    source.close()
    with open(alone, 'w') as f:
        f.write('{"recipe": 3}')
    source = DragSource(alone)
    source.drop_on(app, app.find('Add Files', 'button'))
    app.wait_text('This is not a recipe that can be read')
    source.close()
    app.end()
    taker.close()


main([test_there_and_back])
