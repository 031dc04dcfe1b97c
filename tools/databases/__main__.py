# SPDX-License-Identifier: Apache-2.0
"""Runs a command beside private servers, which end with it:

    python3 tools/databases postgres mariadb -- COMMAND...

The command finds them in SLUICE_POSTGRES_HOST, _PORT, _SOCKET, _USER, _PASSWORD, _DATABASE and the same of
SLUICE_MARIADB and SLUICE_MYSQL.
"""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from databases import MariaDB, MySQL, Postgres  # noqa: E402

KINDS = {"postgres": Postgres, "mariadb": MariaDB, "mysql": MySQL}


def main(arguments):
    if "--" not in arguments or not arguments[: arguments.index("--")] or arguments[-1] == "--":
        sys.exit("usage: python3 tools/databases postgres|mariadb|mysql ... -- COMMAND...")
    kinds, command = arguments[: arguments.index("--")], arguments[arguments.index("--") + 1 :]
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        sys.exit(f"no such server; there are postgres, mariadb and mysql: {', '.join(unknown)}")
    with contextlib.ExitStack() as stack:
        environment = dict(os.environ)
        for kind in kinds:
            environment.update(stack.enter_context(KINDS[kind]()).environment())
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
