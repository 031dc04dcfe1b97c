# SPDX-License-Identifier: Apache-2.0
"""Connections that break without a word to the server: what their transactions hold does not stop the next attempt."""
import pytest

from conftest import job, wait_for
from servers import connection, mariadb, postgres  # noqa: F401
from silence import Silence

# Transactions that have written something.
WRITING = {"mysql": "SELECT COUNT(*) FROM information_schema.INNODB_TRX WHERE trx_rows_modified > 0",
           "postgresql": "SELECT count(*) FROM pg_stat_activity WHERE backend_xid IS NOT NULL"}
SERVERS = {"mysql": "mariadb", "postgresql": "postgres"}
ROWS = 3000


@pytest.mark.parametrize("store", SERVERS)
def test_a_writer_that_was_lost_is_not_waited_for(sluice, request, store):
    server = request.getfixturevalue(SERVERS[store])
    server.sql("DROP TABLE IF EXISTS lost; CREATE TABLE lost (id int PRIMARY KEY, name varchar(20))")
    (sluice.directory / "in.csv").write_text("".join(f"{i},n{i:019}\n" for i in range(ROWS)))
    reader = {"path": "in.csv", "fileFormat": "csv", "column": [{"index": 0, "type": "long", "name": "id"}, {"index": 1, "type": "string", "name": "name"}]}
    with Silence(server) as silence:
        writer = {**connection(server, table="lost", column=["*"], lockTimeout="10min"), **silence.place()}
        writer.update({"batchSize": 100} if store == "mysql" else {})
        setting = {"speed": {"throttle": True, "mbps": 100, "recordsPerSecond": 800}, "retry": {"times": 3, "interval": "100ms"}}
        process = sluice.start("run", sluice.script(job(("file", reader), (store, writer), setting=setting)), "--state-dir", sluice.state)
        try:
            wait_for(lambda: server.sql(WRITING[store]) != "0")
            silence.lose_clients()
            out, err = process.communicate(timeout=40)
        finally:
            process.kill()
    assert process.returncode == 0, out + err
    assert server.sql("SELECT COUNT(*) FROM lost") == str(ROWS)
    server.sql("DROP TABLE lost")
