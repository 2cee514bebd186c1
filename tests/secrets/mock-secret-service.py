#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A secret service whose prompts the test answers, which no real one lets it.

One keyring, the plain session, and beside the standard interfaces one of its own at /mock: Set (what, value), CountPrompts.
"""
import itertools
import os
import time

from gi.repository import Gio, GLib

ROOT = "/org/freedesktop/secrets"
ALIAS = ROOT + "/aliases/default"
COLLECTION = ROOT + "/collection/test"
S = "org.freedesktop.Secret."

XML = """<node>
<interface name="org.freedesktop.Secret.Service">
 <method name="OpenSession"><arg direction="in" type="s"/><arg direction="in" type="v"/>
  <arg direction="out" type="v"/><arg direction="out" type="o"/></method>
 <method name="CreateCollection"><arg direction="in" type="a{sv}"/><arg direction="in" type="s"/>
  <arg direction="out" type="o"/><arg direction="out" type="o"/></method>
 <method name="SearchItems"><arg direction="in" type="a{ss}"/><arg direction="out" type="ao"/><arg direction="out" type="ao"/></method>
 <method name="Unlock"><arg direction="in" type="ao"/><arg direction="out" type="ao"/><arg direction="out" type="o"/></method>
 <method name="Lock"><arg direction="in" type="ao"/><arg direction="out" type="ao"/><arg direction="out" type="o"/></method>
 <method name="GetSecrets"><arg direction="in" type="ao"/><arg direction="in" type="o"/><arg direction="out" type="a{o(oayays)}"/></method>
 <method name="ReadAlias"><arg direction="in" type="s"/><arg direction="out" type="o"/></method>
 <property name="Collections" type="ao" access="read"/>
</interface>
<interface name="org.freedesktop.Secret.Collection">
 <method name="CreateItem"><arg direction="in" type="a{sv}"/><arg direction="in" type="(oayays)"/><arg direction="in" type="b"/>
  <arg direction="out" type="o"/><arg direction="out" type="o"/></method>
 <property name="Items" type="ao" access="read"/><property name="Label" type="s" access="read"/>
 <property name="Locked" type="b" access="read"/><property name="Created" type="t" access="read"/>
 <property name="Modified" type="t" access="read"/>
</interface>
<interface name="org.freedesktop.Secret.Item">
 <method name="Delete"><arg direction="out" type="o"/></method>
 <method name="GetSecret"><arg direction="in" type="o"/><arg direction="out" type="(oayays)"/></method>
 <property name="Locked" type="b" access="read"/><property name="Attributes" type="a{ss}" access="read"/>
 <property name="Label" type="s" access="read"/><property name="Created" type="t" access="read"/>
 <property name="Modified" type="t" access="read"/>
</interface>
<interface name="org.freedesktop.Secret.Session"><method name="Close"/></interface>
<interface name="org.freedesktop.Secret.Prompt">
 <method name="Prompt"><arg direction="in" type="s"/></method><method name="Dismiss"/>
 <signal name="Completed"><arg type="b"/><arg type="v"/></signal>
</interface>
<interface name="io.github.baton_desktop.Mock">
 <method name="Set"><arg direction="in" type="s"/><arg direction="in" type="s"/></method>
 <method name="CountPrompts"><arg direction="out" type="x"/></method>
</interface>
</node>"""


class Failure(Exception):
    pass


class Service:
    def __init__(self, bus):
        self.bus = bus
        self.info = {i.name: i for i in Gio.DBusNodeInfo.new_for_xml(XML).interfaces}
        self.ids = itertools.count(1)
        self.items = {}
        self.registrations = {}
        self.reset()
        self.register(ROOT, S + "Service")
        self.register(ALIAS, S + "Collection")
        self.register(COLLECTION, S + "Collection")
        self.register("/mock", "io.github.baton_desktop.Mock")

    def reset(self):
        for path in list(self.items):
            self.remove_item(path)
        self.locked = False
        self.exists = True
        self.forgetful = False
        self.answer = "accept"
        self.end_on = None
        self.prompts = 0

    def register(self, path, interface):
        self.registrations[path] = self.bus.register_object(path, self.info[interface], self.on_call, self.on_get, None)

    def remove_item(self, path):
        del self.items[path]
        self.bus.unregister_object(self.registrations.pop(path))

    def on_get(self, bus, sender, path, interface, name):
        def value(kind, v):
            return GLib.Variant(kind, v)

        item = self.items.get(path)
        if name == "Collections":
            return value("ao", [COLLECTION] if self.exists else [])
        if name == "Items":
            return value("ao", list(self.items))
        if name == "Locked":
            return value("b", self.locked)
        if name == "Attributes":
            return value("a{ss}", {} if self.locked else item["attributes"])
        if name == "Label":
            return value("s", item["label"] if item else "Test")
        return value("t", item["modified"] if item else 0)

    def on_call(self, bus, sender, path, interface, method, arguments, invocation):
        if method == self.end_on:
            os._exit(0)
        try:
            reply = getattr(self, "do_" + method)(path, *arguments.unpack())
            invocation.return_value(reply)
        except Failure as failure:
            invocation.return_dbus_error(str(failure), "no")

    def do_Set(self, path, what, value):
        if what == "reset":
            self.reset()
        elif what == "answer":
            self.answer = value
        elif what == "collection":
            self.exists = value != "none"
        elif what == "end-on":
            self.end_on = value
        elif what == "forgetful":
            self.forgetful = True
        elif what == "spoil":
            for item in self.items.values():
                item["secret"] = value.encode()

    def do_CountPrompts(self, path):
        return GLib.Variant("(x)", (self.prompts,))

    def do_OpenSession(self, path, algorithm, argument):
        if algorithm != "plain":
            raise Failure("org.freedesktop.DBus.Error.NotSupported")
        session = f"{ROOT}/session/s{next(self.ids)}"
        self.register(session, S + "Session")
        return GLib.Variant("(vo)", (GLib.Variant("s", ""), session))

    def do_Close(self, path):
        return None

    def do_ReadAlias(self, path, name):
        return GLib.Variant("(o)", (COLLECTION if self.exists and name == "default" else "/",))

    def do_SearchItems(self, path, wanted):
        found = [p for p, i in self.items.items() if all(i["attributes"].get(k) == v for k, v in wanted.items())]
        return GLib.Variant("(aoao)", ([], found) if self.locked else (found, []))

    def secret(self, path, session):
        return (session, [], list(self.items[path]["secret"]), "text/plain")

    def do_GetSecrets(self, path, paths, session):
        if self.locked:
            return GLib.Variant("(a{o(oayays)})", ({},))
        return GLib.Variant("(a{o(oayays)})", ({p: self.secret(p, session) for p in paths if p in self.items},))

    def do_GetSecret(self, path, session):
        if self.locked:
            raise Failure(S + "Error.IsLocked")
        return GLib.Variant("((oayays))", (self.secret(path, session),))

    def do_CreateItem(self, path, properties, secret, replace):
        if self.locked or not self.exists:
            raise Failure(S + "Error.IsLocked")
        attributes = properties[S + "Item.Attributes"]
        for old in [p for p, i in self.items.items() if replace and i["attributes"] == attributes]:
            self.remove_item(old)
        item = f"{COLLECTION}/i{next(self.ids)}"
        self.items[item] = {
            "attributes": attributes,
            "label": properties[S + "Item.Label"],
            "secret": b"" if self.forgetful else bytes(secret[2]),
            "modified": int(time.time()),
        }
        self.register(item, S + "Item")
        return GLib.Variant("(oo)", (item, "/"))

    def do_Delete(self, path):
        if self.locked:
            raise Failure(S + "Error.IsLocked")
        self.remove_item(path)
        return GLib.Variant("(o)", ("/",))

    def do_Lock(self, path, paths):
        self.locked = True
        return GLib.Variant("(aoo)", (paths, "/"))

    def make_prompt(self, result, act):
        prompt = f"{ROOT}/prompt/p{next(self.ids)}"
        self.register(prompt, S + "Prompt")
        self.pending = (result, act)
        return prompt

    def do_Unlock(self, path, paths):
        if not self.locked:
            return GLib.Variant("(aoo)", (paths, "/"))
        return GLib.Variant("(aoo)", ([], self.make_prompt(GLib.Variant("ao", paths), "unlock")))

    def do_CreateCollection(self, path, properties, alias):
        return GLib.Variant("(oo)", ("/", self.make_prompt(GLib.Variant("o", COLLECTION), "create")))

    def complete(self, path, dismissed):
        result, act = self.pending
        if not dismissed:
            self.locked = False
            self.exists = True
        elif act == "create":
            result = GLib.Variant("o", "/")
        else:
            result = GLib.Variant("ao", [])
        self.bus.emit_signal(None, path, S + "Prompt", "Completed", GLib.Variant("(bv)", (dismissed, result)))
        return GLib.SOURCE_REMOVE

    def do_Prompt(self, path, window):
        self.prompts += 1
        if self.answer != "wait":
            GLib.idle_add(self.complete, path, self.answer == "dismiss")
        return None

    def do_Dismiss(self, path):
        self.complete(path, True)
        return None


def main():
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    service = Service(bus)  # noqa: F841, lives as long as the loop
    Gio.bus_own_name_on_connection(bus, "org.freedesktop.secrets", Gio.BusNameOwnerFlags.NONE, None, None)
    GLib.MainLoop().run()


main()
