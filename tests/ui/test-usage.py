# SPDX-License-Identifier: GPL-3.0-or-later
"""The ledger: what was used as a table and a chart, its file, and the limit of a month that asks first."""
import csv
import datetime
import os
import sqlite3
import sys
import time

from drive import App, Platform, main, screenshot, wait
from ordering import SHOTS, Create


def open_usage(app):
    app.key('ctrl+u')
    app.find('This Month')


def fill(folder):
    """What was used: twice this month, and once in the month before."""
    first = datetime.datetime.now().replace(day=1, hour=0, minute=0, second=1)
    before = first - datetime.timedelta(days=3)
    rows = [
        (first, 't2v', None, 'viduq3-pro', '{"credits": 10, "duration": 5}'),
        (first, 't2v', None, 'viduq3-pro', '{"credits": 11, "duration": 5}'),
        (first, 'i2v', None, 'Seedance 1.5 Pro', '{"total_tokens": 108900}'),
        (first, 'i2v', None, '=cmd()', None),
        (first, 'chat', None, 'qwen3-max', '{"prompt_tokens": 900, "completion_tokens": 2310}'),
        (before, 'r2v', None, 'viduq3-pro', '{"credits": 44}'),
    ]
    library = sqlite3.connect(os.path.join(folder, 'library.db'), timeout=30)
    library.executemany('INSERT INTO uses (moment, mode, model_id, model, usage) VALUES (?, ?, ?, ?, ?)',
                        [(int(moment.timestamp() * 1e6), *rest) for moment, *rest in rows])
    library.commit()
    library.close()


def says(app, *words):
    """Waits until all of it is on show."""
    wait(lambda: all(word in text for text in [app.all_text()] for word in words), lambda: f'{words}, shown is:\n{app.all_text()}')


def shot(name):
    if SHOTS:
        time.sleep(0.7)
        screenshot(os.path.join(SHOTS, f'{name}.png'))


def test_table_and_file():
    with Platform() as platform:
        app = App(env=platform.env)
        app.click('Create')
        app.find('Prompt')
        fill(platform.folder)
        open_usage(app)
        says(app, 'Of 1 of them the platform told no figures', 'viduq3-pro: credits', '21', '108,900', '4 videos and 1 answer',
             'The table says the same')
        shot('usage')
        app.click('By Model')
        says(app, '=cmd()', 'Total')
        app.click('Last Month')
        says(app, '1 video', '44')
        app.click('All Time')
        says(app, '5 videos and 1 answer')

        app.click('Export as CSV…')
        path = os.path.join(os.environ['W'], 'used.csv')
        save_in_dialog(app, path)
        # It is there before its content is.
        raw = wait(lambda: os.path.exists(path) and read(path), 'the whole file')
        assert raw.startswith(b'\xef\xbb\xbf"Time"'), raw[:40]
        with open(path, encoding='utf-8-sig', newline='') as f:
            table = list(csv.reader(f))
        assert any("'=cmd()" in row for row in table), 'a formula'
        assert sum(row[6:] == ['credits', '44'] for row in table) == 1, table[:3]
        app.end()


def read(path):
    with open(path, 'rb') as f:
        raw = f.read()
    return raw if raw.endswith(b'\r\n') else None


def save_in_dialog(app, path):
    dialog = app.find('Export as CSV', where=lambda n: n.get_role_name() in ('dialog', 'file chooser', 'frame', 'window'))
    entry = app.find(role='text', where=lambda n: n.get_editable_text_iface() is not None, within=dialog)
    assert app.text(entry).startswith('Usage 20') and app.text(entry).endswith('.csv'), app.text(entry)
    entry.get_editable_text_iface().set_text_contents(path)
    app.find('Save', 'button', within=dialog).get_action_iface().do_action(0)


def set_limit(unit, limit):
    folder = os.path.join(os.environ.get('XDG_CONFIG_HOME') or os.path.expanduser('~/.config'), 'glib-2.0', 'settings')
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, 'keyfile'), 'w') as f:
        f.write(f"[ai/opencomputing/Yuanjing]\nusage-limit-unit='{unit}'\nusage-limit={limit:.1f}\n")


def test_limit_asks():
    with Platform() as platform:
        set_limit('jobs', 2)
        app = Create(platform)
        open_usage(app)
        app.wait_text('Nothing Was Used')
        shot('usage-limit')
        app.key('Escape')
        wait(lambda: not app.search('This Month'), 'the dialog to go')

        # two at once are within it
        app.takes(2)
        app.click('Generate', role='button')
        app.has_rows(2)
        # the third is not: asked, and no second press slips through
        app.set_text('Prompt', 'a bear')
        app.wait_ready()
        app.key('ctrl+Return', 'ctrl+Return', 'ctrl+Return')
        app.find('Go Past the Limit?', role='alert')
        app.wait_text('Limit: 2')
        app.wait_text('This order: 1')
        shot('limit-asks')
        app.press_in_dialog('Go Past the Limit?', 'Cancel')
        app.wait_ready()
        assert len(app.rows()) == 2, app.rows()
        wait(lambda: sum('Ready' in app.words(row) for row in app.rows()) == 2, 'both videos', 120)
        app.click('Generate', role='button')
        app.press_in_dialog('Go Past the Limit?', 'Generate Anyway')
        app.has_rows(3)
        wait(lambda: sum('Ready' in app.words(row) for row in app.rows()) == 3, 'the third video', 120)

        # by what replies told: the sandbox is no sandbox here, but a platform that says "credits"
        open_usage(app)
        says(app, '3 videos', 'credits')
        shot('usage-after')
        app.key('Escape')
        app.end()


if __name__ == '__main__':
    tests = [test_table_and_file, test_limit_asks]
    main([test for test in tests if len(sys.argv) < 2 or sys.argv[1] in test.__name__])
