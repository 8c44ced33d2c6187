# SPDX-License-Identifier: GPL-3.0-or-later
"""Submitting videos to the sandbox: the document's own examples are taken, everything else is refused, and says why."""
import json
import os
import time

from sandbox import SANITIZED, Sandbox, main, make_photo, path

VIDEO = '/llmage/video'
HAPPYHORSE = 'o5vfXYD5BURJWRTWpopE5'
SEEDANCE = 'YjjGgxO_Xma8PWsMjJvps'
SEEDANCE_15 = 'CrEMkFQfRCmbmopZsCqLj'
SEEDANCE_R2V = 'dmPXF65TD1riKj9KaxLmg'
VIDU = 'r0ill7L0s6PtBS8mkmg-7'
WAN = 'u9HZyfDoqU6uKI6M1BTks'

photo = '@' + make_photo('photo.jpg', 320, 180)


def accepted(answer):
    assert answer.status == 200, answer.body
    reply = answer.json()
    assert list(reply) == ['taskid', 'status'] and reply['status'] == 'created', reply
    assert isinstance(reply['taskid'], str) and len(reply['taskid']) == 18 and reply['taskid'].isdigit()
    return reply['taskid']


def refused(answer, *words, status=400):
    assert answer.status == status, (answer.status, answer.body)
    for word in words:
        assert word in answer.error(), (word, answer.error())


def test_examples_of_the_document():
    with Sandbox() as box:
        ids = [
            accepted(box.post(VIDEO, {'llmid': SEEDANCE_15, 'prompt': '一只猫', 'duration': 5, 'radio': '16:9', 'resolution': '480p'})),
            accepted(box.form([('llmid', HAPPYHORSE), ('prompt', '一起来调科目三'), ('duration', 15), ('resolution', '720P'),
                               ('image1_file', photo)])),
            accepted(box.form([('llmid', SEEDANCE_R2V), ('model', 'doubao-seedance-2-0-260128'), ('prompt', '散步'), ('ratio', '4:3'),
                               ('resolution', '720p'), ('duration', 4), ('image_files', photo), ('image_files', photo)])),
        ]
        assert len(set(ids)) == 3


def test_refused_in_the_platforms_words():
    with Sandbox() as box:
        answer = box.post(VIDEO, {'llmid': SEEDANCE, 'prompt': 'x'}, key=False)
        assert answer.status == 401 and answer.body == b'{"error": "Invalid API Key"}'
        answer = box.post(VIDEO, {'llmid': SEEDANCE})
        assert answer.status == 400 and answer.body == b'{"error": "Missing required parameter: prompt"}'
        answer = box.post(VIDEO, {'llmid': SEEDANCE, 'prompt': 'x'}, fault='balance')
        assert answer.status == 429 and answer.body == b'{"error": "Insufficient balance"}'
        refused(box.post(VIDEO, {'prompt': 'x'}), 'Missing required parameter: llmid')
        refused(box.post(VIDEO, {'llmid': 'no-such-llmid', 'prompt': 'x'}), 'Unknown llmid: no-such-llmid')
        refused(box.form([('llmid', HAPPYHORSE), ('prompt', 'x'), ('resolution', '720P'), ('image_file1', photo)]), 'image_file1')


def test_names_and_values():
    with Sandbox() as box:
        def base(**fields):
            return box.post(VIDEO, {'llmid': SEEDANCE, 'prompt': 'x', **fields})
        accepted(base())
        accepted(base(duration=5, resolution='720p', ratio='adaptive', model='doubao-seedance-2-0-260128'))
        accepted(base(model='doubao-seedance-2-0-fast-260128'))
        refused(base(model='happyhorse-1.0-t2v'), 'model=happyhorse-1.0-t2v')
        refused(base(radio='16:9'), 'Unknown parameter: radio')
        refused(base(seed=1), 'Unknown parameter: seed')
        refused(base(duration='5'), 'duration must be a JSON number')
        refused(base(duration=5.5), 'duration must be a JSON number')
        refused(base(duration=True), 'duration must be a JSON number')
        refused(base(duration=0), 'duration=0')
        refused(base(resolution='720P'), 'resolution=720P')
        refused(base(resolution=720), 'resolution')
        refused(base(ratio='16x9'), 'ratio=16x9')
        refused(base(prompt=''), 'Empty field: prompt')
        refused(base(prompt=5), 'prompt must be a string')
        refused(base(prompt=['x']), 'prompt must be a string')
        refused(base(image1_file='data:image/png;base64,AAAA'), 'image1_file')
        refused(box.post(VIDEO, {'llmid': SEEDANCE_15, 'prompt': 'x', 'ratio': '16:9'}), 'Unknown parameter: ratio')
        accepted(box.post(VIDEO, {'llmid': SEEDANCE_15, 'prompt': 'x', 'radio': '9:21'}))
        accepted(box.post(VIDEO, {'llmid': WAN, 'prompt': 'x', 'size': '832*480', 'duration': 10, 'negative_prompt': 'blur'}))
        refused(box.post(VIDEO, {'llmid': WAN, 'prompt': 'x', 'size': '832x480'}), 'size=832x480')
        refused(box.post(VIDEO, {'llmid': WAN, 'prompt': 'x', 'duration': 7}), 'duration=7')
        accepted(box.post(VIDEO, {'llmid': VIDU, 'prompt': 'x', 'off_peak': 'Y', 'duration': 16, 'resolution': '540p'}))
        refused(box.post(VIDEO, {'llmid': VIDU, 'prompt': 'x', 'off_peak': 'yes'}), 'off_peak=yes')
        refused(box.post(VIDEO, {'llmid': VIDU, 'prompt': 'x', 'off_peak': True}), 'off_peak')
        refused(box.post(VIDEO, {'llmid': VIDU, 'prompt': 'x', 'duration': 17}), 'duration=17')


def test_forms():
    with Sandbox() as box:
        start = [('llmid', HAPPYHORSE), ('prompt', 'x')]
        accepted(box.form(start + [('image1_file', photo)]))
        refused(box.form(start + [('resolution', '720p'), ('image1_file', photo)]), 'resolution=720p')
        refused(box.form(start + [('duration', 'five'), ('image1_file', photo)]), 'duration must be a whole number')
        refused(box.form(start + [('image1_file', photo), ('duration', 5)]), 'Text after a file: duration')
        refused(box.form(start + [('image1_file', photo), ('image1_file', photo)]), 'image1_file')
        refused(box.form(start + [('image1_file', 'not a file')]), 'image1_file must be a file')
        refused(box.form(start + [('prompt', 'y'), ('image1_file', photo)]), 'prompt is given more than once')
        refused(box.form(start + [('duration', ''), ('image1_file', photo)]), 'Empty field: duration')
        r2v = [('llmid', SEEDANCE_R2V), ('prompt', 'x')]
        refused(box.form(r2v + [('image_files[]', photo)]), 'image_files[]')
        refused(box.form(r2v + [('image_files1', photo)]), 'image_files1')
        refused(box.form(r2v + [('prompt2', 'y'), ('image_files', photo)]), 'prompt2')
        refused(box.post(VIDEO, {'llmid': SEEDANCE_R2V, 'prompt': 'x'}), 'Missing required parameter: image_files')
        open(path('empty.jpg'), 'wb').close()
        refused(box.form(start + [('image1_file', '@' + path('empty.jpg'))]), 'Empty file: image1_file')
        refused(box.curl(VIDEO, '-F', f'llmid={HAPPYHORSE}', '-F', 'prompt=x', '-F', f'image1_file={photo};filename="a;b.jpg"'),
                'Unsafe file name: image1_file')
        refused(box.curl(VIDEO, '-d', 'llmid=x'), 'Content-Type')
        refused(box.curl(VIDEO, '-H', 'Content-Type: application/json', '-d', '{"llmid"'), 'not a JSON object')


def raw_form(box, body, boundary='b'):
    with open(path('form'), 'wb') as file:
        file.write(body)
    return box.curl(VIDEO, '-H', f'Content-Type: multipart/form-data; boundary={boundary}', '--data-binary', '@' + path('form'))


def test_malformed_forms():
    def part(name, value, more=b''):
        return b'--b\r\nContent-Disposition: form-data; name="' + name + b'"' + more + b'\r\n\r\n' + value + b'\r\n'
    fields = part(b'llmid', SEEDANCE.encode()) + part(b'prompt', b'x')
    with Sandbox() as box:
        accepted(raw_form(box, fields + b'--b--\r\n'))
        accepted(raw_form(box, b'preamble\r\n' + fields + b'--b--'))
        accepted(raw_form(box, part(b'llmid', SEEDANCE.encode()) + part(b'prompt', b'\r\n--c\r\n-\r\n--') + b'--b--\r\n'))
        refused(raw_form(box, fields), 'last boundary')
        refused(raw_form(box, b''), 'last boundary')
        refused(raw_form(box, fields + b'--bx\r\n--b--'), 'boundary must stand alone')
        refused(raw_form(box, fields.replace(b'\r\n', b'\n') + b'--b--\n'), 'CR LF')
        refused(raw_form(box, fields + part(b'ratio', b'\xff\xfe') + b'--b--'), 'Not UTF-8: ratio')
        refused(raw_form(box, fields + part(b'', b'x') + b'--b--'), 'no name')
        refused(raw_form(box, fields + b'--b\r\n\r\nx\r\n--b--'), 'no Content-Disposition')
        refused(raw_form(box, fields + part(b'ratio', b'1:1', b'\r\nContent-Transfer-Encoding: base64') + b'--b--'), 'Transfer-Encoding')
        refused(raw_form(box, fields + part(b'image_files', b'x', b'; filename=""') + b'--b--'), 'Empty file name')
        refused(raw_form(box, fields + part(b'ratio', b'1:1', b'\r\nX-Long: ' + b'x' * 9000) + b'--b--'), 'header')
        refused(raw_form(box, b''.join(part(b'f%d' % i, b'x') for i in range(70)) + b'--b--'), 'More than 64')
        refused(raw_form(box, fields, boundary='b' * 71), 'boundary')
        refused(box.curl(VIDEO, '-H', 'Content-Type: multipart/form-data', '-d', 'x'), 'boundary')


def test_text_instead_of_files():
    """Models whose first frame is a string take a URL or a data: URI, the others do not."""
    with Sandbox() as box:
        uri = 'data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs='
        wan = {'llmid': 'completed-by-hand', 'prompt': 'x', 'size': '832*480', 'duration': 5}
        accepted(box.post(VIDEO, {**wan, 'image_file1': uri, 'image_file2': uri}))
        refused(box.post(VIDEO, {**wan, 'image_file1': uri}), 'Missing required parameter: image_file2')
        refused(box.post(VIDEO, {**wan, 'image_file1': 'iVBORw0KGgo=', 'image_file2': uri}), 'image_file1', 'data: URI')
        refused(box.post(VIDEO, {'llmid': HAPPYHORSE, 'prompt': 'x', 'image1_file': uri}), 'image1_file must be a file')


def test_completed_models():
    """A model whose llmid the document lost is taken under any llmid that is no other's in its mode."""
    with Sandbox() as box:
        rows = {row['model']: row['id'] for row in box.curl('/llmage/v1/models/catelog.dspy?catelogid=i2v').json()}
        for llmid in ('made-up', rows['viduq3-pro'], SEEDANCE):
            accepted(box.form([('llmid', llmid), ('prompt', 'x'), ('off_peak', 'N'), ('resolution', '540p'),
                               ('image_file1', photo), ('image_file2', photo)]))
        refused(box.form([('llmid', HAPPYHORSE), ('prompt', 'x'), ('off_peak', 'N'), ('resolution', '540p'),
                          ('image_file1', photo), ('image_file2', photo)]), 'Unknown parameter')
        refused(box.form([('llmid', 'made-up'), ('prompt', 'x'), ('image_file9', photo)]), 'Unknown llmid: made-up')


def test_later_route():
    with Sandbox() as box:
        def generate(**fields):
            return box.post('/llmage/v1/video/generations', fields)
        reply = generate(model='wan2.6-t2v', catelogid='t2v', prompt='x', size='832*480').json()
        assert list(reply) == ['id', 'object', 'model', 'status', 'taskid', 'created'] and reply['status'] == 'submitted'
        task = box.curl(f'/llmage/v1/tasks?taskid={reply["taskid"]}').json()
        assert task['status'] == 'ok' and task['data']['taskid'] == reply['taskid']
        refused(generate(model='wan2.6-t2v', prompt='x'), 'Missing required parameter: catelogid')
        refused(generate(model='nothing', catelogid='t2v', prompt='x'), 'Unknown model: nothing')
        refused(generate(model='wan2.6-t2v', catelogid='x2y', prompt='x'), 'Unknown catelogid')


def test_lists():
    with Sandbox() as box:
        assert box.curl('/llmage/v1/models?catelogid=t2v', key=False).status == 401
        reply = box.curl('/llmage/v1/models?catelogid=t2v').json()
        assert list(reply) == ['object', 'data'] and reply['object'] == 'list'
        assert all(list(row) == ['id', 'object', 'created', 'owned_by'] and isinstance(row['created'], float) for row in reply['data'])
        names = [row['id'] for row in reply['data']]
        assert 'wan2.6-t2v' in names and 'happyhorse-1.0-i2v' not in names
        rows = box.curl('/llmage/v1/models/catelog.dspy?catelogid=r2v').json()
        assert {'id': SEEDANCE_R2V, 'model': 'doubao-seedance-2-0-260128'}.items() <= rows[0].items()
        by_name = box.curl('/llmage/v1/models?catelogid=%E6%96%87%E7%94%9F%E8%A7%86%E9%A2%91').json()
        assert by_name == reply
        assert 'qwen3-max' in [row['id'] for row in box.curl('/llmage/v1/models?catelogid=t2t').json()['data']]


def memory(box, what='VmHWM'):
    with open(f'/proc/{box.process.pid}/status') as file:
        return next(int(line.split()[1]) for line in file if line.startswith(what))


def test_large_upload():
    """Files go to disk, not to memory; JSON is limited as on the platform."""
    size = 256 * 1024 * 1024
    with open(path('large.mp4'), 'wb') as file:
        file.truncate(size)
    with Sandbox() as box:
        accepted(box.form([('llmid', SEEDANCE_R2V), ('prompt', 'x'), ('image_files', photo)], fault='job-fails'))
        before = memory(box)
        start = time.monotonic()
        taskid = accepted(box.form([('llmid', SEEDANCE_R2V), ('prompt', 'x'), ('image_files', photo), ('video_files', '@' + path('large.mp4'))]))
        took = time.monotonic() - start
        grown = memory(box) - before
        print(f'# {size >> 20} MiB in {took:.2f} s, memory {grown} KiB higher')
        assert SANITIZED or grown < 16 * 1024
        _, task = box.wait(taskid)
        assert task['status'] == 'FAILED' and 'Reference video 1 cannot be used' in task['error'], task
        with open(path('large.json'), 'w') as file:
            json.dump({'llmid': SEEDANCE, 'prompt': 'x' * (10 * 1024 * 1024)}, file)
        answer = box.curl(VIDEO, '-H', 'Content-Type: application/json', '-d', '@' + path('large.json'))
        assert answer.status == 413 and answer.headers['content-type'].startswith('text/plain')
    os.unlink(path('large.mp4'))


def test_faults():
    with Sandbox(speed=50) as box:
        fields = {'llmid': SEEDANCE, 'prompt': 'x', 'resolution': '480p', 'duration': 1}

        def submit(fault):
            return accepted(box.post(VIDEO, fields, fault=fault))
        seen, task = box.wait(submit('job-fails=The%20picture%20was%20refused'))
        assert task['status'] == 'FAILED' and task['error'] == 'The picture was refused' and seen[-1] == 'FAILED'
        taskid = submit('job-never-ends')
        seen, _ = box.wait(taskid, 'RUNNING')
        taskid_gone = submit('job-vanishes')
        seen, task = box.wait(taskid_gone)
        assert task == {'status': 'FAILED', 'error': f'taskid={taskid_gone} not exist'}, task
        _, task = box.wait(submit('link-expires'))
        assert task['status'] == 'SUCCEEDED'
        deadline = time.monotonic() + 20
        while box.curl(task['video'], key=False).status != 404 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert box.curl(task['video'], key=False).status == 404
        assert box.task(taskid)['status'] == 'RUNNING'
        assert box.task('1')['error'] == 'taskid=1 not exist'
        refused(box.curl('/llmage/tasks'), 'Missing required parameter: taskid')
        assert box.post(VIDEO, fields, fault='no-reply').exit_status == 52
        answer = box.form([('llmid', HAPPYHORSE), ('prompt', 'x'), ('image1_file', photo)], fault='cut-request-after=500')
        assert answer.exit_status in (52, 55, 56), answer.exit_status


main([test_examples_of_the_document, test_refused_in_the_platforms_words, test_names_and_values, test_forms, test_malformed_forms,
      test_text_instead_of_files, test_completed_models, test_later_route, test_lists, test_large_upload, test_faults])
