# SPDX-License-Identifier: GPL-3.0-or-later
"""The chat of the sandbox, in the document's exact shapes."""
import json
import re
import time

from sandbox import Sandbox, main

CHAT = '/llmage/v1/chat/completions'


def events(answer):
    """The chunks, and whether [DONE] came; every line must be an event."""
    lines = answer.body.decode().splitlines()
    assert all(line.startswith('data: ') for line in lines), lines
    done = lines[-1] == 'data: [DONE]'
    return [json.loads(line[6:]) for line in (lines[:-1] if done else lines)], done


def text_of(chunks):
    return ''.join(chunk['choices'][0]['delta']['content'] for chunk in chunks if chunk['choices'])


def test_stream_shape():
    with Sandbox() as box:
        answer = box.chat('你是谁', stream=True)
    assert answer.status == 200 and answer.headers['content-type'] == 'text/event-stream'
    assert answer.body.isascii(), 'beyond ASCII everything is escaped'
    chunks, done = events(answer)
    assert done
    keys = ['id', 'object', 'created', 'choices', 'model', 'reasoning_content', 'content', 'finish', 'llmusageid']
    for chunk in chunks[:-1]:
        assert list(chunk) == keys, list(chunk)
        assert chunk['object'] == 'chat.completion.chunk' and chunk['finish'] == '0' and chunk['reasoning_content'] is None
        assert chunk['content'] == chunk['choices'][0]['delta']['content']
        assert isinstance(chunk['created'], int) and chunk['id'].startswith('chatcmpl-')
    for same in ('id', 'created', 'llmusageid', 'model'):
        assert len({chunk[same] for chunk in chunks}) == 1
    assert answer.body.startswith(b'data: {"id": "chatcmpl-')
    assert chunks[0]['choices'] == [{'logprobs': None, 'index': 0, 'delta': {'content': '', 'role': 'assistant'}}]
    for chunk in chunks[1:-2]:
        assert chunk['choices'] == [{'delta': {'content': chunk['content'], 'role': None}, 'index': 0}] and chunk['content']
    assert chunks[-2]['choices'] == [{'delta': {'content': '', 'role': None}, 'finish_reason': 'stop', 'index': 0}]
    usage = chunks[-1]
    assert list(usage) == ['id', 'object', 'created', 'choices', 'model', 'finish', 'usage', 'llmusageid']
    assert usage['choices'] == [] and usage['finish'] == '1'
    assert list(usage['usage']) == ['total_tokens', 'completion_tokens', 'prompt_tokens', 'prompt_tokens_details']
    assert usage['usage']['total_tokens'] == usage['usage']['completion_tokens'] + usage['usage']['prompt_tokens']
    assert usage['usage']['completion_tokens'] == len(chunks) - 3
    assert '沙盒' in text_of(chunks) and '不是人工智能' in text_of(chunks)


def test_whole_shape():
    with Sandbox() as box:
        answer = box.chat('你是谁')
        streamed, _ = events(box.chat('你是谁', stream=True))
    reply = answer.json()
    assert answer.headers['content-type'] == 'application/json'
    assert '我是元境'.encode() in answer.body, 'raw UTF-8 here'
    assert list(reply) == ['id', 'object', 'created', 'choices', 'model', 'reasoning_content', 'content', 'finish', 'usage']
    assert reply['object'] == 'chat.completion' and reply['finish'] == '1' and reply['reasoning_content'] is None
    assert reply['choices'] == [{'finish_reason': 'stop', 'index': 0,
                                 'message': {'content': reply['content'], 'role': 'assistant'}}]
    assert list(reply['usage']) == ['completion_tokens', 'prompt_tokens', 'prompt_tokens_details', 'total_tokens']
    assert reply['content'] == text_of(streamed), 'the same answer either way'


def test_what_it_says():
    with Sandbox(speed=1000) as box:
        def say(prompt, **fields):
            return box.chat(prompt, **fields).json()
        assert 'no AI' in say('Who are you?')['content']
        assert 'There is no AI here' in say('Tell me a joke')['content'] and '“Tell me a joke”' in say('Tell me a joke')['content']
        assert '没有人工智能' in say('讲个笑话')['content'] and '「讲个笑话」' in say('讲个笑话')['content']
        assert '「说得短一点」' in say('讲个笑话', sys_prompt='说得短一点')['content']
        sample = say('show me markdown')['content']
        for part in ('# A sample', '| Mode |', '```c', '$$', '- [x]', '1. First', '> A quotation'):
            assert part in sample, part
        turns = [{'role': 'user', 'content': 'one'}, {'role': 'assistant', 'content': 'two'}]
        assert '2 messages before' in say('three', messages=turns + [{'role': 'user', 'content': 'three'}])['content']
        told = say('five', messages=turns + [{'role': 'user', 'content': 'three'}, {'role': 'assistant', 'content': 'four'},
                                             {'role': 'user', 'content': 'five'}])['content']
        assert 'first thing you asked was “one”' in told and 'Just before you asked “three”' in told, told
        for wanted in (200, 5000):
            got = say(f'long {wanted}')['usage']['completion_tokens']
            assert abs(got - wanted) <= 2, (wanted, got)
        assert say('long 300 你好')['usage']['completion_tokens'] in range(298, 303)
        assert box.chat('hi', model='').json()['model'] == 'qwen3-max'
        assert box.chat('hi', model='my-model').json()['model'] == 'my-model'
        only = box.post(CHAT, {'messages': turns + [{'role': 'user', 'content': '最后一句'}]}).json()
        assert '「最后一句」' in only['content']


def test_thinks_first():
    with Sandbox() as box:
        chunks, _ = events(box.chat('think about it', stream=True))
        whole = box.chat('think about it').json()
    thought = [chunk['reasoning_content'] for chunk in chunks if chunk.get('reasoning_content')]
    assert ''.join(thought) == whole['reasoning_content'] and len(thought) > 10
    kinds = ['r' if chunk.get('reasoning_content') else 't' for chunk in chunks if chunk.get('reasoning_content') or chunk.get('content')]
    assert kinds == sorted(kinds), 'first the thoughts, then the text'


def test_emoji_escapes():
    with Sandbox() as box:
        answer = box.chat('say 😀 "quoted" \\ back', stream=True)
    assert rb'\ud83d\ude00' in answer.body
    assert '😀 "quoted" \\ back' in text_of(events(answer)[0])


def test_stream_is_asked_by_truth():
    with Sandbox() as box:
        for value, streams in ((True, True), (False, False), ('false', True), ('', False), (0, False), (1, True), (None, False)):
            assert box.chat('hi', stream=value).body.startswith(b'data: ') == streams, value


def test_pace():
    with Sandbox(speed=1) as box:
        start = time.monotonic()
        count = len(events(box.chat('hi', stream=True))[0])
        took = time.monotonic() - start
    print(f'# {count} chunks in {took:.2f} s: {count / took:.0f} a second')
    assert 10 <= count / took <= 45, 'about forty a second, fewer only on a busy machine'
    with Sandbox(speed=1000) as box:
        start = time.monotonic()
        count = len(events(box.chat('long 20000', stream=True))[0])
        took = time.monotonic() - start
    print(f'# {count} chunks in {took:.2f} s: {count / took:.0f} a second')
    assert count > 19000


def test_refusals():
    with Sandbox() as box:
        def refused(status, error, *arguments, **options):
            answer = box.curl(CHAT, *arguments, **options)
            assert answer.status == status and re.search(error, answer.error()), (answer.status, answer.body)
        as_json = ('-H', 'Content-Type: application/json')
        answer = box.curl(CHAT, *as_json, '-d', '{"prompt": "x"}', key=False)
        assert answer.status == 401 and answer.body == b'{"error": "Invalid API Key"}', answer.body
        refused(401, 'Invalid API Key', *as_json, '-d', '{"prompt": "x"}', key='sk-wrong')
        answer = box.curl(CHAT, *as_json, '-d', '{"model": "qwen3-max"}')
        assert answer.status == 400 and answer.body == b'{"error": "Missing required parameter: prompt"}'
        refused(400, 'Missing required parameter: prompt', *as_json, '-d', '{"prompt": "", "messages": []}')
        refused(400, 'prompt must be a JSON string', *as_json, '-d', '{"prompt": 5}')
        refused(400, 'messages must be a list', *as_json, '-d', '{"prompt": "x", "messages": [{"role": "user"}]}')
        for wrong, messages in (
                ('must end with the question', [('user', 'a'), ('assistant', 'b')]),
                ('must end with the prompt', [('user', 'a'), ('assistant', 'b'), ('user', 'y')]),
                ('take turns', [('assistant', 'b'), ('user', 'x')]),
                ('take turns', [('user', 'a'), ('user', 'x')]),
                ('must be a list', [('user', ''), ('assistant', 'b'), ('user', 'x')])):
            turns = [{'role': role, 'content': content} for role, content in messages]
            refused(400, wrong, *as_json, '-d', json.dumps({'prompt': 'x', 'messages': turns}))
        refused(400, 'not a JSON object', *as_json, '-d', '["prompt"]')
        refused(400, 'not a JSON object', *as_json, '-d', '{"prompt": ')
        refused(400, 'Content-Type', '-d', 'prompt=x')
        refused(405, 'Method', )
        assert box.curl('/no/such/place').status == 404


def test_faults():
    with Sandbox(speed=200) as box:
        full, done = events(box.chat('hi', stream=True))
        assert done
        chunks, done = events(box.chat('hi', stream=True, fault='no-done'))
        assert not done and text_of(chunks) == text_of(full) and chunks[-1]['finish'] == '1'
        answer = box.chat('hi', stream=True, fault='cut-response-after=400')
        assert answer.exit_status == 18 and len(answer.body) == 400, (answer.exit_status, len(answer.body))
        answer = box.chat('hi', stream=True, fault='malformed-json')
        bad = [line for line in answer.body.decode().splitlines() if not line.endswith('}') and not line.endswith(']')]
        assert len(bad) == 1 and answer.body.endswith(b'data: [DONE]\n')
        answer = box.chat('hi', stream=True, fault='stream-error=ERROR:%20no%20more')
        last = answer.body.decode().splitlines()[-2]
        assert json.loads(last[6:])['error'] == 'ERROR: no more' and json.loads(last[6:])['status'] == 'FAILED'
        answer = box.chat('hi', fault='malformed-json')
        assert answer.status == 200 and answer.body.startswith(b'{') and not answer.body.endswith(b'}')
        answer = box.chat('hi', fault='html')
        assert answer.status == 502 and b'<html>' in answer.body and answer.headers['content-type'] == 'text/html'
        answer = box.chat('hi', fault='balance')
        assert answer.status == 429 and answer.body == b'{"error": "Insufficient balance"}'
        answer = box.chat('hi', fault='status=503;body=busy')
        assert answer.status == 503 and answer.body == b'busy'
        answer = box.chat('hi', fault='redirect=http://127.0.0.1:9/elsewhere')
        assert answer.status == 302 and answer.headers['location'] == 'http://127.0.0.1:9/elsewhere'
        assert box.chat('hi', fault='no-reply').exit_status == 52
        start = time.monotonic()
        assert box.chat('hi', fault='latency=400').status == 200
        assert time.monotonic() - start >= 0.4
        answer = box.curl(CHAT, '-m', '1', '-H', 'Content-Type: application/json', '-d', '{"prompt": "hi"}', fault='stall=10')
        assert answer.exit_status == 28 and len(answer.body) == 10
        answer = box.chat('hi', fault='wrong-length=7')
        assert answer.exit_status == 18
        answer = box.chat('hi', fault='wrong-length=-7')
        assert answer.exit_status == 0 and not answer.body.endswith(b'}')
        answer = box.chat('hi', fault='no-such-fault')
        assert answer.status == 400 and 'no-such-fault' in answer.error()


def test_faults_of_the_command_line():
    with Sandbox('--fault', 'chat:status=500@2', '--fault', 'tasks:balance') as box:
        assert [box.chat('hi').status for _ in range(3)] == [500, 500, 200]
        assert box.curl('/llmage/tasks?taskid=1').status == 429
        assert box.curl('/llmage/v1/models').status == 200


main([test_stream_shape, test_whole_shape, test_what_it_says, test_thinks_first, test_emoji_escapes,
      test_stream_is_asked_by_truth, test_pace, test_refusals, test_faults, test_faults_of_the_command_line])
