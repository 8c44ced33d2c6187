# SPDX-License-Identifier: GPL-3.0-or-later
"""Chat, models, key and what goes wrong on the command line itself."""
import os
import pty
import socket
import subprocess
import threading

from cli import CHAT, INTERRUPT, KEY, Cli, Platform, reply, run_all, stream

QUESTION = '你是谁？'


def test_streams_text():
    with Platform(lambda request, server: stream('我是元境。')) as platform:
        done = Cli(platform).run('chat', '-m', 'qwen3-max', '-s', '简短', QUESTION)
        assert done.status == 0 and done.out == '我是元境。\n' and done.err == '', done
        assert [request.path for request in platform.requests] == [CHAT]
        assert platform.requests[0].json() == {'model': 'qwen3-max', 'prompt': QUESTION, 'sys_prompt': '简短', 'stream': True}
        assert platform.requests[0].headers['authorization'] == f'Bearer {KEY}'


def test_prompt_from_standard_input():
    with Platform(lambda request, server: stream('ok')) as platform:
        for arguments in (['chat'], ['chat', '-']):
            assert Cli(platform).run(*arguments, stdin=f'{QUESTION}\n第二行\n').status == 0
        assert [request.json()['prompt'] for request in platform.requests] == [f'{QUESTION}\n第二行'] * 2


def test_json_lines():
    with Platform(lambda request, server: stream('一二')) as platform:
        lines = Cli(platform).run('--json', 'chat', QUESTION).lines()
        assert ''.join(line.get('content') or '' for line in lines) == '一二', lines
        last = lines[-1]
        assert last['end'] == 'complete' and last['completion_tokens'] == 5 and last['model'] == 'qwen3-max' and last['error'] is None, last


def test_whole():
    whole = {'choices': [{'finish_reason': 'stop', 'index': 0, 'message': {'content': '全部', 'role': 'assistant'}}], 'content': '全部',
             'model': 'm', 'finish': '1', 'usage': {'completion_tokens': 2, 'prompt_tokens': 1, 'total_tokens': 3}}
    with Platform(lambda request, server: reply(whole)) as platform:
        done = Cli(platform).run('chat', '--no-stream', '--json', QUESTION)
        assert done.status == 0 and [line['content'] for line in done.lines()] == ['全部'], done
        assert platform.requests[0].json()['stream'] is False


def test_a_terminal_gets_no_commands():
    """What comes from a server moves no cursor and sets no title."""
    with Platform(lambda request, server: stream('a\x1b]0;evil\x07\x1b[2Jb\u009bc\n')) as platform:
        main_end, terminal = pty.openpty()
        cli = Cli(platform)
        piped = cli.run('chat', QUESTION)
        assert '\x1b[2J' in piped.out, 'a file gets the text as it is'
        subprocess.run([os.environ['YUANJING_CLI'], 'chat', QUESTION], stdout=terminal, stderr=subprocess.DEVNULL, env=cli.environment, check=True)
        shown = os.read(main_end, 10000)
        assert shown == b'a]0;evil[2Jbc\r\n', shown


def assert_ends(answer, status, text='', words=None):
    with Platform(lambda request, server: answer) as platform:
        done = Cli(platform).run('chat', QUESTION)
        assert done.status == status, done
        assert done.out == text, done
        assert done.err.startswith('yuanjing-cli: ') or not words, done
        assert words is None or words in done.err, done
        assert len(platform.requests) == 1, 'asked more than once'


def test_exit_statuses():
    assert_ends(reply({'error': 'Invalid API Key'}, '401 Unauthorized'), 3, words='Invalid API Key')
    assert_ends(reply({'error': 'Insufficient balance'}, '429 Too Many Requests'), 4, words='Top up')
    assert_ends(reply({'error': 'Missing required parameter: prompt'}, '400 Bad Request'), 5, words='Missing required parameter')
    assert_ends(reply('<html><h1>oops</h1></html>', '500 Internal Server Error', 'text/html'), 1, words='platform')
    assert_ends(reply('<html>portal</html>', kind='text/html'), 6)


def test_cut_keeps_its_text():
    assert_ends(stream('一半', end=False), 6, text='一半\n', words='cut short')
    assert_ends(None, 6)


def test_refused_connection():
    with socket.create_server(('127.0.0.1', 0)) as closed:
        port = closed.getsockname()[1]
    done = Cli().run('--base-url', f'http://127.0.0.1:{port}', 'chat', QUESTION)
    assert done.status == 6 and 'Nothing was sent' in done.err and done.out == '', done


def test_interrupted():
    """Ctrl+C keeps what has come."""
    never = threading.Event()
    with Platform(lambda request, server: [stream('一半', end=False), never]) as platform:
        cli = Cli(platform)
        process = cli.start('chat', QUESTION)
        first = process.stdout.read(len('一半'.encode()))
        process.send_signal(INTERRUPT)
        done = cli.finish(process)
        assert done.status == 130, done
        assert first.decode() + done.out == '一半\n', (first, done)
        never.set()


def test_no_key():
    done = Cli(key=None).run('--base-url', 'http://127.0.0.1:1', 'chat', QUESTION)
    assert done.status == 3 and 'key set' in done.err and '--sandbox' in done.err, done


def test_usage():
    cli = Cli()
    for arguments in ([], ['frob'], ['chat', '--frob', 'x'], ['chat', 'a', 'b'], ['chat', ' '], ['models', '--mode', 'x'], ['models', 'x'],
                      ['jobs', 'x'], ['key'], ['key', 'frob'], ['key', 'set', 'sk-never-an-argument'], ['task'], ['create'],
                      ['create', '-m', 'x'], ['create', '-m', 'x', '-p', 'y', '--set', 'z'], ['create', '-m', 'x', '-p', 'y', '--mode', 'z'],
                      ['create', '-m', 'x', '-p', 'y', '-o', '/no/such/folder/x.mp4'], ['create', '-m', 'x', '-p', 'y', '-o', '/'],
                      ['--base-url', 'ftp://x', 'chat', 'hi'], ['--sandbox', 'key', 'status']):
        done = cli.run(*arguments)
        assert done.status == 2 and done.out == '' and done.err, (arguments, done)
    assert not os.path.exists(cli.data) or cli.jobs() == []


def test_help_and_version():
    for arguments in (['--help'], ['chat', '--help'], ['create', '-h'], ['--version']):
        done = Cli().run(*arguments)
        assert done.status == 0 and 'yuanjing-cli' in done.out and done.err == '', (arguments, done)


def test_models():
    with open(os.path.join(os.environ['G_TEST_SRCDIR'], '..', 'data', 'models.json')) as file:
        known = file.read()
    cli = Cli()
    lines = cli.run('--json', 'models').lines()
    assert {line['mode'] for line in lines} == {'chat', 't2v', 'i2v', 'r2v'}
    assert all(line['model'] in known for line in lines)
    happy = next(line for line in lines if line['model'] == 'happyhorse-1.0-t2v')
    assert happy['llmid'] == 'o5vfXYD5BURJWRTWpopE5' and happy['default'] is True
    assert [p['name'] for p in happy['parameters']] == ['resolution', 'ratio', 'duration']
    only = cli.run('models', '--mode', 'i2v')
    assert only.status == 0 and 'image1_file' not in only.out and '--first-frame' in only.out and 't2v' not in only.out, only
    os.makedirs(cli.home + '/config/yuanjing')
    with open(cli.home + '/config/yuanjing/models.json', 'w') as file:
        file.write('{ broken')
    broken = cli.run('models')
    assert broken.status == 0 and 'models.json' in broken.err and broken.out, broken


def test_messages_are_translated():
    """Whatever catalogue there is: the program looks it up in its own domain."""
    done = Cli(locale='zh_CN.UTF-8').run('chat')
    assert done.status == 2 and done.err, done


def test_sandbox():
    done = Cli(key=None).run('--sandbox', 'chat', QUESTION)
    assert done.status == 0 and QUESTION[:3] in done.out and 'sandbox' in done.err, done


run_all([test_streams_text, test_prompt_from_standard_input, test_json_lines, test_whole, test_a_terminal_gets_no_commands,
      test_exit_statuses, test_cut_keeps_its_text, test_refused_connection, test_interrupted, test_no_key, test_usage,
      test_help_and_version, test_models, test_messages_are_translated, test_sandbox])
