# SPDX-License-Identifier: GPL-3.0-or-later
"""`./dev bench chat`: the real window beside a page in Chromium, fed by the same server, in one virtual display. CPU is
that of all processes of each and of the X server while it draws for them; memory is PSS when the answer is complete."""
import ctypes
import http.server
import json
import os
import shutil
import socketserver
import statistics
import subprocess
import sys
import tempfile
import threading
import time

from processes import cpu_of, pss_of, tree_of, x_server

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.environ['YUANJING_BENCH']
MARKED = ('/usr/share/nodejs/marked/lib/marked.esm.js', '/usr/share/javascript/marked/marked.esm.js')
RUNS = int(os.environ.get('BENCH_RUNS', '3'))
CONVERSATIONS, MESSAGES = 200, 500
QUERIES = ('视频', '元境 视频', 'moon', '视频 moon', '猫 rain 镜头', 'r', '的', '++', '😀', '首帧尾帧')

SECTION = (
    '## {n}. What a camera does\n\n'
    'A slow *dolly* moves towards the subject while the **background** stays sharp; see `camera.move` for how a prompt says so. '
    'The model keeps the light of the first frame, so that a scene of the night remains one, whatever the words after it ask for.\n\n'
    '镜头先**缓慢推进**，背景保持清晰；提示词里写明主体、动作、光线与镜头运动。首帧决定色调，尾帧决定停在哪里，'
    '两者之间由模型补全。描述越具体，画面越稳定，也越少出现闪烁。\n\n'
    '- a first point with some words\n- 第二点，关于比例与时长\n- a third one, with `code` and a [link](https://example.org)\n\n'
    '```python\ndef frames(seconds, rate=24):\n    """How many."""\n    return [i / rate for i in range(int(seconds * rate))]\n\nprint(len(frames(5)))\n```\n\n'
    '| Mode | Sends | Gives |\n|:--|:-:|--:|\n| 文生视频 | a prompt | 5 s |\n| 图生视频 | one picture | 10 s |\n\n'
    '1. First, write what is to be seen.\n2. 然后选择模型与分辨率。\n3. Look at the result, change one thing, ask again.\n\n'
    '> A quotation that goes over\n> two lines.\n\n')


def tokens_of(text):
    """Cut much as a model's tokens are: a Chinese character, or a space and up to five letters, or another sign."""
    at = 0
    while at < len(text):
        end = at + (text[at] == ' ')
        start = end
        while end < len(text) and end - start < 5 and text[end].isascii() and text[end].isalnum():
            end += 1
        if end == start and end < len(text) and text[end] != ' ':
            end += 1
        yield text[at:end]
        at = end


def answer(kind, count):
    text = ''
    n = 0
    while True:
        n += 1
        section = SECTION.format(n=n) if kind == 'mixed' else f'{n}. An item of a list that has no end. 每一项都有几句话，说明同一件事。\n\n'
        for token in tokens_of(section):
            yield token
            count -= 1
            if count == 0:
                return


def line(token):
    quoted = json.dumps(token)
    return (f'data: {{"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1780000000, "choices": [{{"delta": {{"content": '
            f'{quoted}, "role": null}}, "index": 0}}], "model": "qwen3-max", "reasoning_content": null, "content": {quoted}, '
            '"finish": "0", "llmusageid": "u-1"}\n').encode()


class Platform(socketserver.ThreadingMixIn, http.server.HTTPServer):
    """Streams `bench KIND TOKENS RATE [follow]` (rate 0: flat out), serves the page and takes its report."""
    daemon_threads = True

    def __init__(self):
        super().__init__(('127.0.0.1', 0), Handler)
        self.url = f'http://127.0.0.1:{self.server_address[1]}'
        self.prepared = {}
        self.begun = threading.Event()
        self.reported = threading.Event()
        self.report = None
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def prepare(self, prompt):
        kind, count = prompt.split()[1:3]
        self.prepared[prompt] = [line(token) for token in answer(kind, int(count))]
        self.begun.clear()
        self.reported.clear()


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        path = self.path.split('?')[0]
        file = {'/': f'{HERE}/chat-page.html', '/marked.js': next((m for m in MARKED if os.path.exists(m)), None)}.get(path)
        if file is None:
            self.send_error(404)
            return
        with open(file, 'rb') as f:
            body = f.read()
        self.send_response(200)
        self.send_header('Content-Type', 'text/html; charset=utf-8' if path == '/' else 'text/javascript')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get('Content-Length', 0)))
        if self.path == '/report':
            self.server.report = json.loads(body)
            self.send_response(204)
            self.end_headers()
            self.server.reported.set()
            return
        prompt = json.loads(body)['prompt']
        rate = float(prompt.split()[3])
        self.send_response(200)
        self.send_header('Content-Type', 'text/event-stream')
        self.end_headers()
        self.server.begun.set()
        self.stream(self.server.prepared[prompt], rate)
        self.wfile.write(b'data: [DONE]\n')

    def stream(self, lines, rate):
        if rate == 0:
            self.wfile.write(b''.join(lines))
        begin = time.monotonic()
        sent = 0
        while rate > 0 and sent < len(lines):
            due = min(len(lines), int((time.monotonic() - begin) * rate) + 1)
            if due > sent:
                self.wfile.write(b''.join(lines[sent:due]))
                sent = due
            time.sleep(max(0, begin + sent / rate - time.monotonic()))
        self.server.last_sent = time.time()


# ---------------------------------------------------------------- one answer

class Client:
    """Something that shows an answer: asked, watched until it says that all is on the screen."""

    def measure(self, platform, prompt, during=None):
        platform.prepare(prompt)
        x = x_server()
        process = self.start(platform, prompt)
        try:
            if not platform.begun.wait(60):
                raise SystemExit(f'{self.name} did not ask')
            before = cpu_of(tree_of(process.pid)) + cpu_of([x])
            pressed = during() if during else None
            report = self.wait(platform, process)
            tree = tree_of(process.pid)
            figures = {'cpu': cpu_of(tree) + cpu_of([x]) - before, 'pss': pss_of(tree),
                       'lag': (report['at'] - platform.last_sent) * 1000, 'longest': report['longest'],
                       'over33': report['over33'], 'over50': report['over50'], 'frames': report['frames']}
            if pressed:
                figures['keys'] = [(then - press) * 1000 for press, then in zip(pressed, report['keys'])]
            return figures
        finally:
            self.stop(process)


class Ours(Client):
    name = 'yuanjing'

    def start(self, platform, prompt):
        self.folder = tempfile.mkdtemp(dir=os.environ['W'])
        env = dict(os.environ, YUANJING_BASE_URL=platform.url, YUANJING_API_KEY='bench', YUANJING_DATA_DIR=self.folder)
        return subprocess.Popen([f'{BUILD}/bench-window', prompt], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def wait(self, platform, process):
        for said in process.stdout:
            if not said.startswith('{'):
                continue
            report = json.loads(said)
            if report['event'] == 'done':
                return report
        raise SystemExit('bench-window ended without a word')

    def stop(self, process):
        process.stdin.close()
        process.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)


class Chromium(Client):
    name = 'chromium'
    program = next((p for p in ('chromium', 'chromium-browser', 'google-chrome') if shutil.which(p)), None)

    def start(self, platform, prompt):
        self.folder = tempfile.mkdtemp(dir=os.environ['W'])
        address = f'{platform.url}/?prompt={prompt.replace(" ", "+")}'
        # No bus: it would start the desktop's services, which are not what is measured.
        env = dict(os.environ, DBUS_SESSION_BUS_ADDRESS='disabled:')
        return subprocess.Popen([self.program, '--no-sandbox', f'--user-data-dir={self.folder}', '--no-first-run', '--window-size=1080,720',
                                 '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-gpu',
                                 '--password-store=basic', f'--app={address}'],
                                env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def wait(self, platform, process):
        if not platform.reported.wait(300):
            raise SystemExit('the page did not report')
        return platform.report

    def stop(self, process):
        process.terminate()
        process.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)


def median(client, platform, prompt, runs):
    got = [client.measure(platform, prompt) for _ in range(runs)]
    return {key: statistics.median(figures[key] for figures in got) for key in got[0]}


# ---------------------------------------------------------------- lines

def say(work, measure, value, unit, peer=None, goal=None, digits=1):
    parts = [work, measure, f'{value:.{digits}f} {unit}'.strip()]
    if peer is not None:
        parts.append(f'chromium {peer:.{digits}f} {unit}')
        parts.append(f'{value / peer:.2f}x' if peer > 0 else '–')
    if goal is not None:
        parts.append(f'goal {goal}')
    print('  '.join(parts), flush=True)


def streams(platform):
    alone = 'BENCH_ALONE' in os.environ or not Chromium.program or not any(map(os.path.exists, MARKED))
    ours, peer = Ours(), None if alone else Chromium()
    if peer is None:
        print('# no chromium with node-marked here: figures without the peer', flush=True)
    each = {}
    for work, prompt, runs, goals in (
            ('1k flat out', 'bench mixed 1000 0 follow', RUNS, {}),
            ('10k flat out', 'bench mixed 10000 0 follow', RUNS, {}),
            ('50k flat out', 'bench mixed 50000 0 follow', RUNS, {'lag': '400 ms', 'longest': '50 ms'}),
            ('10k at 200/s', 'bench mixed 10000 200', 1, {'cpu': '0.33x', 'pss': '0.33x', 'lag': '33 ms', 'longest': '33 ms'}),
            ('10k at 200/s, following', 'bench mixed 10000 200 follow', 1,
             {'cpu': '0.33x', 'pss': '0.33x', 'lag': '33 ms', 'longest': '33 ms'})):
        mine = each[work] = median(ours, platform, prompt, runs)
        other = median(peer, platform, prompt, runs) if peer else {}
        for key, measure, unit, digits in (('cpu', 'CPU', 's', 2), ('pss', 'memory', 'MiB', 0), ('lag', 'last token after', 'ms', 0),
                                           ('longest', 'longest frame', 'ms', 0), ('over50', 'frames over 50 ms', '', 0)):
            say(work, measure, mine[key], unit, other.get(key), goals.get(key), digits)
    return each


def growth(platform):
    """What a token costs in a short answer and in a long one, at the same pace, so that frames are as many per token."""
    ours = Ours()
    for kind, name in (('mixed', 'a mixed answer'), ('list', 'one endless list')):
        for follow, how in (('', ''), (' follow', ', following')):
            second = median(ours, platform, f'bench {kind} 5000 1000{follow}', 1)['cpu'] / 5
            say(f'{name} at 1,000/s{how}', 'CPU', second, 'of a core', goal='0.25', digits=3)
        cost = {count: median(ours, platform, f'bench {kind} {count} 2500 follow', runs)['cpu'] / count for count, runs in ((1000, RUNS), (50000, 1))}
        say(f'{name} at 2,500/s', 'CPU per token, 1k to 50k', cost[50000] / cost[1000], 'x', goal='1.5 x', digits=2)


# ---------------------------------------------------------------- keys

class Keyboard:
    """Presses keys as a hand does: the X server hears them."""

    def __init__(self):
        self.x = ctypes.CDLL('libX11.so.6')
        self.test = ctypes.CDLL('libXtst.so.6')
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.x.XStringToKeysym.restype = ctypes.c_ulong
        self.x.XKeysymToKeycode.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
        self.x.XKeysymToKeycode.restype = ctypes.c_ubyte
        self.x.XFlush.argtypes = [ctypes.c_void_p]
        self.test.XTestFakeKeyEvent.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]
        self.display = self.x.XOpenDisplay(None)

    def press(self, name):
        code = self.x.XKeysymToKeycode(self.display, self.x.XStringToKeysym(name.encode()))
        then = time.time()
        self.test.XTestFakeKeyEvent(self.display, code, 1, 0)
        self.x.XFlush(self.display)
        self.test.XTestFakeKeyEvent(self.display, code, 0, 0)
        self.x.XFlush(self.display)
        return then


def keys(platform):
    def type_some():
        keyboard = Keyboard()
        pressed = []
        time.sleep(2)
        for i in range(60):
            pressed.append(keyboard.press('abcdefgh'[i % 8]))
            time.sleep(0.1)
        return pressed
    got = Ours().measure(platform, 'bench mixed 10000 1000 follow', type_some)['keys']
    if len(got) < 60:
        raise SystemExit(f'of 60 keys {len(got)} came')
    got.sort()
    say('typing while 1,000/s come', 'key after', statistics.median(got), 'ms', goal='8 ms')
    say('typing while 1,000/s come', 'nine keys in ten within', got[53], 'ms', goal='8 ms')


# ---------------------------------------------------------------- the library

def long_conversations(platform):
    folder = tempfile.mkdtemp(dir=os.environ['W'])
    subprocess.run([f'{BUILD}/bench-library', 'fill', folder, '1', '5000'], check=True)
    subprocess.run([f'{BUILD}/bench-library', 'fill', folder, '1', '2'], check=True)
    env = dict(os.environ, YUANJING_BASE_URL=platform.url, YUANJING_API_KEY='bench', YUANJING_DATA_DIR=folder)
    times = []
    for _ in range(RUNS):
        out = subprocess.run([f'{BUILD}/bench-window', '--open'], env=env, check=True, text=True, capture_output=True).stdout
        times.append(next(json.loads(said)['ms'] for said in out.splitlines() if '"opened"' in said))
    say('5,000 messages', 'end on the screen after', statistics.median(times), 'ms', goal='200 ms', digits=0)


def searches():
    folder = tempfile.mkdtemp(dir=os.environ['W'])
    subprocess.run([f'{BUILD}/bench-library', 'fill', folder, str(CONVERSATIONS), str(MESSAGES)], check=True)
    out = subprocess.run([f'{BUILD}/bench-library', 'search', folder, *QUERIES], check=True, text=True, capture_output=True).stdout
    for row in out.splitlines():
        ms, found, query = row.split(' ', 2)
        say('100,000 messages', f'search “{query}” ({found} found)', float(ms), 'ms', goal='50 ms')


def main():
    wanted = sys.argv[1:] or ['streams', 'growth', 'keys', 'open', 'search']
    print(f'# load {os.getloadavg()[0]:.1f} of {os.cpu_count()} cores before it began', flush=True)
    platform = Platform()
    for what in wanted:
        {'streams': lambda: streams(platform), 'growth': lambda: growth(platform), 'keys': lambda: keys(platform),
         'open': lambda: long_conversations(platform), 'search': searches}[what]()
    print(f'# load {os.getloadavg()[0]:.1f} when it ended', flush=True)


main()
