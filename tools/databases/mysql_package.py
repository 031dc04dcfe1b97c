# SPDX-License-Identifier: Apache-2.0
"""MySQL's own server, which Debian has only in its unstable branch: unpacked with all its libraries, beside the system's."""

import fcntl
import os
import shutil
import subprocess
from pathlib import Path

from .server import ServerError

PACKAGE = "mysql-server-core"
SOURCE = "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian unstable main"
LOADER = "usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2"
LIBRARIES = "usr/lib/x86_64-linux-gnu"


def cache():
    # Root's server runs as a user that may not look into root's home.
    if os.geteuid() == 0:
        return Path("/var/cache/sluice-databases")
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "sluice-databases"


class NotServed(ServerError):
    """Debian does not have it today, or cannot be reached."""


def call(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        raise NotServed(f"MySQL cannot be fetched: {command[0]} {command[-1]}: {done.stdout[-1000:]}")


def apt(directory):
    """apt-get with lists and packages of its own, as if nothing were installed: so it fetches all libraries, too."""
    for part in ("lists/partial", "archives/partial"):
        (directory / part).mkdir(parents=True, exist_ok=True)
    (directory / "status").touch()
    (directory / "sources.list").write_text(SOURCE + "\n", encoding="utf-8")
    settings = {"Dir::State": directory, "Dir::State::lists": directory / "lists", "Dir::State::status": directory / "status",
                "Dir::Cache": directory, "Dir::Cache::archives": directory / "archives",
                "Dir::Etc::SourceList": directory / "sources.list", "Dir::Etc::SourceParts": "/dev/null",
                "Dir::Etc::Preferences": "/dev/null", "Dir::Etc::PreferencesParts": "/dev/null",
                "APT::Install-Recommends": "0", "APT::Sandbox::User": "", "Acquire::Languages": "none",
                "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled": "0", "Acquire::Retries": "3"}
    return ["apt-get", "-q", "-y", *(word for name, value in settings.items() for word in ("-o", f"{name}={value}"))]


def fetch(root):
    work = root.with_suffix(".part")
    shutil.rmtree(work, ignore_errors=True)
    apt_get = apt(work / "apt")
    call(*apt_get, "update")
    call(*apt_get, "--download-only", "install", PACKAGE)
    for package in sorted((work / "apt/archives").glob("*.deb")):
        if not package.name.startswith(("perl", "libperl")):  # only helper scripts need it
            call("dpkg-deb", "--extract", package, work / "root")
    (work / "root").rename(root)
    shutil.rmtree(work)


def mysql_root():
    """Where the server is unpacked; fetches it (60 MB) if it is not there."""
    root = cache() / "mysql"
    root.parent.mkdir(parents=True, exist_ok=True)
    with open(root.with_suffix(".lock"), "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not root.exists():
            fetch(root)
    return root


def mysqld(root):
    """The command that starts it, with the libraries that it was built for."""
    return [root / LOADER, "--library-path", root / LIBRARIES, root / "usr/sbin/mysqld", "--no-defaults",
            f"--basedir={root / 'usr'}", f"--lc-messages-dir={root / 'usr/share/mysql'}",
            f"--character-sets-dir={root / 'usr/share/mysql/charsets'}", f"--plugin-dir={root / 'usr/lib/mysql/plugin'}"]
