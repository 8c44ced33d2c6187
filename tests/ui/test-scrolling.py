# SPDX-License-Identifier: GPL-3.0-or-later
"""How the conversation moves and does not move, in a real window, with a real wheel and real keys."""
from drive import App, Atspi, Platform, main, run, wait


def ask(app, text):
    app.set_text('Message', text)
    wait(lambda: app.text(app.find('Message', role='text')) == text, 'the text to be there')
    app.click('Send')
    app.find(role='label', where=lambda n: app.text(n) == text, within=messages(app))


def is_complete(app):
    return app.search('Send', role='button') and not app.search('Stop', role='button')


def messages(app):
    return app.find('Messages', 'list')


def top_of(node):
    return node.get_component_iface().get_extents(Atspi.CoordType.WINDOW).y


def labels(app):
    """Questions and numbers of paragraphs that are in sight, with where they are."""
    box = messages(app).get_component_iface().get_extents(Atspi.CoordType.WINDOW)
    return {app.text(n): top_of(n) for n in app.search(role='label', within=messages(app))
            if (app.text(n)[:-1].isdigit() or app.text(n).startswith('long ')) and box.y <= top_of(n) < box.y + box.height - 40}


def wheel(app, clicks):
    x, y = app.rest(messages(app))
    run('xdotool', 'mousemove', str(x), str(y), 'click', '--repeat', str(abs(clicks)), '--delay', '20', '4' if clicks > 0 else '5')


def settled(app):
    """What is in sight, when that is the same twice."""
    seen = [None]

    def same():
        before, seen[0] = seen[0], labels(app)
        return seen[0] and before == seen[0]
    wait(same, 'the view to rest')
    return seen[0]


def test_question_stays_at_the_top():
    platform = Platform(speed='10')
    app = App(env=platform.env)
    app.wait_text('qwen3-max')          # the session is open
    ask(app, 'long 200, please')
    wait(lambda: is_complete(app), 'the first answer')
    ask(app, 'long 1500, and at length')
    app.find('Stop')
    edge = top_of(messages(app))
    question = app.find(role='label', where=lambda n: app.text(n) == 'long 1500, and at length', within=messages(app))
    y = top_of(question)
    assert edge < y < edge + 60, (edge, y)
    app.find('Scroll to End')
    # The screen is full; nothing moves any more, nor when the answer ends.
    before = settled(app)
    wait(lambda: is_complete(app), 'the end of the answer', 60)
    after = labels(app)
    assert all(after.get(text) == before[text] for text in before), (before, after)
    assert top_of(question) == y
    app.end()
    platform.close()


def test_following_and_leaving():
    platform = Platform(speed='10')
    app = App(env=platform.env)
    app.wait_text('qwen3-max')          # the session is open
    app.focus()
    ask(app, 'long 3500, and at length')
    app.find('Scroll to End')
    app.click('Scroll to End')
    wait(lambda: not app.search('Scroll to End'), 'the end')
    before = labels(app)
    wait(lambda: not set(before) & set(labels(app)), 'the view to follow')
    # A little upwards, and it stays while more comes.
    wheel(app, 3)
    app.find('Scroll to End')
    before = settled(app)
    wait(lambda: is_complete(app), 'the end of the answer', 60)
    after = labels(app)
    assert all(after.get(text) == before[text] for text in before), (before, after)
    # End returns, Home goes to the first message, from the composer with nothing in it.
    app.pointer_click('Message', 'text')
    app.key('End')
    wait(lambda: not app.search('Scroll to End'), 'the end by key')
    app.wait_text('tokens in')
    app.key('Home')
    wait(lambda: 'long 3500, and at length' in labels(app), 'the beginning')
    app.key('Next')
    wait(lambda: 'long 3500, and at length' not in labels(app), 'a page further')
    # With something typed the keys are the cursor's.
    app.type('x')
    before = settled(app)
    app.key('End')
    assert settled(app) == before
    app.end()
    platform.close()


main([test_question_stays_at_the_top, test_following_and_leaving])
