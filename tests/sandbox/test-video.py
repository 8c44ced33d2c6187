# SPDX-License-Identifier: GPL-3.0-or-later
"""The videos of the sandbox: real files of the asked-for size and length, made from what was uploaded."""
import base64
import json
import os
import time

from sandbox import (SANITIZED, Sandbox, decode, difference, discover, frames, launch, loudness, main, make_clip, make_photo, make_sound,
                     path, run)

HAPPYHORSE = 'o5vfXYD5BURJWRTWpopE5'
SEEDANCE = 'YjjGgxO_Xma8PWsMjJvps'
WAN = 'u9HZyfDoqU6uKI6M1BTks'
SEEDANCE_R2V = 'dmPXF65TD1riKj9KaxLmg'
FRAME = 1 / 24


def check(width, height, seconds):
    facts = discover('video.mp4')
    assert (facts['width'], facts['height']) == (width, height), facts
    assert abs(facts['seconds'] - seconds) <= FRAME, facts['seconds']
    for part in ('H.264', 'AAC', 'Frame rate: 24/1', 'chroma-format=(string)4:2:0', 'Sample rate: 48000'):
        assert part in facts['text'], part
    cover = discover_picture('image.jpeg')
    assert cover == (width, height), cover
    return facts


def discover_picture(name):
    return tuple(map(int, run('identify', '-format', '%w %h', path(name)).split()))


def marked(name='video.mp4'):
    """The lower right corner of every frame holds the dark plate with white letters."""
    launch(f'{decode(name, "video")} ! videoconvert ! video/x-raw,format=GRAY8 ! videoscale ! '
           f'video/x-raw,width=640,height=360,pixel-aspect-ratio=1/1 ! videocrop left=500 top=341 ! filesink location={path("corner")}')
    with open(path('corner'), 'rb') as file:
        raw = file.read()
    size = 140 * 19
    return all(max(raw[i:i + size]) > 180 and min(raw[i:i + size]) < 110 for i in range(0, len(raw), size))


def index_first(name):
    """Whether the movie's index stands before its data."""
    with open(path(name), 'rb') as file:
        data = file.read()
    return data.index(b'moov') < data.index(b'mdat')


def without_mark(picture, width=64, height=36):
    """The upper nine tenths of a small picture."""
    return picture[:width * 3 * (height * 9 // 10)]


def children_seconds(box):
    """Processor time of the renderers that have ended."""
    with open(f'/proc/{box.process.pid}/stat') as file:
        user, system = file.read().rsplit(')', 1)[1].split()[13:15]
    return (int(user) + int(system)) / os.sysconf('SC_CLK_TCK')


def test_text_to_video():
    with Sandbox() as box:
        def make(prompt):
            box.make(box.post('/llmage/video', {'llmid': SEEDANCE, 'prompt': prompt, 'resolution': '720p', 'ratio': '16:9', 'duration': 2}))
            return frames('video.mp4')
        cat = make('一只猫在海边散步')
        check(1280, 720, 2)
        assert len(cat) == 48 and marked() and index_first('video.mp4')
        assert difference(cat[0], cat[-1]) > 1, 'it moves'
        assert max(frames('video.mp4')[0]) > 200, 'the prompt is white'
        assert difference(cat[0], frames('image.jpeg')[0]) < 4
        again = make('一只猫在海边散步')
        assert difference(cat[10], again[10]) == 0, 'the same prompt gives the same picture'
        assert difference(cat[0], make('a dog in the rain')[0]) > 8


def test_image_to_video():
    with Sandbox() as box:
        first, last = make_photo('first.jpg', 1280, 720, 'smpte'), make_photo('last.png', 640, 360, 'gradient', 'pngenc')
        start = time.monotonic()
        box.make(box.form([('llmid', HAPPYHORSE), ('prompt', '一起来调科目三'), ('duration', 5), ('resolution', '720P'),
                           ('image1_file', '@' + first)]))
        took = time.monotonic() - start
        check(1280, 720, 5)
        busy = children_seconds(box)
        print(f'# 5 s of 720p in {took:.2f} s ({took / 5:.2f} of real time), {busy:.2f} CPU s')
        assert SANITIZED or busy < 7.5, 'even one processor renders within 1.5 times real time'
        shown, photo = frames('video.mp4'), frames('first.jpg')[0]
        assert len(shown) == 120 and marked()
        assert difference(without_mark(shown[0]), without_mark(photo)) < 4
        assert difference(without_mark(frames('image.jpeg')[0]), without_mark(photo)) < 4
        assert difference(shown[0], shown[119]) > 1, 'it moves'
        keys = run('gst-launch-1.0', '-v', *f'filesrc location={path("video.mp4")} ! qtdemux name=d d.audio_0 ! queue ! fakesink d.video_0 ! queue ! h264parse ! '
                   'identity silent=false ! fakesink'.split())
        assert sum('last-message' in line and 'DELTA_UNIT' not in line and 'chain' in line for line in keys.splitlines()) >= 5

        box.make(box.form([('llmid', 'completed'), ('prompt', 'x'), ('size', '832*480'), ('duration', 5),
                           ('image_file1', '@' + first), ('image_file2', '@' + last)]))
        check(832, 480, 5)
        shown = frames('video.mp4')
        ratio = 832 / 480 / (16 / 9)
        assert difference(without_mark(shown[0]), without_mark(crop(photo, ratio))) < 6
        assert difference(without_mark(shown[-1]), without_mark(crop(frames('last.png')[0], ratio))) < 6
        middle = shown[len(shown) * 11 // 20]
        assert difference(middle, shown[0]) > 10 and difference(middle, shown[-1]) > 10


def crop(picture, ratio, width=64, height=36):
    """Narrows a small picture around its middle and widens it again, as a video of another ratio does."""
    kept = [min(width - 1, max(0, round((x + 0.5 - width / 2) * ratio + width / 2 - 0.5))) for x in range(width)]
    return b''.join(picture[(y * width + x) * 3:(y * width + x) * 3 + 3] for y in range(height) for x in kept)


def test_own_ratio_and_rotation():
    """Without a ratio the picture's own holds, as EXIF says it is to be seen."""
    with Sandbox() as box:
        make_photo('wide.jpg', 800, 400)
        run('convert', path('wide.jpg'), '-resize', '800x400!', path('plain.jpg'))
        with open(path('plain.jpg'), 'rb') as file:
            data = file.read()
        # An EXIF segment that says: turn by 90 degrees.
        tiff = b'MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0'
        exif = b'Exif\0\0' + tiff
        with open(path('turned.jpg'), 'wb') as file:
            file.write(data[:2] + b'\xff\xe1' + (len(exif) + 2).to_bytes(2, 'big') + exif + data[2:])
        for name, width, height in (('plain.jpg', 1440, 720), ('turned.jpg', 720, 1440)):
            box.make(box.form([('llmid', HAPPYHORSE), ('prompt', 'x'), ('duration', 1), ('resolution', '720P'),
                               ('image1_file', '@' + path(name))]))
            check(width, height, 1)
        run('convert', path('wide.jpg'), '-rotate', '90', path('seen.png'))
        assert difference(frames('image.jpeg', 36, 64)[0][:36 * 3 * 56], frames('seen.png', 36, 64)[0][:36 * 3 * 56]) < 6


def test_references_to_video():
    with Sandbox() as box:
        form = [('llmid', SEEDANCE_R2V), ('prompt', 'x'), ('resolution', '480p'), ('ratio', '16:9'), ('duration', 6),
                ('image_files', '@' + make_photo('red.png', 640, 360, 'red', 'pngenc')),
                ('image_files', '@' + make_photo('blue.png', 640, 360, 'blue', 'pngenc')),
                ('video_files', '@' + make_clip('clip.mp4', 4, pattern='green')),
                ('audio_files', '@' + make_sound('tone.wav', 3, 500))]
        box.make(box.form(form))
        check(854, 480, 6)
        shown = frames('video.mp4')
        assert len(shown) == 144 and marked()

        def colour(frame):
            middle = (18 * 64 + 32) * 3
            return 'rgb'[max(range(3), key=lambda i: frame[middle + i])]
        order = ''.join(colour(frame) for frame in shown)
        assert order == 'r' * 48 + 'b' * 48 + 'g' * 48, order
        level, pitch = loudness('video.mp4', 0.5, 2)
        assert level > 1000 and abs(pitch - 500) < 10, (level, pitch)
        level, _ = loudness('video.mp4', 4, 1.5)
        assert level < 20, 'after the reference sound there is silence'

        form = form[:-1] + [('audio_files', '@' + path('red.png'))]
        _, task = box.wait(box.form(form).json()['taskid'])
        assert task['status'] == 'FAILED' and task['error'].startswith('Reference sound 1 cannot be used: '), task


def test_ratios_and_sizes():
    with Sandbox() as box:
        for fields, width, height in (
                ({'llmid': SEEDANCE, 'resolution': '480p', 'ratio': '9:16'}, 480, 854),
                ({'llmid': SEEDANCE, 'resolution': '480p', 'ratio': '1:1'}, 480, 480),
                ({'llmid': SEEDANCE, 'resolution': '480p', 'ratio': 'adaptive'}, 854, 480),
                ({'llmid': SEEDANCE, 'resolution': '480p', 'ratio': '21:9'}, 1120, 480)):
            box.make(box.post('/llmage/video', {'prompt': 'x', 'duration': 1, **fields}))
            check(width, height, 1)
        box.make(box.post('/llmage/video', {'llmid': WAN, 'prompt': 'x', 'size': '480*832', 'duration': 5}))
        check(480, 832, 5)


def test_what_cannot_be_decoded():
    with Sandbox() as box:
        with open(path('broken.jpg'), 'wb') as file:
            file.write(b'\xff\xd8\xff\xe0 this is no picture')
        answer = box.form([('llmid', HAPPYHORSE), ('prompt', 'x'), ('duration', 1), ('image1_file', '@' + path('broken.jpg'))])
        assert answer.status == 200
        _, task = box.wait(answer.json()['taskid'])
        assert task['status'] == 'FAILED' and task['error'].startswith('The first frame cannot be used: '), task
        assert list(task) == ['status', 'taskid', 'error']


def test_addresses_and_base64():
    """Where the document takes a URL or Base64, the picture behind it is used."""
    with Sandbox() as box:
        cover = box.make(box.post('/llmage/video', {'llmid': SEEDANCE, 'prompt': '远处', 'resolution': '480p', 'duration': 1}))['image']
        picture = frames('image.jpeg')[0]
        with open(path('image.jpeg'), 'rb') as file:
            uri = 'data:image/jpeg;base64,' + base64.b64encode(file.read()).decode()
        wan = {'llmid': 'completed', 'prompt': 'x', 'size': '832*480', 'duration': 5}
        with open(path('request.json'), 'w') as file:
            json.dump({**wan, 'image_file1': cover, 'image_file2': uri}, file)
        box.make(box.curl('/llmage/video', '-H', 'Content-Type: application/json', '-d', '@' + path('request.json')))
        check(832, 480, 5)
        shown = frames('video.mp4')
        for frame in (shown[0], shown[-1]):
            assert difference(without_mark(frame), without_mark(crop(picture, 832 / 480 / (854 / 480)))) < 6
        gone = cover.replace('cover.jpeg', 'none.jpeg')
        _, task = box.wait(box.post('/llmage/video', {**wan, 'image_file1': gone, 'image_file2': gone}).json()['taskid'])
        assert task['error'] == 'The first frame cannot be used: the server there answers 404', task


def test_answers_while_rendering():
    """Two jobs wait their turn while chat and questions are answered without delay."""
    with Sandbox() as box:
        ids = [box.post('/llmage/video', {'llmid': SEEDANCE, 'prompt': 'x', 'resolution': '720p', 'duration': 4}).json()['taskid']
               for _ in range(3)]
        box.wait(ids[0], 'RUNNING')
        slowest = 0
        while True:
            start = time.monotonic()
            states = [box.task(taskid)['status'] for taskid in ids]
            slowest = max(slowest, (time.monotonic() - start) / 3)
            if all(state == 'SUCCEEDED' for state in states):
                break
            start = time.monotonic()
            assert box.chat('hi', stream=True).status == 200
            assert time.monotonic() - start < 5
            assert 'FAILED' not in states
        print(f'# slowest answer while rendering: {slowest * 1000:.0f} ms with curl')
        assert slowest < 2


main([test_text_to_video, test_image_to_video, test_own_ratio_and_rotation, test_references_to_video, test_ratios_and_sizes,
      test_what_cannot_be_decoded, test_addresses_and_base64, test_answers_while_rendering])
