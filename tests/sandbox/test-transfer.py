# SPDX-License-Identifier: GPL-3.0-or-later
"""Downloads from the sandbox, the life of its process, and the faults of the line."""
import json
import os
import signal
import subprocess
import time

from sandbox import PATIENCE, Sandbox, main, path

SEEDANCE = 'YjjGgxO_Xma8PWsMjJvps'


def make(box, **fields):
    answer = box.post('/llmage/video', {'llmid': SEEDANCE, 'prompt': '小猫', 'resolution': '480p', 'duration': 1, **fields})
    return box.make(answer)


def test_the_way_of_a_job():
    with Sandbox(speed=0.5) as box:
        answer = box.post('/llmage/video', {'llmid': SEEDANCE, 'prompt': '小猫', 'resolution': '480p', 'duration': 1})
        seen, task = box.wait(answer.json()['taskid'])
    assert seen == ['CREATED', 'PENDING', 'RUNNING', 'SUCCEEDED'], seen
    assert list(task) == ['status', 'taskid', 'usage', 'image', 'video']
    assert task['usage'] == {'action': 't2v', 'credits': 2, 'type': 'text2video', 'model': 'doubao-seedance-2-0-260128',
                             'resolution': '480p', 'off_peak': False, 'duration': 1}
    assert task['video'].startswith(box.url + '/idfile?path=/tmp/') and task['video'].endswith('/video.mp4')
    assert task['image'].startswith(box.url + '/idfile?path=/tmp/') and task['image'].endswith('/cover.jpeg')


def test_ranges():
    with Sandbox() as box:
        task = make(box)
        for address, kind in ((task['video'], 'video/mp4'), (task['image'], 'image/jpeg')):
            whole = box.curl(address, key=False)
            size, etag = len(whole.body), whole.headers['etag']
            assert whole.status == 200 and whole.headers['content-type'] == kind
            assert whole.headers['content-length'] == str(size) and whole.headers['accept-ranges'] == 'bytes'
            assert etag.startswith('"') and size > 1000

            def part(given, *more):
                return box.curl(address, '-H', f'Range: {given}', *more, key=False)

            def is_part(answer, first, last):
                assert answer.status == 206 and answer.body == whole.body[first:last + 1]
                assert answer.headers['content-range'] == f'bytes {first}-{last}/{size}'
                assert answer.headers['etag'] == etag
            is_part(part('bytes=100-'), 100, size - 1)
            is_part(part('bytes=0-'), 0, size - 1)
            is_part(part('bytes=10-19'), 10, 19)
            is_part(part(f'bytes=10-{size + 50}'), 10, size - 1)
            is_part(part('bytes=-20'), size - 20, size - 1)
            is_part(part('bytes=100-', '-H', f'If-Range: {etag}'), 100, size - 1)
            for answer in (part('bytes=100-', '-H', 'If-Range: "another"'), part('lines=1-'), part('bytes=9-3')):
                assert answer.status == 200 and answer.body == whole.body
            for given in (f'bytes={size}-', 'bytes=-0'):
                answer = part(given)
                assert answer.status == 416 and answer.headers['content-range'] == f'bytes */{size}'
            head = box.curl(address, '-I', key=False)
            assert head.status == 200 and head.headers['content-length'] == str(size)


def test_resumed_by_curl():
    """A download that is cut goes on with curl -C - where it stopped."""
    with Sandbox() as box:
        task = make(box)
        with open(path('video.mp4'), 'rb') as file:
            whole = file.read()
        cut = box.curl(task['video'], key=False, fault='cut-response-after=5000')
        assert cut.exit_status == 18 and cut.body == whole[:5000]
        with open(path('resumed'), 'wb') as file:
            file.write(cut.body)
        subprocess.run(['curl', '-sS', '-C', '-', '-o', path('resumed'), task['video']], check=True)
        with open(path('resumed'), 'rb') as file:
            assert file.read() == whole


def test_only_what_was_published():
    with Sandbox() as box:
        task = make(box)
        place = task['video'].split('path=')[1].removesuffix('/video.mp4')
        for wrong in ('/etc/passwd', place, place + '/', place + '/job.json', place + '/../x', place + '/video.mp4/', 'video.mp4', '',
                      place + '/../' + place.rsplit('/', 1)[1] + '/video.mp4'):
            assert box.curl(f'/idfile?path={wrong}', key=False).status == 404, wrong
        assert box.curl('/idfile', key=False).status == 404
        assert box.curl(f'/idfile?path={place}/video.mp4', key='sk-wrong').status == 200


def test_slow_and_wrong():
    with Sandbox() as box:
        task = make(box)
        size = os.path.getsize(path('video.mp4'))
        start = time.monotonic()
        answer = box.curl(task['video'], key=False, fault=f'bandwidth={size * 2}')
        took = time.monotonic() - start
        assert len(answer.body) == size and 0.4 < took < 10, took
        answer = box.curl(task['video'], '-m', '1', key=False, fault='stall=1000')
        assert answer.exit_status == 28 and len(answer.body) == 1000
        answer = box.curl(task['video'], key=False, fault='wrong-length=100')
        assert answer.exit_status == 18 and len(answer.body) == size
        answer = box.curl(task['video'], key=False, fault='wrong-length=-100')
        assert answer.exit_status == 0 and len(answer.body) == size - 100
        answer = box.curl(task['video'], key=False, fault='redirect=' + task['image'])
        assert answer.status == 302 and answer.headers['location'] == task['image']


def test_one_line_and_a_plain_page():
    with Sandbox('--key', 'sk-mine') as box:
        assert list(json.loads(box.line)) == ['base_url', 'key'] and box.key == 'sk-mine' and box.line.count('\n') == 1
        page = box.curl('/', key=False)
        assert page.status == 200 and page.headers['content-type'].startswith('text/plain') and b'sandbox' in page.body
        box.process.send_signal(signal.SIGTERM)
        assert box.process.stdout.read() == '', 'nothing but the one line'
    with Sandbox() as one, Sandbox() as two:
        assert one.key != two.key and one.url != two.url and one.key.startswith('sk-sandbox-')
        assert one.curl('/llmage/v1/models', key=two.key).status == 401


def test_ends_with_its_starter():
    """After kill -9 of whoever started it, the sandbox and its renderers are gone, and so are its files."""
    temp = path('orphans')
    os.mkdir(temp)
    program = ('import subprocess, sys, time\n'
               'box = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE)\n'
               'print(box.pid, flush=True)\n'
               'time.sleep(600)\n')
    starter = subprocess.Popen(['python3', '-c', program, os.environ['YUANJING_SANDBOX'], '--exit-with-stdin', '--speed', '50'],
                               stdout=subprocess.PIPE, text=True, env={**os.environ, 'TMPDIR': temp})
    lines = sorted(starter.stdout.readline() for _ in range(2))
    pid = int(lines[0])
    box = Sandbox()
    box.url, box.key = json.loads(lines[1])['base_url'], json.loads(lines[1])['key']
    answer = box.post('/llmage/video', {'llmid': SEEDANCE, 'prompt': 'x', 'resolution': '1080p', 'duration': 30})
    box.wait(answer.json()['taskid'], 'RUNNING')
    with open(f'/proc/{pid}/task/{pid}/children') as file:
        renderers = [int(child) for child in file.read().split()]
    assert len(renderers) == 1
    starter.kill()
    starter.wait()
    starter.stdout.close()
    deadline = time.monotonic() + PATIENCE
    while any(alive(p) for p in [pid, *renderers]) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(pid) and not any(map(alive, renderers))
    assert os.listdir(temp) == []


def test_sweeps_after_the_killed():
    """What a killed sandbox left goes with the next start; what a living one uses stays."""
    temp = path('killed')
    os.mkdir(temp)
    environment = {**os.environ, 'TMPDIR': temp}

    def start():
        box = subprocess.Popen([os.environ['YUANJING_SANDBOX']], stdout=subprocess.PIPE, text=True, env=environment)
        box.stdout.readline()
        return box
    killed, living = start(), start()
    assert len(os.listdir(temp)) == 2
    killed.kill()
    killed.wait()
    for name in os.listdir(temp):
        os.utime(os.path.join(temp, name, 'lock'), (1, 1))
    third = start()
    assert len(os.listdir(temp)) == 2
    for box in (living, third):
        box.terminate()
        assert box.wait(PATIENCE) == 0
    for box in (killed, living, third):
        box.stdout.close()
    assert os.listdir(temp) == []


def alive(pid):
    try:
        with open(f'/proc/{pid}/stat') as file:
            return file.read().rsplit(')', 1)[1].split()[0] != 'Z'
    except FileNotFoundError:
        return False


def test_arguments():
    def run(*arguments):
        return subprocess.run([os.environ['YUANJING_SANDBOX'], *arguments], capture_output=True, text=True)
    assert run('--fault', 'nothing-like-it').returncode == 2
    assert run('--fault', 'nowhere:balance').returncode == 2
    assert run('--fault', 'latency=soon').returncode == 2
    assert run('--speed', '0').returncode == 2
    assert run('extra').returncode == 2
    help_text = run('--help').stdout
    for word in ('--exit-with-stdin', '--speed', 'cut-response-after', 'link-expires', 'submit:balance'):
        assert word in help_text, word


main([test_the_way_of_a_job, test_ranges, test_resumed_by_curl, test_only_what_was_published, test_slow_and_wrong,
      test_one_line_and_a_plain_page, test_ends_with_its_starter, test_sweeps_after_the_killed,
      test_arguments])
