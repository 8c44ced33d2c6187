# SPDX-License-Identifier: GPL-3.0-or-later
"""The key in a real keyring: kept, found again, never shown whole, taken out."""
from drive import App, Failed, Platform, main


def test_kept_and_removed():
    platform = Platform()
    env = {'YUANJING_DATA_DIR': platform.folder, 'GSETTINGS_BACKEND': 'keyfile'}
    app = App('--base-url', platform.url, env=env)
    app.click('Enter API Key')
    app.set_text('API Key', platform.key)
    app.click('Check and Use')
    app.find('Chat', 'page tab')
    if app.search('Key Used for This Run Only'):
        raise Failed('the keyring did not keep the key')
    app.end()

    # Found again, at the base URL that was kept with it.
    app = App(env=env)
    app.find('Chat', 'page tab')
    app.focus()
    app.key('ctrl+comma')
    app.wait_text('••••' + platform.key[-4:])
    if platform.key in app.all_text():
        raise Failed('the whole key is on show')
    app.pointer_click('Remove Key')
    app.find('Remove', 'button')
    app.click('Remove', 'button')
    app.wait_text('None')
    app.end()

    app = App(env=env)
    app.find('Try Without an Account')
    app.end()
    platform.close()


if __name__ == '__main__':
    main([test_kept_and_removed])
