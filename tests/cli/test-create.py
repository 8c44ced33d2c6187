# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs from the command line: what is sent, what becomes of it, and with which exit status."""
import os
import socket
import threading

from cli import INTERRUPT, KEY, T2V, TASKS, VIDEO, Cli, Platform, path, reply, run_all, taken
from sandbox import make_clip, make_photo


def succeeded(server):
    return reply({'status': 'SUCCEEDED', 'taskid': '7', 'usage': {'credits': 10}, 'image': server.url + '/cover.jpeg',
                  'video': server.url + '/video.mp4'})


def media(request):
    with open(path('clip.mp4' if request.path == '/video.mp4' else 'cover.jpg'), 'rb') as file:
        return reply(file.read(), kind='application/octet-stream')


def document(request, server):
    """The platform as it is documented: takes every job, and has its video at once."""
    if request.path == VIDEO:
        return taken()
    return succeeded(server) if request.path == TASKS else media(request)


def read(name):
    with open(name, 'rb') as file:
        return file.read()


def test_done():
    with Platform(document) as server:
        cli, out = Cli(server), path('结果.mp4')
        done = cli.run(*T2V, '-p', '一只猫', '--set', 'resolution=480p', '-o', out)
        assert done.status == 0 and done.out == out + '\n', done
        assert read(out) == read(path('clip.mp4'))
        assert not os.path.exists(out + '.part')
        assert [request.json() for request in server.posts()] == [
            {'llmid': 'o5vfXYD5BURJWRTWpopE5', 'model': 'happyhorse-1.0-t2v', 'prompt': '一只猫', 'resolution': '480p', 'ratio': 'adaptive',
             'duration': 5}], server.posts()[0].body
        assert all(word in done.err for word in ('Sending', '936759404378734731', 'Fetching', 'Ready')), done
        assert '\x1b' not in done.err and '\r' not in done.err, 'no bar where there is no terminal'
        job, = cli.jobs()
        assert set(job) == {'id', 'state', 'taskid', 'mode', 'model', 'prompt', 'file', 'error'}
        assert (job['state'], job['taskid'], job['mode'], job['model'], job['prompt'], job['error']) == (
            'ready', '936759404378734731', 't2v', 'happyhorse-1.0-t2v', '一只猫', None), job
        assert read(job['file']) == read(path('clip.mp4')) and job['file'].startswith(cli.data)
        text = cli.run('jobs')
        assert text.out.split('\t')[:3] == [job['id'], 'ready', job['taskid']], text


def test_json():
    with Platform(document) as server:
        cli = Cli(server)
        done = cli.run('--json', *T2V, '-p', 'x')
        assert done.status == 0 and done.lines() == cli.jobs(), done


def test_files_travel_in_their_fields():
    with Platform(document) as server:
        done = Cli(server).run('create', '-m', 'happyhorse-1.0-i2v', '-p', 'x', '--first-frame', path('photo.jpg'), '--set', 'resolution=720P')
        assert done.status == 0, done
        request, = server.posts()
        assert request.headers['content-type'].startswith('multipart/form-data')
        assert request.body.count(b'name="image1_file"') == 1 and read(path('photo.jpg')) in request.body


def set_limit(cli, unit, limit):
    """As it is set in the window."""
    folder = os.path.join(cli.home, 'config', 'glib-2.0', 'settings')
    os.makedirs(folder, exist_ok=True)
    cli.environment['GSETTINGS_BACKEND'] = 'keyfile'
    with open(os.path.join(folder, 'keyfile'), 'w') as file:
        file.write(f"[ai/opencomputing/Yuanjing]\nusage-limit-unit='{unit}'\nusage-limit={limit:.1f}\n")


def test_limit_of_the_month():
    with Platform(document) as server:
        cli = Cli(server)
        for unit, limit, words in (('jobs', 1, ('Videos', 'Limit: 1', 'Ordered: 1', 'This order: 1')),
                                   ('Alibaba Cloud/credits', 25.5, ('Alibaba Cloud: credits', 'Limit: 25.50', 'told: 20', 'like it: 10'))):
            set_limit(cli, unit, limit)
            before = len(server.posts())
            if unit == 'jobs':
                assert cli.run(*T2V, '-p', 'within').status == 0
                before += 1
            crossing = cli.run(*T2V, '-p', 'one too many')
            assert crossing.status == 5 and crossing.out == '' and len(server.posts()) == before, crossing
            assert all(word in crossing.err for word in (*words, 'Nothing was sent', '--over-limit')), crossing
            assert cli.run(*T2V, '-p', 'one too many', '--over-limit').status == 0
            assert len(server.posts()) == before + 1
        assert [job['prompt'] for job in cli.jobs()] == ['one too many', 'one too many', 'within']


def test_lost_llmid_is_completed():
    with Platform(document) as server:
        cli = Cli(server)
        arguments = ['create', '-m', 'happyhorse-1.0-r2v', '-p', 'x', '--image', path('photo.jpg')]
        without = cli.run(*arguments)
        assert without.status == 5 and 'llmid' in without.err and server.posts() == [], without
        assert cli.run(*arguments, '--set', 'llmid=AbCdEf').status == 0
        assert b'AbCdEf' in server.posts()[0].body
        # the platform has taken it: from now on it is known
        line = next(line for line in cli.run('--json', 'models', '--mode', 'r2v').lines() if line['model'] == 'happyhorse-1.0-r2v')
        assert line['llmid'] == 'AbCdEf'
        assert cli.run(*arguments).status == 0


def test_invalid_draft_sends_nothing():
    with Platform(document) as server:
        cli = Cli(server)
        with open(path('text.jpg'), 'w') as file:
            file.write('no picture at all')
        for arguments in ([*T2V, '-p', ''], [*T2V, '-p', 'x', '--set', 'resolution=7p'], [*T2V, '-p', 'x', '--set', 'frob=1'],
                          [*T2V, '-p', 'x', '--set', 'duration=long'], [*T2V, '-p', 'x', '--first-frame', path('photo.jpg')],
                          ['create', '-m', 'no-such-model', '-p', 'x'],
                          ['create', '-m', 'happyhorse-1.0-i2v', '-p', 'x'],
                          ['create', '-m', 'happyhorse-1.0-i2v', '-p', 'x', '--first-frame', '/no/such/file.jpg'],
                          ['create', '-m', 'happyhorse-1.0-i2v', '-p', 'x', '--first-frame', path('text.jpg')],
                          ['create', '-m', 'happyhorse-1.0-i2v', '-p', 'x', '--first-frame', path('clip.mp4')]):
            done = cli.run(*arguments)
            assert done.status == 5 and done.err and done.out == '', (arguments, done)
        assert server.requests == [] and cli.jobs() == []


def test_force():
    """A documented upstream limit stops a job unless it is forced; the platform's contract always does."""
    with Platform(document) as server:
        cli = Cli(server)
        long = [*T2V, '-p', 'x', '--set', 'duration=600']
        done = cli.run(*long)
        assert done.status == 5 and '--force' in done.err and server.requests == [], done
        assert cli.run(*long, '--force').status == 0
        assert server.posts()[0].json()['duration'] == 600
        assert cli.run(*T2V, '-p', 'x', '--set', 'resolution=7p', '--force').status == 5
        assert len(server.posts()) == 1


def assert_ends(submit, status, state, words, task=None):
    def answer(request, server):
        return submit if request.path == VIDEO else task
    with Platform(answer) as server:
        cli = Cli(server)
        done = cli.run('--json', *T2V, '-p', 'x')
        assert done.status == status, done
        assert words in done.err, done
        assert len(server.posts()) == 1, 'sent more than once'
        job, = cli.jobs()
        assert job['state'] == state and done.lines() == [job], (job, done)


def test_exit_statuses():
    assert_ends(reply({'error': 'Invalid API Key'}, '401 Unauthorized'), 3, 'failed', 'Invalid API Key')
    assert_ends(reply({'error': 'Insufficient balance'}, '429 Too Many Requests'), 4, 'failed', 'Top up')
    assert_ends(reply({'error': 'Missing required parameter: prompt'}, '400 Bad Request'), 5, 'failed', 'Missing required parameter')
    assert_ends(taken(), 7, 'failed', '审核未通过', task=reply({'status': 'FAILED', 'error': '审核未通过'}))
    assert_ends(reply({'status': 'FAILED', 'error': 'no such llmid'}), 7, 'failed', 'no such llmid')


def test_unconfirmed():
    """What may have been taken is never sent again, and says so."""
    for submit in (reply('<html>oops</html>', '500 Internal Server Error', 'text/html'), None, reply({'status': 'created'}),
                   reply('<html>portal</html>', kind='text/html'), b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"taskid"',
                   reply({'error': 'busy'}, '503 Service Unavailable')):
        assert_ends(submit, 8, 'unconfirmed', 'may have been charged')


def test_refused_connection_sends_nothing_later():
    with socket.create_server(('127.0.0.1', 0)) as closed:
        port = closed.getsockname()[1]
    cli = Cli()
    done = cli.run('--base-url', f'http://127.0.0.1:{port}', '--json', *T2V, '-p', 'x')
    assert done.status == 6 and 'Nothing was sent' in done.err, done
    job, = cli.jobs()
    assert job['state'] == 'cancelled' and done.lines() == [job], job


def test_no_wait_and_task():
    """What was not waited for is asked for, waited for and fetched later, into the library too."""
    done_yet = threading.Event()

    def answer(request, server):
        if request.path == TASKS and not done_yet.is_set():
            return reply({'status': 'RUNNING', 'taskid': '936759404378734731'})
        return document(request, server)
    with Platform(answer) as server:
        cli = Cli(server)
        sent = cli.run(*T2V, '-p', 'x', '--no-wait')
        assert sent.status == 0 and sent.out == '936759404378734731\n', sent
        task = sent.out.strip()
        asked = cli.run('task', task)
        assert asked.status == 0 and asked.out == 'running\n', asked
        done_yet.set()
        got = cli.run('--json', 'task', task).lines()
        assert got[0]['status'] == 'succeeded' and got[0]['usage'] == {'credits': 10} and got[0]['video'].endswith('/video.mp4'), got
        waited = cli.run('task', task, '--wait', '-o', path('task.mp4'))
        assert waited.status == 0 and waited.out == path('task.mp4') + '\n', waited
        assert read(path('task.mp4')) == read(path('clip.mp4'))
        assert cli.jobs()[0]['state'] == 'ready' and len(server.posts()) == 1
        # once more, of what the library has
        fetched = len(server.requests)
        again = cli.run('task', task, '-o', path('again.mp4'))
        assert again.status == 0 and read(path('again.mp4')) == read(path('clip.mp4')), again
        assert all(request.path == TASKS for request in server.requests[fetched:])


def test_task_of_elsewhere():
    """One that this library never saw."""
    with Platform(document) as server:
        cli = Cli(server)
        done = cli.run('task', '7', '--wait', '-o', path('foreign.mp4'))
        assert done.status == 0 and read(path('foreign.mp4')) == read(path('clip.mp4')), done
        assert cli.jobs() == []
    answers = ((reply({'status': 'FAILED', 'error': '审核未通过'}), 7), (reply({'status': 'FAILED', 'error': 'taskid=7 not exist'}), 1),
               (reply({'error': 'Invalid API Key'}, '401 Unauthorized'), 3), (reply({'status': 'PENDING'}), 0))
    for answer, status in answers:
        with Platform(lambda request, server, answer=answer: answer) as server:
            done = Cli(server).run('task', '7')
            assert done.status == status and server.requests[0].target == TASKS + '?taskid=7', done
    with Platform(lambda request, server: reply('<html>') if request.path == '/video.mp4' else document(request, server)) as server:
        done = Cli(server).run('task', '7', '-o', path('html.mp4'))
        assert done.status == 1 and not os.path.exists(path('html.mp4')) and not os.path.exists(path('html.mp4.part')), done


def test_key_refused_while_it_runs():
    with Platform(lambda request, server: taken() if request.path == VIDEO else reply({'error': 'Invalid API Key'}, '401 Unauthorized')) as server:
        cli = Cli(server)
        done = cli.run(*T2V, '-p', 'x')
        assert done.status == 3 and 'goes on at the next start' in done.err, done
        assert cli.jobs()[0]['taskid'] == '936759404378734731' and cli.jobs()[0]['state'] != 'failed'


def test_interrupted():
    """Ctrl+C while it is made: the next start fetches it."""
    done_yet = threading.Event()

    def answer(request, server):
        if request.path == TASKS and not done_yet.is_set():
            return reply({'status': 'RUNNING', 'taskid': '936759404378734731'})
        return document(request, server)
    with Platform(answer) as server:
        cli = Cli(server)
        process = cli.start(*T2V, '-p', 'first')
        server.wait(TASKS)
        process.send_signal(INTERRUPT)
        done = cli.finish(process)
        assert done.status == 130 and 'next start' in done.err, done
        assert cli.jobs()[0]['state'] in ('created', 'running')
        done_yet.set()
        done = cli.run('task', '936759404378734731', '--wait')
        assert done.status == 0 and cli.jobs()[0]['state'] == 'ready' and len(server.posts()) == 1, done


def test_interrupted_while_sending():
    """The answer that comes in time is kept; the one that does not leaves it unconfirmed, said so and not sent again."""
    for waits in (False, True):
        hold = threading.Event()
        with Platform(lambda request, server, hold=hold: [hold, taken()] if request.path == VIDEO else document(request, server)) as server:
            cli = Cli(server)
            process = cli.start(*T2V, '-p', 'x')
            server.wait(VIDEO)
            process.send_signal(INTERRUPT)
            if not waits:
                # it has said that it stops
                assert b'Stopped' in b''.join(process.stderr.readline() for _ in range(3))
                hold.set()
            done = cli.finish(process)
            assert done.status == 130, done
            job, = cli.jobs()
            assert job['state'] == ('unconfirmed' if waits else 'created'), job
            hold.set()
            assert len(server.posts()) == 1


def test_the_key_is_nowhere():
    with Platform(document) as server:
        cli = Cli(server)
        process = cli.start(*T2V, '-p', 'x')
        server.wait(VIDEO)
        with open(f'/proc/{process.pid}/cmdline', 'rb') as file:
            assert KEY.encode() not in file.read()
        assert cli.finish(process).status == 0
        for place, _, files in os.walk(cli.home):
            for name in files:
                assert KEY.encode() not in read(os.path.join(place, name)), name
        assert all(request.headers['authorization'] == f'Bearer {KEY}' for request in server.requests if request.path in (VIDEO, TASKS))


make_clip('clip.mp4', 1)
make_photo('cover.jpg')
make_photo('photo.jpg')
run_all([test_done, test_json, test_files_travel_in_their_fields, test_limit_of_the_month, test_lost_llmid_is_completed,
      test_invalid_draft_sends_nothing, test_force, test_exit_statuses, test_unconfirmed, test_refused_connection_sends_nothing_later, test_no_wait_and_task, test_task_of_elsewhere,
      test_key_refused_while_it_runs, test_interrupted, test_interrupted_while_sending, test_the_key_is_nowhere])
