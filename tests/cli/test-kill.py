# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 at any moment of a job, then another start: it goes on or is unconfirmed; nothing is lost, nothing sent twice."""
import threading
import time

from cli import T2V, TASKS, VIDEO, Cli, Platform, path, reply, run_all, taken, wait_until
from sandbox import make_clip, make_photo


class Trial:
    """A platform that gives every prompt its own task, and counts what each was sent."""

    def __init__(self):
        self.prompts, self.hold = [], {}
        self.first_fetched = threading.Event()

    def answer(self, request, server):
        if request.path == VIDEO:
            prompt = request.json()['prompt']
            self.prompts.append(prompt)
            return self.held('submit', taken(1 if prompt == 'first' else 2))
        if request.path == TASKS:
            first = request.target.endswith('1')
            # the second job takes as long as the first, so that the second start has time to see to it
            if first or self.first_fetched.is_set():
                return self.held('task', reply({'status': 'SUCCEEDED', 'image': server.url + '/cover.jpg',
                                                'video': server.url + ('/1.mp4' if first else '/2.mp4')}))
            return reply({'status': 'RUNNING'})
        with open(path('cover.jpg' if 'cover' in request.path else 'clip.mp4'), 'rb') as file:
            data = file.read()
        if request.path == '/1.mp4':
            half = len(data) // 2
            head = f'HTTP/1.1 200 OK\r\nContent-Length: {len(data)}\r\n\r\n'.encode()
            return self.held('video', head + data[:half], data[half:])
        return reply(data)

    def held(self, name, *parts):
        """@parts, of which the last is held back where this trial holds."""
        event = self.hold.get(name)
        return list(parts) if event is None else [*parts[:-1], event, parts[-1]]


def kill_at(moment, after=0.0):
    """Kills the first start when the platform has been asked for @moment and @after seconds have passed; starts again."""
    trial = Trial()
    with Platform(trial.answer) as server:
        cli = Cli(server)
        places = {'submit': VIDEO, 'task': TASKS, 'video': '/1.mp4', 'cover': '/cover.jpg'}
        if moment in places and moment != 'cover':
            trial.hold[moment] = threading.Event()
        process = cli.start(*T2V, '-p', 'first')
        if moment in places:
            server.wait(places[moment])
        time.sleep(after)       # not to wait for anything: to be killed at another point
        process.kill()
        process.communicate()
        for event in trial.hold.values():
            event.set()
        trial.hold.clear()

        rows = cli.jobs()
        assert len(rows) <= 1, rows
        if rows == []:
            assert trial.prompts == [], 'sent without a row'
            return 'nothing'
        process = cli.start(*T2V, '-p', 'second')
        wait_until(lambda: cli.jobs()[-1]['state'] in ('ready', 'unconfirmed'), f'the job that was killed at {moment}: {cli.jobs()}')
        trial.first_fetched.set()
        done = cli.finish(process)
        assert done.status == 0, done

        second, first = cli.jobs()
        assert trial.prompts.count('first') <= 1 and trial.prompts.count('second') == 1, trial.prompts
        assert second['state'] == 'ready' and second['prompt'] == 'second', second
        if first['state'] == 'ready':
            assert trial.prompts.count('first') == 1
            with open(first['file'], 'rb') as made, open(path('clip.mp4'), 'rb') as clip:
                assert made.read() == clip.read()
        return first['state']


def test_while_it_starts():
    for after in (0.0, 0.01, 0.02, 0.03, 0.05, 0.08):
        kill_at('start', after)


def test_while_it_is_sent():
    """The platform has it and has not answered: nobody knows, and nobody sends it again."""
    assert kill_at('submit') == 'unconfirmed'


def test_while_the_answer_is_taken():
    for after in (0.0, 0.002, 0.01):
        assert kill_at('answered', 0.06 + after) in ('ready', 'unconfirmed', 'nothing')


def test_while_it_is_made():
    assert kill_at('task') == 'ready'


def test_while_it_is_fetched():
    assert kill_at('video', 0.05) == 'ready'


def test_while_it_is_settled():
    for after in (0.0, 0.02):
        assert kill_at('cover', after) == 'ready'


make_clip('clip.mp4', 1)
make_photo('cover.jpg')
run_all([test_while_it_starts, test_while_it_is_sent, test_while_the_answer_is_taken, test_while_it_is_made, test_while_it_is_fetched,
         test_while_it_is_settled])
