# SPDX-License-Identifier: Apache-2.0
"""A proxy before MariaDB that understands just enough to count commands, and to cut the wire at a chosen one."""
import threading

from wire import Wire

QUERY, EXECUTE, PREPARE, BULK = b"\x03", b"\x17", b"\x16", b"\xfa"
SILENT = (b"\x19", b"\x01")  # closing a statement and quitting have no answer


class MariaWire(Wire):
    """As Wire; a message is a command (`kind` is its first byte), or, with the kind b"", data of LOAD DATA LOCAL."""

    def _to_server(self, client, upstream):
        try:
            while True:
                head = self._exactly(client, 4)
                body = self._exactly(client, int.from_bytes(head[:3], "little"))
                kind = body[:1] if head[3] == 0 else b""
                with self.lock:
                    self.count[kind] = self.count.get(kind, 0) + 1
                    if kind and kind not in SILENT:
                        self.messages.append((kind, body[1:400]))
                    verdict = self.on_message(kind, body[1:])
                if verdict == "deliver":
                    # The client is gone before the answer can be.
                    client.shutdown(2)
                    upstream.sendall(head + body)
                    threading.Event().wait(0.2)
                    break
                if verdict == "cut":
                    break
                upstream.sendall(head + body)
        except OSError:
            pass
        self._close(client, upstream)
