# SPDX-License-Identifier: Apache-2.0
"""The program of tests/fault_proxy, before a database server."""
import subprocess

from conftest import FIXTURES

PROGRAM = FIXTURES.parent / "fault_proxy/fault_proxy"
PROTOCOLS = {"Postgres": ("postgresql", {"sslMode": "disable"}), "MariaDB": ("mysql", {"sslMode": "disable"})}


class FaultProxy:
    """`faults`: "commit:2:swallow" and the like; `options`: seed, mean_bytes, most, stall. After the `with`, `struck` says
    what was done, in order."""

    host = "127.0.0.1"

    def __init__(self, server, *faults, **options):
        protocol, self.in_the_clear = PROTOCOLS[type(server).__name__]
        command = [PROGRAM, "--to", server.port, "--protocol", protocol]
        command += [word for fault in faults for word in ("--fault", fault)]
        command += [word for name, value in options.items() for word in (f"--{name.replace('_', '-')}", value)]
        self.process = subprocess.Popen(list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())
        self.struck = []

    def place(self):
        """Connection fields; the proxy has to read along."""
        return {"host": self.host, "port": self.port, **self.in_the_clear}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.struck = self.process.communicate()[0].splitlines()
        assert self.process.returncode == 0
