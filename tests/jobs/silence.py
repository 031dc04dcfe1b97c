# SPDX-License-Identifier: Apache-2.0
"""A proxy before any database server that can fall silent, as a network does that lost its way, and that can lose the
client of a connection without a word to the server."""
import socket
import threading


class Silence:
    host = "127.0.0.1"

    def __init__(self, server):
        self.server, self.is_silent = server, False
        self.pairs, self.lock = [], threading.Lock()
        self.socket = socket.create_server((self.host, 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def place(self):
        """Connection fields."""
        return {"host": self.host, "port": self.port}

    def begin(self):
        """From now on nothing goes through, and who connects gets no answer. No connection ends."""
        self.is_silent = True

    def lose_clients(self):
        """The clients' connections break; the server does not hear of it."""
        with self.lock:
            for client, _ in self.pairs:
                self._break(client)
            self.pairs, self.kept = [], self.pairs

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()
        for pair in self.pairs:
            for one in pair:
                self._break(one)

    @staticmethod
    def _break(one):
        try:
            one.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def _accept(self):
        while True:
            try:
                client, _ = self.socket.accept()
            except OSError:
                return
            if self.is_silent:
                with self.lock:
                    self.pairs.append((client, client))
                continue
            upstream = socket.create_connection((self.server.host, self.server.port))
            with self.lock:
                self.pairs.append((client, upstream))
            threading.Thread(target=self._copy, args=(client, upstream), daemon=True).start()
            threading.Thread(target=self._copy, args=(upstream, client), daemon=True).start()

    def _copy(self, source, target):
        try:
            while data := source.recv(65536):
                if not self.is_silent:
                    target.sendall(data)
        except OSError:
            pass
        # A client that was lost: its server goes on as before.
        with self.lock:
            pair = (source, target) if (source, target) in self.pairs else (target, source)
            if pair not in self.pairs or self.is_silent:
                return
        self._break(target)
