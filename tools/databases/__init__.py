# SPDX-License-Identifier: Apache-2.0
"""Private database servers for tests and benchmarks: own data directory, socket and port, gone afterwards.

    with Postgres() as server:
        server.sql("CREATE TABLE t (id int)")

They listen on a unix socket and on 127.0.0.1 only. Started by root, they run as the packages' own users.
"""

from .mariadb import MariaDB
from .mysql import MySQL
from .mysql_package import NotServed
from .postgres import Postgres

__all__ = ["MariaDB", "MySQL", "NotServed", "Postgres"]
