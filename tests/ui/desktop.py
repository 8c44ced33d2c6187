# SPDX-License-Identifier: GPL-3.0-or-later
"""The services of a desktop that a program reaches on the session's bus, as another process that tells what it is asked."""
import json
import os
import select
import subprocess
import sys

from gi.repository import Gio, GLib

from drive import Failed, wait

SERVICE = '''<node>
  <interface name="org.freedesktop.Notifications">
    <method name="Notify">
      <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
      <arg type="s" direction="in"/><arg type="as" direction="in"/><arg type="a{sv}" direction="in"/><arg type="i" direction="in"/>
      <arg type="u" direction="out"/>
    </method>
    <method name="CloseNotification"><arg type="u" direction="in"/></method>
    <method name="GetCapabilities"><arg type="as" direction="out"/></method>
    <method name="GetServerInformation">
      <arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/>
    </method>
    <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
    <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
  </interface>
  <interface name="org.freedesktop.FileManager1">
    <method name="ShowItems"><arg type="as" direction="in"/><arg type="s" direction="in"/></method>
  </interface>
  <interface name="org.gtk.Notifications">
    <method name="AddNotification">
      <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="a{sv}" direction="in"/>
    </method>
    <method name="RemoveNotification"><arg type="s" direction="in"/><arg type="s" direction="in"/></method>
  </interface>
  <interface name="org.freedesktop.portal.Background">
    <method name="RequestBackground">
      <arg type="s" direction="in"/><arg type="a{sv}" direction="in"/><arg type="o" direction="out"/>
    </method>
    <method name="SetStatus"><arg type="a{sv}" direction="in"/></method>
  </interface>
</node>'''
PORTAL = 'org.freedesktop.portal.Desktop'


def serve():
    """The part of a desktop shell that shows notifications ("gnome": as GNOME's), a file manager, a portal that lets programs
    run without a window ("refuse": does not; "real": that is left to the real one): prints each call as a line of JSON; a
    line "ID ACTION" on its standard input is a person's click."""
    node = Gio.DBusNodeInfo.new_for_xml(SERVICE)
    loop = GLib.MainLoop()
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    count = 0

    def called(connection, sender, path, interface, method, parameters, invocation):
        nonlocal count
        answer = None
        if method == 'Notify':
            # What replaces another keeps its number.
            count += parameters[1] == 0
            answer = GLib.Variant('(u)', (parameters[1] or count,))
        elif method == 'GetCapabilities':
            answer = GLib.Variant('(as)', (['actions', 'body'],))
        elif method == 'GetServerInformation':
            answer = GLib.Variant('(ssss)', ('test', 'test', '1', '1.2'))
        elif method == 'RequestBackground':
            token = parameters[1]['handle_token']
            handle = f'/org/freedesktop/portal/desktop/request/{sender[1:].replace(".", "_")}/{token}'
            answer = GLib.Variant('(o)', (handle,))
            bus.emit_signal(None, handle, 'org.freedesktop.portal.Request', 'Response',
                            GLib.Variant('(ua{sv})', (0, {'background': GLib.Variant('b', 'refuse' not in sys.argv)})))
        print(json.dumps([method, *parameters.unpack()], default=str), flush=True)
        invocation.return_value(answer)

    def clicked(channel, condition):
        line = sys.stdin.readline()
        if not line:
            loop.quit()
            return False
        number, action = line.split()
        bus.emit_signal(None, '/org/freedesktop/Notifications', 'org.freedesktop.Notifications', 'ActionInvoked',
                        GLib.Variant('(us)', (int(number), action)))
        return True

    for path, interface in (('/org/freedesktop/Notifications', node.interfaces[0]), ('/org/freedesktop/FileManager1', node.interfaces[1])):
        bus.register_object(path, interface, called, None, None)
        Gio.bus_own_name_on_connection(bus, interface.name, Gio.BusNameOwnerFlags.NONE, None, None)
    if 'gnome' in sys.argv:
        bus.register_object('/org/gtk/Notifications', node.interfaces[2], called, None, None)
        Gio.bus_own_name_on_connection(bus, node.interfaces[2].name, Gio.BusNameOwnerFlags.NONE, None, None)
    if 'real' not in sys.argv:
        bus.register_object('/org/freedesktop/portal/desktop', node.interfaces[3], called, None, None)
        Gio.bus_own_name_on_connection(bus, PORTAL, Gio.BusNameOwnerFlags.REPLACE, None, None)
    GLib.io_add_watch(0, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, clicked)
    # Names are asked for in order: once this answer is there, they are owned.
    bus.call_sync('org.freedesktop.DBus', '/', 'org.freedesktop.DBus', 'GetId', None, None, 0, -1, None)
    print(json.dumps(['ready']), flush=True)
    loop.run()


class Desktop:
    """The desktop's services on the private bus."""

    def __init__(self, *args):
        self.process = subprocess.Popen([sys.executable, __file__, *args], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        self.calls = []
        self.expect('ready')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(20)

    def read(self):
        while select.select([self.process.stdout], [], [], 0)[0]:
            line = self.process.stdout.readline()
            if not line:
                raise Failed('the desktop ended')
            self.calls.append(json.loads(line))

    def expect(self, method):
        """The arguments of the next call of @method."""
        def look():
            self.read()
            return next((call for call in self.calls if call[0] == method), None)
        call = wait(look, f'a call of {method}')
        self.calls.remove(call)
        return call[1:]

    def click(self, number, action):
        self.process.stdin.write(f'{number} {action}\n'.encode())


if __name__ == '__main__':
    serve()
