# SPDX-License-Identifier: Apache-2.0
"""Every type of each store at its extremes, into every store: each value arrives exactly, or its record is dirty, or the
column is refused by name when the job is checked. What came out is plugins/TYPES.md; SLUICE_WRITE_TYPES=1 writes it."""
import os
import re

import pytest

from conftest import ROOT, job
from servers import mariadb, mysql, postgres  # noqa: F401
from typed_stores import Csv, MariaDB, MySQL, PostgreSQL, SQLite, canonical

STORES = {store.name: store for store in (MariaDB, MySQL, PostgreSQL, SQLite, Csv)}
DOCUMENT = ROOT / "plugins/TYPES.md"
found = {}  # (source, target): {type: what became of it}


def shown(value):
    return f"`{value}`" if len(value) <= 40 else f"`{value[:30]}...`"


@pytest.fixture
def stores(request, source, target, tmp_path):
    """Those that the test's pair needs."""
    fixtures = {"MariaDB": "mariadb", "MySQL": "mysql", "PostgreSQL": "postgres"}
    return {name: STORES[name](request.getfixturevalue(fixtures[name]) if name in fixtures else tmp_path) for name in {source, target}}


class Crossing:
    """A table with a column for each type of the source and a record for each value, alone in its column."""

    def __init__(self, sluice, source, target):
        self.sluice, self.source, self.target = sluice, source, target
        self.columns = {f"kx{i}_": type_ for i, type_ in enumerate(source.types)}
        self.values = [(name, type_, value) for name, type_ in self.columns.items() for value in type_.values]
        source.make("source", [(name, type_.name) for name, type_ in self.columns.items()])
        source.fill("source", self.values)

    def script(self, names):
        self.target.make("target", [(name, self.columns[name].targets[self.target.name]) for name in names])
        self.target.written = ["n", *names]
        reader, writer = self.source.step("source", ["n", *names]), self.target.step("target", ["n", *names])
        return job(reader, writer, setting={"errorLimit": {"record": len(self.values)}})

    def refused(self):
        """The columns that the job's check names."""
        names, refused = list(self.columns), {}
        while True:
            done = self.sluice.check(self.script(names))
            if done.code == 0:
                return refused
            named = {name for name in names if name in done.err}
            assert named, f"refused, and no column is named: {done}"
            for name in named:
                line = next(line for line in done.err.splitlines() if name in line)
                refused[name] = re.sub(r"\s+", " ", line.strip())
            names = [name for name in names if name not in named]

    def run(self):
        """What became of each type; fails where a value is lost or changed."""
        refused = self.refused()
        names = [name for name in self.columns if name not in refused]
        done = self.sluice.run(self.script(names)).ok()
        dirty, wrong = {}, []
        for n, (name, type_, value) in enumerate(self.values):
            if name in refused:
                continue
            there = self.target.value("target", name, type_, n)
            if there is None:
                dirty.setdefault(name, []).append(shown(value))
            elif canonical(type_.family, there) != canonical(type_.family, value):
                wrong.append(f"{type_.name}: {shown(value)} became {shown(there)}")
        assert not wrong, f"{self.source.name} to {self.target.name}:\n" + "\n".join(wrong)
        empty = sum(1 for name, _, _ in self.values if name in refused)
        missing = sum(map(len, dirty.values()))
        assert done.summary["dirty"] == missing and done.summary["written"] == len(self.values) - missing, (done, dirty, empty)
        return {type_.name: "refused" if name in refused else "dirty: " + ", ".join(dirty[name]) if name in dirty else "exact"
                for name, type_ in self.columns.items()}


@pytest.mark.parametrize("target", STORES)
@pytest.mark.parametrize("source", STORES)
def test_every_value_arrives_exactly_or_is_dirty_or_refused(sluice, stores, source, target):
    if source == target == "csv":
        (sluice.directory / "other").mkdir()
        stores = {**stores, "other": Csv(sluice.directory / "other")}
    found[source, target] = Crossing(sluice, stores[source], stores["other"] if source == target == "csv" else stores[target]).run()


def document():
    lines = ["# What becomes of each type", "",
             "Every type of a store at its extremes, through every other store. *exact*: all values arrived as they were. *dirty*: these values do",
             "not fit and made dirty records, all others arrived. *refused*: `check` refuses the column by name. Nothing is rounded, cut or lost.",
             "The target's column is the nearest type that the store has.", "",
             "Made by `tests/jobs/type_matrix_test.py`, which fails when anything else happens.", ""]
    for source, store in STORES.items():
        lines += [f"## From {source}", "", "| type | " + " | ".join(f"to {target}" for target in STORES) + " |", "|---" * (len(STORES) + 1) + "|"]
        for type_ in store.types:
            cells = (f"{found[source, target][type_.name]} ({type_.targets[target]})".replace(" (None)", "").replace("|", "\\|") for target in STORES)
            lines.append(f"| `{type_.name}` | " + " | ".join(cells) + " |")
        lines.append("")
    return "\n".join(lines)


def test_the_table_is_current():
    if len(found) < len(STORES) ** 2:
        pytest.skip("not all pairs were run")
    if os.environ.get("SLUICE_WRITE_TYPES"):
        DOCUMENT.write_text(document(), encoding="utf-8")
    if not DOCUMENT.exists():
        pytest.skip("not written: run this with SLUICE_WRITE_TYPES=1")
    assert DOCUMENT.read_text(encoding="utf-8") == document(), "out of date: run this with SLUICE_WRITE_TYPES=1"
