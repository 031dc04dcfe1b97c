# SPDX-License-Identifier: Apache-2.0
"""`sluice preview`: the first records as the writer would get them, and none written."""
import json
import os
import sqlite3
import unicodedata

import pytest

from cli_test import on_terminal
from conftest import job


def csv_job(sluice, text, columns, processors=(), target="id INTEGER NOT NULL, name TEXT, price DECIMAL(6,2)", setting=None):
    (sluice.directory / "in.csv").write_text(text)
    if target:
        with sqlite3.connect(sluice.directory / "out.db") as made:
            made.execute("DROP TABLE IF EXISTS t")
            made.execute(f"CREATE TABLE t ({target})")
        made.close()
    types = [{"index": i, "type": kind} for i, kind in enumerate(columns)]
    return job(("file", {"path": "in.csv", "column": types}),
               ("sqlite", {"path": "out.db", "table": "t", "column": ["id", "name", "price"]}), processors, setting)


def preview(sluice, script, *arguments):
    return sluice("preview", sluice.script(script), *arguments)


def as_json(sluice, script, *arguments):
    done = preview(sluice, script, "--json", *arguments)
    return json.loads(done.out), done


def columns_of(line):
    """Of a terminal."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


TEXT = '1,one,1.50\n2,"",2\nx,broken line,3\n4,\\N,4.125\n5,"NULL",5\n6,表 😀,6\n7," a",7\n'


def test_the_table(sluice):
    done = preview(sluice, csv_job(sluice, TEXT, ["long", "string", "decimal(8,3)"]))
    assert done.code == 0, done
    lines = done.out.splitlines()
    assert lines[0].split() == ["id", "name", "price"]
    assert lines[1].split() == ["int64", "text", "decimal(6,2)"]
    table = {line.split()[0].rstrip("!"): line for line in lines[2:9]}
    assert table["1"].split() == ["1", "1", "one", "1.50"], done
    assert '  ""  ' in table["2"] and '  "NULL"  ' in table["5"] and '  " a"  ' in table["7"], done
    assert done.err == "7 records, all that there are\n"
    dirty = [line for line in lines if "is dirty" in line]
    assert len(dirty) == 2, done
    assert any("inexact in column" in line and "step to" in line for line in dirty)
    assert any("(in.csv:3)" in line for line in dirty) and "x,broken line,3" in done.out
    with sqlite3.connect(sluice.directory / "out.db") as database:
        assert database.execute("SELECT count(*) FROM t").fetchone() == (0,)
    assert not sluice.state.exists() and not (sluice.directory / "home").exists()


def test_wide_characters_stand_in_columns(sluice):
    done = preview(sluice, csv_job(sluice, "1,表,1\n2,ab,2\n3,é́,3\n", ["long", "string", "decimal(6,2)"]))
    rows = done.out.splitlines()[2:]
    assert len(rows) == 3 and len({columns_of(row) for row in rows}) == 1, done  # the price at the end is in one column


def test_exact_values_as_json_and_the_number_of_records(sluice):
    script = csv_job(sluice, "".join(f"{i},n{i},{i}.25\n" for i in range(1, 30_000)), ["long", "string", "decimal(8,2)"],
                     setting={"speed": {"concurrent": 4}})
    answer, done = as_json(sluice, script, "-n", "3")
    assert done.code == 0 and answer["cast"] and not answer["whole_source"]
    assert [r["record"] for r in answer["records"]] == [{"id": i, "name": f"n{i}", "price": f"{i}.25"} for i in (1, 2, 3)]
    assert answer["columns"][2] == {"name": "price", "type": "decimal(6,2)"}
    assert len(as_json(sluice, script)[0]["records"]) == 20
    assert "3 records, the first ones" in preview(sluice, script, "-n", "3").err
    more, _ = as_json(sluice, script, "--records", "29999")
    assert len(more["records"]) == 29999 and more["records"][-1]["dirty"]["code"] == "range"


def test_processors_are_at_work(sluice):
    script = csv_job(sluice, "7,seven,b\n", ["string", "string", "long"],
                     processors=[("project", {"column": ["c0"]})])
    described = sluice("describe", "project")
    assert described.code == 0
    script["steps"][0]["parameter"]["column"] = [{"index": 2, "type": "string", "name": "p"}, {"index": 1, "type": "string", "name": "n"},
                                                 {"index": 0, "type": "long", "name": "i"}]
    script["steps"][1]["parameter"] = {"column": ["i", "n", "p"]}
    answer, done = as_json(sluice, script)
    assert answer["records"][0]["dirty"]["code"] == "parse", done
    assert answer["records"][0]["record"] == {"i": 7, "n": "seven", "p": "b"}


def test_a_target_that_is_not_there_yet(sluice):
    script = csv_job(sluice, "1,a,2\n", ["long", "string", "decimal(6,2)"], target=None)
    script["steps"][1]["parameter"]["preSql"] = ["CREATE TABLE t (id INTEGER, name TEXT, price TEXT)"]
    done = preview(sluice, script)
    assert done.code == 0 and "before the cast" in done.err and "1  a" in done.out, done
    assert not (sluice.directory / "out.db").exists()


def test_a_writer_that_cannot_be_reached_leaves_the_records_to_be_seen(sluice):
    script = csv_job(sluice, "1,a,2\n", ["long", "string", "decimal(6,2)"])
    script["steps"][1] = {"stepType": "postgresql", "category": "writer", "name": "to", "parameter": {
        "host": "127.0.0.1", "port": 1, "database": "d", "username": "u", "password": "p", "table": "t", "column": ["a", "b", "c"]}}
    done = preview(sluice, script)
    assert done.code == 75 and "error: steps[1]" in done.err and "before the cast" in done.err, done
    assert "1  a" in done.out
    answer, done = as_json(sluice, script)
    assert done.code == 75 and not answer["cast"] and answer["records"] and answer["problems"]


def test_a_reader_that_cannot_be_read(sluice):
    script = csv_job(sluice, "1,a,2\n", ["long", "string", "decimal(6,2)"])
    script["steps"][0]["parameter"]["path"] = "missing.csv"
    done = preview(sluice, script)
    assert done.code == 2 and done.out == "" and "missing.csv" in done.err
    answer, done = as_json(sluice, script)
    assert done.code == 2 and answer["errors"] == 1


def test_a_source_that_breaks_in_the_middle_shows_what_came_before(sluice):
    script = csv_job(sluice, "", ["long", "string", "decimal(6,2)"])
    (sluice.directory / "in.csv").write_text("".join(f"{i},a,1\n" for i in range(10)))
    os.system(f"cd {sluice.directory} && gzip -k in.csv")
    whole = (sluice.directory / "in.csv.gz").read_bytes()
    (sluice.directory / "in.csv.gz").write_bytes(whole[:-12])
    script["steps"][0]["parameter"].update(path="in.csv.gz", compress="gzip")
    done = preview(sluice, script, "-n", "100")
    assert done.code == 1 and "sluice preview: " in done.err and "in.csv.gz" in done.err, done


def test_on_a_terminal_long_values_are_cut_and_many_columns_become_blocks(sluice):
    script = csv_job(sluice, f"1,{'x' * 100},1\n", ["long", "string", "decimal(6,2)"])
    code, shown = on_terminal(sluice, "preview", sluice.script(script), environment={"NO_COLOR": "1"})
    assert code == 0 and "x" * 39 + "…" in shown and "x" * 41 not in shown, shown
    assert "x" * 100 in preview(sluice, script).out
    wide = {"stepType": "stream", "category": "reader", "name": "from", "parameter": {
        "sliceRecordCount": 1, "column": [{"type": "string", "value": "y" * 30, "name": f"column{i}"} for i in range(9)]}}
    script["steps"][0] = wide
    script["steps"][1] = {"stepType": "stream", "category": "writer", "name": "to", "parameter": {"print": False}}
    code, shown = on_terminal(sluice, "preview", sluice.script(script), environment={"NO_COLOR": "1"})
    assert code == 0 and "record 1\n" in shown and shown.count("y" * 30) == 9, shown


@pytest.mark.parametrize("number", ["0", "x", "1000000"])
def test_a_number_that_cannot_be(sluice, number):
    done = preview(sluice, csv_job(sluice, "1,a,2\n", ["long", "string", "double"]), "-n", number)
    assert done.code == 2 and done.out == "", done
