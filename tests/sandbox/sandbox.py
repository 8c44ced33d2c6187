# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the sandbox share: a running sandbox, curl, made-up material, and TAP."""
import json
import os
import re
import subprocess
import tempfile
import time
import traceback

SANITIZED = os.environ.get('YUANJING_SANITIZED') == '1'
PATIENCE = 180 if SANITIZED else 60
folder = tempfile.TemporaryDirectory(prefix='yuanjing-test-')


def path(name):
    return os.path.join(folder.name, name)


def run(*command):
    """Runs a measuring program, which must succeed; its output as text. Its criticals are not ours to die of."""
    environment = {name: value for name, value in os.environ.items() if name != 'G_DEBUG'}
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, env=environment)
    assert done.returncode == 0, (command, done.stderr)
    return done.stdout


class Answer:
    def __init__(self, exit_status, head, body):
        self.exit_status, self.body = exit_status, body
        lines = head.decode('latin-1').strip().split('\r\n\r\n')[-1].splitlines()      # not those of a 100 Continue
        self.status = int(lines[0].split()[1]) if lines else 0
        self.headers = {k.lower(): v.strip() for k, v in (line.split(':', 1) for line in lines[1:] if ':' in line)}

    def json(self):
        return json.loads(self.body)

    def error(self):
        return self.json()['error']


class Sandbox:
    """The real program, until the end of the `with`; it must end well and have nothing to complain of."""

    def __init__(self, *arguments, speed=20):
        self.arguments = [os.environ['YUANJING_SANDBOX'], '--exit-with-stdin', '--speed', str(speed), *arguments]

    def __enter__(self):
        self.temp = tempfile.mkdtemp(dir=folder.name)
        self.process = subprocess.Popen(self.arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True, env={**os.environ, 'TMPDIR': self.temp})
        self.line = self.process.stdout.readline()
        ready = json.loads(self.line)
        self.url, self.key = ready['base_url'], ready['key']
        return self

    def __exit__(self, kind, value, trace):
        self.process.stdin.close()
        status = self.process.wait(PATIENCE)
        complaints = self.process.stderr.read()
        self.process.stdout.close()
        self.process.stderr.close()
        assert status == 0, f'the sandbox ended with {status}: {complaints}'
        assert complaints == '', complaints
        assert os.listdir(self.temp) == [], f'files are left: {os.listdir(self.temp)}'

    def curl(self, place, *arguments, key=True, fault=None):
        """One request by curl. @place is below the base URL, or a whole URL."""
        command = ['curl', '-sS', '-m', str(PATIENCE), '-D', path('head'), '-o', path('body'), *arguments]
        if key:
            command += ['-H', f'Authorization: Bearer {self.key if key is True else key}']
        if fault:
            command += ['-H', f'X-Sandbox-Fault: {fault}']
        for name in ('head', 'body'):
            open(path(name), 'wb').close()
        status = subprocess.run([*command, place if '://' in place else self.url + place], capture_output=True).returncode
        with open(path('head'), 'rb') as head, open(path('body'), 'rb') as body:
            return Answer(status, head.read(), body.read())

    def post(self, place, fields, **options):
        return self.curl(place, '-H', 'Content-Type: application/json', '-d', json.dumps(fields), **options)

    def form(self, fields, **options):
        """@fields: pairs; a value that begins with @ is a file."""
        return self.curl('/llmage/video', *(part for name, value in fields for part in ('-F', f'{name}={value}')), **options)

    def chat(self, prompt, fault=None, **fields):
        return self.post('/llmage/v1/chat/completions', {'model': 'qwen3-max', 'prompt': prompt, **fields}, fault=fault)

    def task(self, taskid):
        return self.curl(f'/llmage/tasks?taskid={taskid}').json()

    def wait(self, taskid, *states):
        """Asks until the job is in one of @states; all the states seen on the way, and the last answer."""
        seen, deadline = [], time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            task = self.task(taskid)
            if not seen or seen[-1] != task['status']:
                seen.append(task['status'])
            if task['status'] in (states or ('SUCCEEDED', 'FAILED')):
                return seen, task
            time.sleep(0.02)
        raise AssertionError(f'{taskid} never got {states}: {seen}')

    def make(self, answer):
        """Waits for the job that @answer accepts; its files are video and cover."""
        assert answer.status == 200, answer.body
        _, task = self.wait(answer.json()['taskid'])
        assert task['status'] == 'SUCCEEDED', task
        for name, ending in (('video', 'mp4'), ('image', 'jpeg')):
            with open(path(f'{name}.{ending}'), 'wb') as file:
                file.write(self.curl(task[name], key=False).body)
        return task


# ---- material and measuring, by GStreamer

def launch(pipeline):
    run('gst-launch-1.0', '-q', *pipeline.split())


def make_photo(name, width=1280, height=720, pattern='smpte', encoder='jpegenc'):
    launch(f'videotestsrc pattern={pattern} num-buffers=1 ! video/x-raw,width={width},height={height} ! videoconvert ! '
           f'{encoder} ! filesink location={path(name)}')
    return path(name)


def make_clip(name, seconds=3, width=640, height=360, pattern='ball'):
    launch(f'videotestsrc pattern={pattern} num-buffers={seconds * 30} ! video/x-raw,framerate=30/1,width={width},height={height} ! '
           f'videoconvert ! x264enc speed-preset=ultrafast ! mp4mux ! filesink location={path(name)}')
    return path(name)


def make_sound(name, seconds=2, frequency=880):
    launch(f'audiotestsrc freq={frequency} num-buffers={seconds * 10} samplesperbuffer=4800 ! audio/x-raw,rate=48000 ! '
           f'wavenc ! filesink location={path(name)}')
    return path(name)


def discover(name):
    """Width, height, seconds and codecs as gst-discoverer finds them."""
    text = run('gst-discoverer-1.0', '-v', path(name))
    hours, minutes, seconds = re.search(r'Duration: (\d+):(\d+):([\d.]+)', text).groups()
    return {'width': int(re.search(r'Width: (\d+)', text).group(1)),
            'height': int(re.search(r'Height: (\d+)', text).group(1)),
            'seconds': int(hours) * 3600 + int(minutes) * 60 + float(seconds),
            'text': text}


def decode(name, kind):
    """The beginning of a pipeline that decodes a picture, or one of the two streams of the sandbox's videos.
    Direct rendering makes avdec_h264 abort now and then where a side is no multiple of sixteen (GStreamer 1.26)."""
    if not name.endswith('.mp4'):
        return f'filesrc location={path(name)} ! decodebin'
    video, audio = 'movie.video_0 ! queue', 'movie.audio_0 ! queue'
    source = f'filesrc location={path(name)} ! qtdemux name=movie'
    if kind == 'audio':
        return f'{source} {video} ! fakesink async=false {audio} ! decodebin'
    return f'{source} {audio} ! fakesink async=false {video} ! h264parse ! avdec_h264 direct-rendering=false'


def frames(name, width=64, height=36):
    """All frames of a video, or the one of a picture, as small RGB pictures."""
    launch(f'{decode(name, "video")} ! videoconvert ! videoscale add-borders=false ! '
           f'video/x-raw,format=RGB,width={width},height={height},pixel-aspect-ratio=1/1 ! filesink location={path("raw")}')
    with open(path('raw'), 'rb') as file:
        raw = file.read()
    size = width * height * 3
    return [raw[i:i + size] for i in range(0, len(raw), size)]


def difference(a, b):
    """Mean difference of two pictures of one size, 0 to 255."""
    assert len(a) == len(b), (len(a), len(b))
    return sum(abs(x - y) for x, y in zip(a, b)) / len(a)


def loudness(name, start, seconds):
    """Mean level of the sound in a stretch of the file, and how often it crosses zero in a second."""
    launch(f'{decode(name, "audio")} ! audioconvert ! audioresample ! '
           f'audio/x-raw,format=S16LE,rate=8000,channels=1 ! filesink location={path("raw")}')
    with open(path('raw'), 'rb') as file:
        raw = memoryview(file.read()).cast('h')[int(start * 8000):int((start + seconds) * 8000)]
    crossings = sum(1 for x, y in zip(raw, raw[1:]) if (x < 0) != (y < 0))
    return sum(map(abs, raw)) / max(1, len(raw)), crossings / seconds / 2


# ---- TAP

def main(tests):
    """Runs functions in order and says how each went; the functions' first lines are their names."""
    print(f'1..{len(tests)}', flush=True)
    for number, test in enumerate(tests, 1):
        try:
            test()
            print(f'ok {number} {test.__name__}', flush=True)
        except Exception:
            print(f'not ok {number} {test.__name__}')
            print(''.join(f'# {line}\n' for line in traceback.format_exc().splitlines()), end='', flush=True)
    folder.cleanup()
