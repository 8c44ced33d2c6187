# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the command line share: the real program with a library of its own, and a platform of raw sockets."""
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'sandbox'))
from sandbox import PATIENCE, folder, main, path  # noqa: E402

KEY = 'sk-test-key-0123456789'
CHAT, VIDEO, TASKS = '/llmage/v1/chat/completions', '/llmage/video', '/llmage/tasks'


class Result:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err
        assert KEY not in out and KEY not in err, 'the key is in the output'

    def lines(self):
        """Standard output as one JSON object per line."""
        return [json.loads(line) for line in self.out.splitlines()]

    def __repr__(self):
        return f'status {self.status}\nout: {self.out}\nerr: {self.err}'


class Cli:
    """The program, run against @platform (or the sandbox) with a library and a home of its own."""

    def __init__(self, platform=None, key=KEY, locale='C'):
        self.home = tempfile.mkdtemp(dir=folder.name)
        self.data = os.path.join(self.home, 'data')
        self.platform = platform
        self.environment = {**os.environ, 'HOME': self.home, 'XDG_CONFIG_HOME': self.home + '/config', 'LC_ALL': locale,
                            'XDG_DATA_HOME': self.home + '/share', 'YUANJING_DATA_DIR': self.data}
        self.environment.pop('LANGUAGE', None)
        if platform is not None:
            self.environment['YUANJING_BASE_URL'] = platform.url
        if key is not None:
            self.environment['YUANJING_API_KEY'] = key

    def start(self, *arguments, **options):
        return subprocess.Popen([os.environ['YUANJING_CLI'], *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                stdin=options.pop('stdin', subprocess.DEVNULL), env=self.environment, **options)

    def finish(self, process, data=None):
        out, err = process.communicate(data, PATIENCE)
        return Result(process.returncode, out.decode(), err.decode())

    def run(self, *arguments, stdin=None):
        options = {'stdin': subprocess.PIPE} if stdin is not None else {}
        return self.finish(self.start(*arguments, **options), stdin.encode() if stdin is not None else None)

    def jobs(self):
        """What the library holds, newest first."""
        done = self.run('--json', 'jobs')
        assert done.status == 0, done
        return done.lines()


class Request:
    def __init__(self, head, body):
        line, *headers = head.decode('latin-1').split('\r\n')
        self.method, self.target, _ = line.split(' ', 2)
        self.path = self.target.split('?')[0]
        self.headers = {k.lower(): v.strip() for k, v in (h.split(':', 1) for h in headers if ':' in h)}
        self.body = body

    def json(self):
        return json.loads(self.body)


def reply(body, status='200 OK', kind='application/json', headers=''):
    """A whole answer as bytes."""
    data = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
    return (f'HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n{headers}Connection: close\r\n\r\n').encode() + data


def stream(text, end=True):
    """A streamed answer of the document's form; without @end it is cut: the chunked body has no last chunk."""
    events = [{'choices': [{'delta': {'content': c, 'role': None}, 'index': 0}], 'content': c, 'model': 'qwen3-max', 'finish': '0'} for c in text]
    data = ''.join(f'data: {json.dumps(event)}\n\n' for event in events)
    if end:
        data += 'data: {"choices": [], "model": "qwen3-max", "finish": "1", "usage": {"prompt_tokens": 3, "completion_tokens": 5, "total_tokens": 8}}\n\ndata: [DONE]\n\n'
    chunk = f'{len(data.encode()):x}\r\n{data}\r\n'.encode()
    return b'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n' + chunk + (b'0\r\n\r\n' if end else b'')


class Platform:
    """Answers by what @answer (request, platform) gives: bytes to send, or a list of such and of events to wait for in between,
    or None to close without a word. Keeps every request."""

    def __init__(self, answer):
        self.answer, self.requests, self.lock = answer, [], threading.Lock()
        self.arrived = threading.Condition(self.lock)

    def __enter__(self):
        self.socket = socket.create_server(('127.0.0.1', 0))
        self.url = 'http://127.0.0.1:%d' % self.socket.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, kind, value, trace):
        self.socket.close()
        for request in self.requests:
            assert request.headers.get('authorization') in (f'Bearer {KEY}', None), request.headers

    def accept(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=[connection], daemon=True).start()

    def serve(self, connection):
        with connection:
            try:
                data = b''
                while b'\r\n\r\n' not in data:
                    block = connection.recv(65536)
                    if not block:
                        return
                    data += block
                head, _, body = data.partition(b'\r\n\r\n')
                request = Request(head, body)
                while len(request.body) < int(request.headers.get('content-length', 0)):
                    block = connection.recv(1 << 20)
                    if not block:
                        return
                    request.body += block
                with self.arrived:
                    self.requests.append(request)
                    self.arrived.notify_all()
                answer = self.answer(request, self) or []
                for part in answer if isinstance(answer, list) else [answer]:
                    if isinstance(part, threading.Event):
                        part.wait(PATIENCE)
                    else:
                        connection.sendall(part)
            except OSError:
                pass            # killed: that is what some tests are about

    def wait(self, place, method=None):
        """Until such a request has come in whole."""
        with self.arrived:
            assert self.arrived.wait_for(lambda: self.count(place, method) > 0, PATIENCE), f'{place} was never asked for'

    def count(self, place, method=None):
        return sum(request.path == place and method in (None, request.method) for request in self.requests)

    def posts(self):
        return [request for request in self.requests if request.path == VIDEO]


def wait_until(condition, what):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f'waited in vain for {what}'
        time.sleep(0.01)


T2V = ('create', '-m', 'happyhorse-1.0-t2v', '--mode', 't2v', '--set', 'duration=5')


def taken(number=1):
    return reply({'taskid': f'93675940437873473{number}', 'status': 'created'})


INTERRUPT = signal.SIGINT


def run_all(tests):
    """Runs the tests side by side, for they mostly wait, and tells of them in order."""
    with ThreadPoolExecutor(3) as pool:
        running = [(test.__name__, pool.submit(test)) for test in tests]

        def result(name, future):
            def wait():
                future.result()
            wait.__name__ = name
            return wait
        main([result(name, future) for name, future in running])
