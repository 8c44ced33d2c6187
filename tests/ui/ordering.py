# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of Generate and of the queue beside the form share. YUANJING_SHOTS=FOLDER leaves screenshots there."""
import os
import time

from drive import App, Atspi, screenshot, wait

SHOTS = os.environ.get('YUANJING_SHOTS')
MENU = 'Takes, Models, a Cheap Try'


class Create(App):
    """The app on a platform of its own, in Create, with a prompt."""

    def __init__(self, platform, prompt='a fox', mode='Text to Video'):
        super().__init__(env={**platform.env, 'GSETTINGS_BACKEND': 'keyfile'})
        self.click('Create')
        self.click(mode)
        self.set_text('Prompt', prompt)
        self.wait_ready()

    def wait_ready(self):
        wait(lambda: self.find('Generate', 'button').get_state_set().contains(Atspi.StateType.SENSITIVE), 'Generate to be on')

    def rows(self):
        lists = self.search('Recent Jobs', role='list')
        return self.search(role='list item', within=lists[0]) if lists else []

    def words(self, row):
        return '\n'.join(n.get_name() or '' for n in self.walk(row))

    def prompts(self):
        """Those of the jobs, from above."""
        words = ('first', 'second', 'third', 'fourth')
        return [next(w for w in self.words(row).split('\n') if w in words) for row in self.rows()]

    def has_rows(self, n):
        wait(lambda: len(self.rows()) == n, f'{n} jobs')

    def takes(self, n):
        self.click(MENU)
        self.find('Takes', role='spin button').get_value_iface().set_current_value(n)
        wait(lambda: any(name.startswith(f'{n} takes.') for name in [b.get_name() or '' for b in self.search(role='button')]),
             f'{n} takes in the summary')
        self.key('Escape')
        wait(lambda: not self.search('Takes', role='spin button'), 'the menu to go')

    def press_in_row(self, prompt, name):
        row = next(row for row in self.rows() if prompt in self.words(row).split('\n'))
        self.find(name, 'button', within=row).get_action_iface().do_action(0)

    def press_in_dialog(self, heading, name):
        dialog = self.find(heading, role='alert')
        self.find(name, 'button', within=dialog).get_action_iface().do_action(0)
        wait(lambda: not self.search(heading, role='alert'), 'the dialog to go')

    def focus_row(self, row):
        """Leaves the keyboard focus in a row: on its menu button, which its menu gives it back to."""
        more = [n for n in self.walk(row) if n.get_role_name() == 'toggle button'][0]
        more.get_action_iface().do_action(0)
        wait(lambda: self.search(role='menu item'), 'the menu')
        self.key('Escape')
        wait(lambda: not self.search(role='menu item'), 'the menu to be gone')

    def shot(self, name):
        if SHOTS:
            time.sleep(0.5)
            screenshot(os.path.join(SHOTS, f'{name}.png'))
