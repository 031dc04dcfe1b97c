# SPDX-License-Identifier: Apache-2.0
"""The disk of a target fills up in the middle of a job: its server says so, a later try may help, nothing is half there."""
import subprocess

import pytest

from conftest import job
from servers import connection, mariadb, odbc, postgres, through_odbc  # noqa: F401


@pytest.fixture
def small_disk():
    """small_disk(server): a directory of the server's with room for four megabytes."""
    mounted = []

    def mount(server):
        disk = server.home / "small"
        disk.mkdir(exist_ok=True)
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", disk], capture_output=True).returncode != 0:
            pytest.skip("a tmpfs cannot be mounted here")
        mounted.append(disk)
        server.own(disk)
        return disk
    yield mount
    for disk in mounted:
        subprocess.run(["umount", "--lazy", disk], check=True)


TARGETS = {
    "postgresql": ("CREATE TABLESPACE small LOCATION '{disk}'; CREATE TABLE target (id int, v text) TABLESPACE small",
                   "DROP TABLE target; DROP TABLESPACE small"),
    "mysql": ("CREATE TABLE target (id int, v text) DATA DIRECTORY = '{disk}'", "DROP TABLE target"),
}
SERVERS = {"postgresql": "postgres", "mysql": "mariadb"}


@pytest.mark.parametrize("kind", TARGETS)
@pytest.mark.parametrize("driven", [False, True], ids=["native", "odbc"])
def test_a_full_disk_of_the_server(through_odbc, request, small_disk, kind, driven):
    server = request.getfixturevalue(SERVERS[kind])
    sluice = through_odbc
    begin, end = TARGETS[kind]
    server.sql(begin.format(disk=small_disk(server)))
    try:
        (sluice.directory / "in.csv").write_text("".join(f"{i},{chr(97 + i % 26) * 1000}\n" for i in range(20_000)))
        reader = {"path": "in.csv", "fileFormat": "csv", "column": [{"index": 0, "type": "long", "name": "id"}, {"index": 1, "type": "string", "name": "v"}]}
        writer = (odbc if driven else connection)(server, table="target", column=["*"])
        done = sluice.run(job(("file", reader), ("odbc" if driven else kind, writer), setting={"retry": {"times": 0}}))
        message = done.summary["error"]["message"]
        assert done.code == 75 and ("No space left" in message or "is full" in message), str(done)
        assert f"{server.port}" in message and "sluice's" not in str(done), str(done)
        assert done.summary["written"] == 0 and server.sql("SELECT COUNT(*) FROM target") == "0"
    finally:
        server.sql(end)
