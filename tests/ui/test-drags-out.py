# SPDX-License-Identifier: GPL-3.0-or-later
"""What other programs get: videos into a real file manager (Nautilus), by pointer and by keyboard, and into the upload field
and the drop zone of a page in a real browser (Chromium): whole, under a name from the prompt."""
import hashlib
import http.server
import json
import os
import queue
import sys

from creating import shot
from drive import Failed, drag, main, run, wait
from programs import Browser, Files, with_programs
from works import PROMPT, Works, open_card, same

W = os.environ['W']
OTHER = '月光下的小船'
PAGE = '''<!DOCTYPE html><meta charset="utf-8">
<style>
  body { margin: 0 } input, div { position: fixed; left: 0; width: 100%; height: 50% }
  input { top: 0; background: rgb(0, 128, 0) } div { top: 50%; background: rgb(0, 0, 128) }
</style>
<input type="file" multiple><div></div>
<script>
  async function tell(where, files) {
    const got = [];
    for (const file of files) {
      const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
      got.push([file.name, file.type, Array.from(sum, (b) => b.toString(16).padStart(2, '0')).join('')]);
    }
    fetch('/', { method: 'POST', body: JSON.stringify([where, got]) });
  }
  const input = document.querySelector('input'), zone = document.querySelector('div');
  input.addEventListener('change', () => tell('field', input.files));
  window.addEventListener('paste', async (e) => {
    const pictures = await Promise.all(Array.from(e.clipboardData.files, (file) => createImageBitmap(file)));
    fetch('/', { method: 'POST', body: JSON.stringify(['paste', pictures.map((p) => [p.width, p.height])]) });
  });
  zone.addEventListener('dragover', (e) => { e.preventDefault(); e.dataTransfer.dropEffect = 'copy'; });
  zone.addEventListener('drop', (e) => { e.preventDefault(); tell('zone', e.dataTransfer.files); });
</script>'''
told = queue.Queue()


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Type', 'text/html')
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def do_POST(self):
        told.put(json.loads(self.rfile.read(int(self.headers['Content-Length']))))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


class Shown(Works):
    """The gallery with three videos, two of them of one prompt, at the right of the screen."""

    def __enter__(self):
        self.make(PROMPT, PROMPT, OTHER)
        self.app = self.open()
        self.app.resize(780, 780)
        run('xdotool', 'windowmove', self.app.window, '500', '0')
        return self

    def __exit__(self, *error):
        if not error[0]:
            self.app.close()
        super().__exit__(*error)

    def sums(self):
        """Of the files of the library, by their SHA-256."""
        found = {}
        for name in self.videos():
            with open(os.path.join(self.folder, 'videos', name), 'rb') as f:
                found[hashlib.sha256(f.read()).hexdigest()] = name
        same('different videos', len(found), 3)
        return found

    def card(self, prompt):
        """Where one lies on the screen; the grid rests, as it is on show."""
        return wait(lambda: self.app.place(self.app.find(lambda n: n.startswith(prompt), 'table cell')), 'a card')

    def select_all(self):
        self.app.focus()
        run('xdotool', 'mousemove', *map(str, self.card(PROMPT)), 'keydown', 'ctrl', 'click', '1', 'keyup', 'ctrl')
        self.app.wait_text('1 selected')
        self.app.key('ctrl+a')
        self.app.wait_text('3 selected')

    def open_player(self):
        self.app.focus()
        self.app.key('Escape')
        wait(lambda: 'selected' not in self.app.all_text(), 'nothing to be selected')
        open_card(self.app)
        self.app.find('Play', 'button')
        return self.app.place(self.app.find('Video', 'image'))


def new_folder(name):
    path = os.path.join(W, name)
    os.makedirs(path)
    return path


def wait_files(folder, sums, names):
    """Until these, and no others, are whole."""
    def look():
        if sorted(os.listdir(folder)) != sorted(names):
            return None
        got = []
        for name in names:
            with open(os.path.join(folder, name), 'rb') as f:
                got.append(hashlib.sha256(f.read()).hexdigest())
        return len(set(got)) == len(names) and set(got) <= set(sums) and all(not os.path.islink(os.path.join(folder, n)) for n in names)
    wait(look, lambda: f'{names} in {os.listdir(folder)}')


def empty(files):
    for name in os.listdir(files.folder):
        os.unlink(os.path.join(files.folder, name))
    files.find('Folder is Empty')


def test_into_files():
    all_names = [f'{OTHER}.mp4', f'{PROMPT}.mp4', f'{PROMPT} (2).mp4']
    with Shown() as works:
        sums = works.sums()
        files = Files(new_folder('into'), 480)
        files.find('Folder is Empty')
        middle = (240, 400)
        drag(works.card(OTHER), middle)
        wait_files(files.folder, sums, [f'{OTHER}.mp4'])

        # all at once; takes of one prompt get numbers
        empty(files)
        works.select_all()
        drag(works.card(PROMPT), middle)
        wait_files(files.folder, sums, all_names)

        # the same by keyboard
        empty(files)
        works.app.focus()
        works.app.key('ctrl+c')
        works.app.wait_text('3 videos copied')
        files.focus()
        files.key('ctrl+v')
        wait_files(files.folder, sums, all_names)
        shot('files-three')

        empty(files)
        drag(works.open_player(), middle)
        wait_files(files.folder, sums, [f'{OTHER}.mp4'])
        files.kill()


def arrived(sums, where, names):
    got_where, got = told.get(timeout=120)
    same('the place', got_where, where)
    same('names and kinds', sorted(file[:2] for file in got), sorted([name, 'video/mp4'] for name in names))
    if {file[2] for file in got} - set(sums) or len({file[2] for file in got}) != len(names):
        raise Failed(f'not the whole videos: {got}')


def test_into_a_page():
    field, zone = (240, 160), (240, 600)
    with Shown() as works:
        sums = works.sums()
        browser = Browser(Page, 480, 640)
        browser.wait_color(*zone, '0 0 128')
        drag(works.card(OTHER), field)
        arrived(sums, 'field', [f'{OTHER}.mp4'])

        works.select_all()
        drag(works.card(PROMPT), zone)
        arrived(sums, 'zone', [f'{OTHER}.mp4', f'{PROMPT}.mp4', f'{PROMPT} (2).mp4'])
        shot('page')

        drag(works.open_player(), zone)
        arrived(sums, 'zone', [f'{OTHER}.mp4'])

        works.app.focus()
        works.app.key('ctrl+shift+c')
        works.app.wait_text('Frame copied')
        run('xdotool', 'windowactivate', '--sync', browser.window)
        run('xdotool', 'key', 'ctrl+v')
        same('pasted', told.get(timeout=120), ['paste', [[1280, 720]]])
        browser.close()


if __name__ == '__main__':
    tests = with_programs(nautilus=[test_into_files], chromium=[test_into_a_page])
    tests = [test for test in tests if len(sys.argv) < 2 or sys.argv[1] in test.__name__]
    if not tests:
        print('1..0 # SKIP neither nautilus nor chromium is here')
        sys.exit(0)
    main(tests)
