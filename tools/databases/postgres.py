# SPDX-License-Identifier: Apache-2.0
"""A private PostgreSQL."""

import os
import signal
import subprocess
from pathlib import Path

from .server import Server, ServerError

PROGRAMS = Path("/usr/lib/postgresql/15/bin")

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "256MB",
    "max_wal_size": "4GB",
    "max_connections": "60",
    "autovacuum": "off",
    "timezone": "UTC",
    "lc_messages": "C",
    "ssl": "on",
}


class Postgres(Server):
    """`socket` is the directory of its unix socket, as libpq wants it."""

    account = "postgres"
    stop_signal = signal.SIGINT  # fast: open transactions are rolled back
    hard_signal = signal.SIGQUIT  # immediate: recovery at the next start

    def __init__(self, **settings):
        self.settings = {**SETTINGS, **settings}
        super().__init__()

    @property
    def socket(self):
        return str(self.home)

    def create(self):
        password = self.home / "password"
        password.write_text(self.password + "\n", encoding="utf-8")
        self.own(password)
        self.run([PROGRAMS / "initdb", "-D", self.data, "-U", self.user, "--pwfile", password, "-A", "scram-sha-256",
                  "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"])
        password.unlink()
        self.make_certificate()
        with open(self.data / "postgresql.auto.conf", "a", encoding="utf-8") as file:
            for name, value in self.settings.items():
                file.write(f"{name} = '{value}'\n")

    def command(self):
        return [PROGRAMS / "postgres", "-D", self.data, "-p", str(self.port), "-k", self.socket]

    def is_ready(self):
        try:
            return (self.data / "postmaster.pid").read_text(encoding="utf-8").rstrip().endswith("ready")
        except OSError:
            return False

    def start(self):
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        super().start()
        if "1" != self.sql(f"SELECT 1 FROM pg_database WHERE datname = '{self.database}'", "postgres"):
            self.sql(f"CREATE DATABASE {self.database}", "postgres")

    def psql_environment(self, database=None):
        return {**os.environ, "PGHOST": self.socket, "PGPORT": str(self.port), "PGUSER": self.user,
                "PGPASSWORD": self.password, "PGDATABASE": database or self.database, "PGCLIENTENCODING": "UTF8"}

    def sql(self, text, database=None):
        """Runs statements one after another; answers their rows, columns separated by tabs."""
        done = subprocess.run(
            [PROGRAMS / "psql", "-XqAt", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-f", "-"],
            input=text, capture_output=True, text=True, env=self.psql_environment(database), check=False)
        if done.returncode != 0:
            raise ServerError(f"{done.stderr.strip()} in: {text[:500]}")
        return done.stdout.rstrip("\n")
