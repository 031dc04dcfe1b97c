# SPDX-License-Identifier: Apache-2.0
"""What the private servers have in common: a directory, a process, a way to end both."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

START_SECONDS = 60
PORTS_TRIED = 3


class ServerError(Exception):
    pass


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One private server. Subclasses say how to create its data, start it and ask it."""

    account = ""  # the unprivileged user that it runs as when root starts it
    host = "127.0.0.1"
    user = "sluice"
    password = "sluice's \\ own"  # what quoting rules stumble over
    database = "sluice"
    stop_signal = signal.SIGTERM
    hard_signal = signal.SIGKILL

    def __init__(self):
        self.home = Path(tempfile.mkdtemp(prefix="sluice-db-"))
        self.home.chmod(0o755)
        self.data = self.home / "data"
        self.log = self.home / "server.log"
        self.port = free_port()
        self.process = None
        try:
            self.data.mkdir(mode=0o700)
            self.own(self.home, self.data)
            self.create()
            self.start_first()
        except BaseException:
            self.close()
            raise

    # ---- For subclasses ----

    def create(self):
        """Makes the data directory."""
        raise NotImplementedError

    def command(self):
        """The command line of the server in the foreground."""
        raise NotImplementedError

    def is_ready(self):
        raise NotImplementedError

    def own(self, *paths):
        if os.geteuid() == 0:
            account = pwd.getpwnam(self.account)
            for path in paths:
                os.chown(path, account.pw_uid, account.pw_gid)

    def unprivileged(self, command, ends_with_us=False):
        """The command as it runs without root's rights; it may be made to die with this process."""
        options = ["--pdeathsig", self.hard_signal.name.removeprefix("SIG")] if ends_with_us else []
        if os.geteuid() == 0:
            account = pwd.getpwnam(self.account)
            options += [f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
        return ["setpriv", *options, "--", *command] if options else list(command)

    def run(self, command, **options):
        done = subprocess.run(self.unprivileged(command), capture_output=True, text=True, cwd=self.home, **options)
        if done.returncode != 0:
            raise ServerError(f"{command[0]} failed (exit {done.returncode}): {done.stdout}{done.stderr}")
        return done.stdout

    def make_certificate(self):
        """A key and a certificate that signs itself, for the names of this machine; `certificate` is what clients trust."""
        self.run(["openssl", "req", "-new", "-x509", "-days", "30", "-nodes", "-subj", "/CN=localhost",
                  "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                  "-out", self.data / "server.crt", "-keyout", self.data / "server.key"])
        (self.data / "server.key").chmod(0o600)
        self.certificate = self.home / "root.crt"
        self.certificate.write_bytes((self.data / "server.crt").read_bytes())

    # ---- Life ----

    def start_first(self):
        """A free port may be somebody else's a moment later."""
        for left in reversed(range(PORTS_TRIED)):
            try:
                return self.start()
            except ServerError:
                if left == 0:
                    raise
                self.stop_hard()
                self.port = free_port()

    def start(self):
        with open(self.log, "a", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                self.unprivileged(self.command(), ends_with_us=True),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.home,
            )
        end = time.monotonic() + START_SECONDS
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > end:
                raise ServerError(f"the server did not start: {self.log.read_text(encoding='utf-8', errors='replace')}")
            time.sleep(0.02)

    def stop(self):
        self._end(self.stop_signal)

    def stop_hard(self):
        """As a crash does: nothing is written back, clients see their connections break."""
        self._end(self.hard_signal)

    def restart(self):
        self.start()

    def close(self):
        self.stop_hard()
        shutil.rmtree(self.home, ignore_errors=True)

    def _end(self, with_signal):
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(with_signal)
            try:
                self.process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def environment(self):
        """For programs that a test or a benchmark starts."""
        prefix = "SLUICE_" + type(self).__name__.upper()
        values = {"HOST": self.host, "PORT": self.port, "SOCKET": self.socket, "USER": self.user,
                  "PASSWORD": self.password, "DATABASE": self.database}
        return {f"{prefix}_{name}": str(value) for name, value in values.items()}
