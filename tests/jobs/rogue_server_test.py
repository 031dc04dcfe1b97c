# SPDX-License-Identifier: Apache-2.0
"""A server without encryption that asks for the password: whoever wants encryption does not tell it."""
import socket
import struct
import threading

import pytest

from conftest import job

SECRET = "very secret"
# Long passwords, a database, the protocol of 4.1, its passwords, names of ways to log in; no encryption.
CAPABILITIES = 0x1 | 0x8 | 0x200 | 0x8000 | 0x80000


class Rogue:
    """Speaks MySQL's protocol up to the request for the password as it is; `heard` is what clients said."""

    def __init__(self):
        self.heard = b""
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def _serve(self):
        while True:
            try:
                client, _ = self.socket.accept()
            except OSError:
                return
            client.settimeout(5)
            greeting = (b"\x0a8.0.30\0" + struct.pack("<I", 7) + b"abcdefgh\0" + struct.pack("<H", CAPABILITIES & 0xFFFF) + b"\x2d\x02\0"
                        + struct.pack("<HB", CAPABILITIES >> 16, 21) + bytes(10) + b"abcdefghijkl\0" + b"mysql_native_password\0")
            try:
                client.sendall(struct.pack("<I", len(greeting))[:3] + b"\0" + greeting)
                self.heard += client.recv(4096)
                wish = b"\xfemysql_clear_password\0"
                client.sendall(struct.pack("<I", len(wish))[:3] + b"\2" + wish)
                self.heard += client.recv(4096)
            except OSError:
                pass
            client.close()


@pytest.mark.parametrize("mode", ["require", "verify-ca", "verify-full"])
def test_the_password_is_not_told_in_the_clear(sluice, tmp_path, mode):
    certificate = tmp_path / "root.crt"
    certificate.write_text("")
    with Rogue() as rogue:
        reader = {"host": "127.0.0.1", "port": rogue.port, "database": "d", "username": "u", "password": SECRET, "sslMode": mode,
                  "table": "t", "column": ["*"], **({} if mode == "require" else {"sslRootCertificate": str(certificate)})}
        done = sluice.run(job(("mysql", reader), ("stream", {"print": False}), setting={"retry": {"times": 0}}))
    assert done.code != 0 and SECRET.encode() not in rogue.heard, rogue.heard


def test_the_test_hears_it(sluice):
    with Rogue() as rogue:
        reader = {"host": "127.0.0.1", "port": rogue.port, "database": "d", "username": "u", "password": SECRET, "table": "t", "column": ["*"]}
        sluice.run(job(("mysql", reader), ("stream", {"print": False}), setting={"retry": {"times": 0}}))
    assert SECRET.encode() in rogue.heard
