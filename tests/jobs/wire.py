# SPDX-License-Identifier: Apache-2.0
"""A proxy before PostgreSQL that understands just enough to count messages, and to cut the wire at a chosen one."""
import socket
import struct
import threading


class Wire:
    """Listens on `port`. `count[b"Q"]` is the number of messages of that type that clients sent. `on_message(kind, body)`
    may answer "cut" (the message is lost with the connection), "deliver" (it arrives, its answer is lost) or None."""

    host = "127.0.0.1"

    def __init__(self, server, on_message=None):
        self.server, self.on_message = server, on_message or (lambda kind, body: None)
        self.count, self.messages, self.lock = {}, [], threading.Lock()
        self.socket = socket.create_server((self.host, 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self):
        return self

    def place(self):
        """Connection fields; in the clear, so that it can read along."""
        return {"host": self.host, "port": self.port, "sslMode": "disable"}

    def __exit__(self, *_):
        self.socket.close()

    def _accept(self):
        while True:
            try:
                client, _ = self.socket.accept()
            except OSError:
                return
            upstream = socket.create_connection((self.server.host, self.server.port))
            threading.Thread(target=self._to_server, args=(client, upstream), daemon=True).start()
            threading.Thread(target=self._to_client, args=(client, upstream), daemon=True).start()

    @staticmethod
    def _exactly(source, size):
        data = b""
        while len(data) < size:
            more = source.recv(size - len(data))
            if not more:
                raise OSError("closed")
            data += more
        return data

    def _to_server(self, client, upstream):
        try:
            size = self._exactly(client, 4)
            upstream.sendall(size + self._exactly(client, struct.unpack(">i", size)[0] - 4))
            while True:
                head = self._exactly(client, 5)
                kind, body = head[:1], self._exactly(client, struct.unpack(">i", head[1:])[0] - 4)
                with self.lock:
                    self.count[kind] = self.count.get(kind, 0) + 1
                    if kind != b"d":
                        self.messages.append((kind, body[:200]))
                    verdict = self.on_message(kind, body)
                if verdict == "deliver":
                    # The client is gone before the answer can be.
                    client.shutdown(socket.SHUT_RDWR)
                    upstream.sendall(head + body)
                    return
                if verdict == "cut":
                    break
                upstream.sendall(head + body)
        except OSError:
            pass
        self._close(client, upstream)

    def _to_client(self, client, upstream):
        try:
            while data := upstream.recv(65536):
                client.sendall(data)
        except OSError:
            pass
        self._close(client, upstream)

    @staticmethod
    def _close(*sockets):
        for one in sockets:
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
