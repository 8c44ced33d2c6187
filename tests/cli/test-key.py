# SPDX-License-Identifier: GPL-3.0-or-later
"""The key: from standard input into a real keyring, from there into the header, and out again."""
from cli import KEY, Cli, Platform, main, stream


def cli_for(server):
    """Without a key in the environment: the keyring is asked."""
    return Cli(server, key=None)


def test_set_use_and_clear():
    with Platform(lambda request, server: stream('ok')) as server:
        cli = cli_for(server)
        assert cli.run('key', 'status').status == 3
        assert cli.run('chat', 'x').status == 3 and server.requests == []
        done = cli.run('key', 'set', stdin=f'  {KEY}\n')
        assert done.status == 0 and done.out == '', done
        status = cli.run('--json', 'key', 'status').lines()
        assert status == [{'base_url': server.url, 'place': 'keyring', 'key': '…' + KEY[-4:]}], status
        assert cli.run('chat', 'x').out == 'ok\n'
        assert server.requests[0].headers['authorization'] == f'Bearer {KEY}'
        assert cli.run('key', 'clear').status == 0
        assert cli.run('key', 'status').status == 3
        assert cli.run('key', 'clear').status == 0
        assert cli.run('chat', 'x').status == 3


def test_every_address_has_its_own():
    with Platform(lambda request, server: stream('ok')) as one, Platform(lambda request, server: stream('ok')) as other:
        assert cli_for(one).run('key', 'set', stdin=KEY).status == 0
        assert cli_for(other).run('chat', 'x').status == 3 and other.requests == []
        assert cli_for(one).run('key', 'clear').status == 0


def test_environment_wins():
    with Platform(lambda request, server: stream('ok')) as server:
        assert cli_for(server).run('key', 'set', stdin='another-key-9999').status == 0
        status = Cli(server).run('--json', 'key', 'status').lines()
        assert status[0]['place'] == 'environment' and status[0]['key'].endswith(KEY[-4:]), status
        assert Cli(server).run('chat', 'x').status == 0 and server.requests[0].headers['authorization'] == f'Bearer {KEY}'
        assert cli_for(server).run('key', 'clear').status == 0


def test_no_key_at_all():
    with Platform(lambda request, server: stream('ok')) as server:
        for text in ('', '\n', 'short\n', 'with space inside it\n', '键键键键键键键键\n'):
            done = cli_for(server).run('key', 'set', stdin=text)
            assert done.status == 5 and done.err, (text, done)
        assert cli_for(server).run('key', 'status').status == 3


main([test_set_use_and_clear, test_every_address_has_its_own, test_environment_wins, test_no_key_at_all])
