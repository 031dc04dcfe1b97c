# SPDX-License-Identifier: Apache-2.0
"""A private MySQL with a binary log; its accounts log in with caching_sha2_password."""

import re

from .mariadb import MariaDB
from .mysql_package import mysql_root, mysqld


class MySQL(MariaDB):
    # MySQL knows none of MariaDB's.
    unknown_settings = ("skip-name-resolve", "innodb-log-file-size")

    def __init__(self, **settings):
        self.program = mysqld(mysql_root())
        super().__init__(**{"innodb-redo-log-capacity": "512M", "mysqlx": "OFF", "secure-file-priv": "NULL", **settings})

    def create(self):
        for name in self.unknown_settings:
            self.settings.pop(name, None)
        self.make_temporary()
        self.run([*self.program, "--initialize-insecure", f"--datadir={self.data}", f"--tmpdir={self.settings['tmpdir']}"])
        self.make_certificate()

    def server_program(self):
        return self.program

    def sql(self, text, database=None):
        """As MariaDB does, with its tables of numbers, such as seq_1_to_10."""
        numbers = (r"(WITH RECURSIVE numbers(seq) AS (SELECT CAST(\1 AS UNSIGNED) UNION ALL"
                   r" SELECT seq + 1 FROM numbers WHERE seq < \2) SELECT seq FROM numbers) AS numbers")
        return super().sql("SET cte_max_recursion_depth = 4294967295; " + re.sub(r"\bseq_(\d+)_to_(\d+)\b", numbers, text), database)
