# SPDX-License-Identifier: Apache-2.0
"""A private MariaDB with a binary log."""

import subprocess

from .server import Server, ServerError

SETTINGS = {
    "bind-address": "127.0.0.1",
    "skip-name-resolve": "1",
    "log-bin": "binlog",
    "binlog-format": "ROW",
    "server-id": "1",
    "local-infile": "1",
    "character-set-server": "utf8mb4",
    "innodb-flush-log-at-trx-commit": "0",
    "innodb-buffer-pool-size": "256M",
    "innodb-log-file-size": "256M",
    "max-allowed-packet": "64M",
    "max-connections": "60",
    "default-time-zone": "+00:00",
}


class MariaDB(Server):
    """`socket` is the path of its unix socket."""

    account = "mysql"

    def __init__(self, **settings):
        self.settings = {**SETTINGS, **{name.replace("_", "-"): value for name, value in settings.items()}}
        self.is_set_up = False
        super().__init__()

    @property
    def socket(self):
        return str(self.home / "mariadb.sock")

    def create(self):
        self.make_temporary()
        self.run(["mariadb-install-db", "--no-defaults", f"--datadir={self.data}", f"--tmpdir={self.settings['tmpdir']}",
                  "--skip-test-db", "--auth-root-authentication-method=normal", "--skip-name-resolve"])
        self.make_certificate()

    def make_temporary(self):
        # Of its own: a server that starts removes the temporary tables that it finds, also those of others.
        temporary = self.home / "tmp"
        temporary.mkdir(mode=0o700)
        self.own(temporary)
        self.settings["tmpdir"] = temporary

    def server_program(self):
        return ["mariadbd", "--no-defaults"]

    def command(self):
        return [*self.server_program(), f"--datadir={self.data}", f"--socket={self.socket}", f"--port={self.port}",
                f"--pid-file={self.home}/pid", f"--ssl-cert={self.data}/server.crt", f"--ssl-key={self.data}/server.key",
                *(f"--{name}={value}" for name, value in self.settings.items())]

    def _client(self, text, user, password, database):
        # Through its socket nobody listens; TLS takes a client 35 ms to start with.
        command = ["mariadb", "--no-defaults", "--skip-ssl", f"--socket={self.socket}", f"--user={user}", f"--password={password}",
                   "--default-character-set=utf8mb4", "--batch", "--skip-column-names", "--raw", *([database] if database else [])]
        return subprocess.run(command, input=text, capture_output=True, text=True, check=False)

    def is_ready(self):
        if not self.is_set_up:
            return self._client("SELECT 1", "root", "", None).returncode == 0
        return self._client("SELECT 1", self.user, self.password, None).returncode == 0

    def start(self):
        super().start()
        if self.is_set_up:
            return
        password = self.password.replace("\\", "\\\\").replace("'", "''")
        done = self._client(
            f"CREATE DATABASE {self.database}; CREATE USER {self.user}@'%' IDENTIFIED BY '{password}';"
            f"GRANT ALL ON *.* TO {self.user}@'%' WITH GRANT OPTION;", "root", "", None)
        if done.returncode != 0:
            raise ServerError(f"the server cannot be set up: {done.stderr}")
        self.is_set_up = True

    def sql(self, text, database=None):
        """Runs statements one after another; answers their rows, columns separated by tabs."""
        done = self._client(text, self.user, self.password, database or self.database)
        if done.returncode != 0:
            raise ServerError(f"{done.stderr.strip()} in: {text[:500]}")
        return done.stdout.rstrip("\n")
