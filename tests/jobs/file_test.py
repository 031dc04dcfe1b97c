# SPDX-License-Identifier: Apache-2.0
"""The file connector end to end: what lies in files before and after a run, and what others see meanwhile."""
import bz2
import csv
import gzip
import io
import json
import os
import random
import shutil
import signal
import subprocess
import time

import pytest

from conftest import job


@pytest.fixture
def files(sluice):
    """The same, with a directory `out` to write into."""
    sluice.out = sluice.directory / "out"
    sluice.out.mkdir()
    return sluice


def copy(reader, writer, setting=None, name="out.csv", single=True):
    return job(("file", {"path": "in*", "column": ["*"], **reader}),
               ("file", {"path": "out", "fileName": name, **({"writeSingleObject": True} if single else {}), **writer}), setting=setting)


def written(sluice, name="out.csv"):
    return (sluice.out / name).read_bytes()


def seen(sluice):
    """What a reader of the directory sees: files that are not hidden."""
    return sorted(path.name for path in sluice.out.iterdir() if not path.name.startswith("."))


def dirty_of(sluice, outcome):
    path = sluice.state / "runs" / outcome.summary["run"] / "dirty.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()]


# ---- which files ----


def test_wildcards_and_lists(files):
    for name, text in {"in-a1.csv": "1,a\n", "in-a2.csv": "2,b\n", "in-b1.csv": "3,c\n", "other.csv": "4,d\n"}.items():
        (files.directory / name).write_text(text)
    files.run(copy({"path": "in-?1.csv"}, {})).ok()
    assert sorted(written(files).split()) == [b"1,a", b"3,c"]
    done = files.run(copy({"path": ["in-a*.csv", "other.csv"]}, {})).ok()
    assert sorted(written(files).split()) == [b"1,a", b"2,b", b"4,d"] and done.summary["splits"] == 3


def test_no_file_is_a_problem_with_its_place(files):
    done = files.run(copy({"path": ["in.csv", "no-*.csv"]}, {}))
    assert done.code == 2 and "job.json:" in done.err and "no-*.csv" in done.err and "parameter.path" in done.err, done
    assert seen(files) == []


def test_a_pipe_is_refused(files):
    os.mkfifo(files.directory / "in.pipe")
    (files.out / "out.csv").write_text("stays\n")
    for path in "in.pipe", "/dev/stdin", "/dev/null":
        done = files.run(copy({"path": path}, {}), stdin="1,a\n")
        assert done.code == 2 and "path[0]" in done.err and path in done.err and "write what comes out of it to a file" in done.err, done
    assert written(files) == b"stays\n"


# ---- how they are written down ----


def test_header_names_and_typed_columns(files):
    (files.directory / "in.csv").write_text('id,"the name",price\n7,"a ""quoted"", one",1.50\n8,"two\nlines",-2\n')
    columns = [{"name": "price", "type": "decimal(8,2)"}, {"name": "the name", "type": "string"}, {"value": "x", "type": "string"},
               {"name": "id", "type": "long"}]
    files.run(copy({"skipHeader": True, "column": columns}, {"writeHeader": True, "column": ["p", "n", "c", "i"]})).ok()
    assert list(csv.reader(io.StringIO(written(files).decode()))) == \
        [["p", "n", "c", "i"], ["1.50", 'a "quoted", one', "x", "7"], ["-2.00", "two\nlines", "x", "8"]]


@pytest.mark.parametrize("given, on_disk", [("\\t", "\t"), ("\\u0001", "\x01"), ("|", "|"), (";", ";")])
def test_delimiters_of_a_csv(files, given, on_disk):
    rows = [["1", f"with {on_disk} in it", ""], ["2", "plain", "é"]]
    with open(files.directory / "in.csv", "w", newline="") as file:
        csv.writer(file, delimiter=on_disk, lineterminator="\n").writerows(rows)
    files.run(copy({"fieldDelimiter": given}, {"fieldDelimiter": given, "lineDelimiter": "\\r\\n"})).ok()
    assert list(csv.reader(io.StringIO(written(files).decode(), newline=""), delimiter=on_disk)) == rows
    assert written(files).count(b"\r\n") == 2


def test_delimiters_of_a_text(files):
    (files.directory / "in.txt").write_text('1||"a"##2||b##')
    files.run(copy({"fileFormat": "text", "fieldDelimiter": "||", "lineDelimiter": "##"},
                   {"fileFormat": "text", "fieldDelimiter": "::", "lineDelimiter": "\\n"})).ok()
    assert written(files) == b'1::"a"\n2::b\n'


def test_null_and_the_empty_text_stay_apart(files):
    (files.directory / "in.csv").write_text('1,\\N\n2,""\n3,"\\N"\n4,\n')
    files.run(copy({}, {"nullFormat": "NULL"})).ok()
    assert [row[1] for row in csv.reader(io.StringIO(written(files).decode()))] == ["NULL", "", "\\N", ""]
    files.run(copy({"path": "out/out.csv", "nullFormat": "NULL"}, {"fileFormat": "jsonl"}, name="out.jsonl")).ok()
    assert [list(json.loads(line).values())[1] for line in written(files, "out.jsonl").splitlines()] == [None, "", "\\N", ""]


@pytest.mark.parametrize("delimiter", ["\n", "\r\n", "##"])
@pytest.mark.parametrize("header", [False, True])
def test_empty_texts_in_the_only_column_of_a_text(files, delimiter, header):
    lines = "".join(json.dumps({"v": text}) + "\n" for text in ["", "x", "", "", "y", ""])
    (files.directory / "in.jsonl").write_text(lines)
    text = {"fileFormat": "text", "lineDelimiter": delimiter}
    files.run(copy({"fileFormat": "jsonl"}, {**text, "writeHeader": header}, name="out.txt")).ok()
    assert written(files, "out.txt").decode() == ("v" + delimiter if header else "") + delimiter.join(["", "x", "", "", "y", "", ""])
    files.run(copy({**text, "path": "out/out.txt", "skipHeader": header}, {"fileFormat": "jsonl", "column": ["v"]}, name="back.jsonl")).ok()
    assert [json.loads(line) for line in written(files, "back.jsonl").splitlines()] == [json.loads(line) for line in lines.splitlines()]
    (files.directory / "in.txt").write_text("v\n1\n\n2\n")  # no number is empty: the line is no record, as it is among several fields
    done = files.run(copy({"path": "in.txt", "fileFormat": "text", "skipHeader": True, "column": [{"name": "v", "type": "long"}]}, {})).ok()
    assert done.summary["read"] == 2


@pytest.mark.parametrize("encoding", ["GB18030", "ISO-8859-1", "UTF-16LE", "SHIFT_JIS", "UTF-8-SIG"])
def test_encodings_there_and_back(files, encoding):
    text = {"GB18030": "1,汉字 😀\n", "ISO-8859-1": "1,Größe\n", "UTF-16LE": "1,汉字\n2,é\n", "SHIFT_JIS": "1,日本\n", "UTF-8-SIG": "1,é\n"}[encoding]
    (files.directory / "in.csv").write_bytes(text.encode(encoding))
    named = "UTF-8" if encoding == "UTF-8-SIG" else encoding  # a BOM is understood
    files.run(copy({"encoding": named}, {})).ok()
    assert written(files).decode() == text
    files.run(copy({"path": "out/out.csv"}, {"encoding": named}, name="back.csv")).ok()
    assert written(files, "back.csv").decode(named) == text


def test_a_record_longer_than_what_is_read_at_once_in_another_encoding(files):
    """Characters of two bytes in UTF-8, from an odd place on; a file too small for a thread of its own."""
    text = "10," + "é" * 300_000 + "\n2,x\n"
    (files.directory / "in.csv").write_bytes(text.encode("latin-1"))
    files.run(copy({"encoding": "ISO-8859-1"}, {}), timeout=60).ok()
    assert written(files).decode() == text


def test_what_an_encoding_does_not_have_is_a_dirty_record(files):
    (files.directory / "in.csv").write_text("1,fits é\n2,漢\n3,fits\n")
    done = files.run(copy({}, {"encoding": "ISO-8859-1"}, {"errorLimit": {"record": 5}})).ok()
    assert (done.summary["written"], done.summary["dirty"]) == (2, 1)
    assert written(files) == "1,fits é\n3,fits\n".encode("latin-1")


PACK = {"gzip": gzip.compress, "bzip2": bz2.compress,
        "zstd": lambda data: subprocess.run(["zstd", "-c"], input=data, capture_output=True, check=True).stdout}
UNPACK = {"gzip": gzip.decompress, "bzip2": bz2.decompress,
          "zstd": lambda data: subprocess.run(["zstd", "-dc"], input=data, capture_output=True, check=True).stdout}


@pytest.mark.parametrize("method", PACK)
def test_packed_files(files, method):
    text = "".join(f"{i},line {i * i}\n" for i in range(20_000)).encode()
    packed = PACK[method](text[:100_003]) + PACK[method](text[100_003:])  # two members are one text
    (files.directory / "in.packed").write_bytes(packed)
    done = files.run(copy({"compress": method}, {"compress": method})).ok()
    assert done.summary["written"] == 20_000 and UNPACK[method](written(files)) == text
    (files.directory / "in.packed").write_bytes(packed[:-7])
    done = files.run(copy({"compress": method}, {"compress": method}, name="cut.csv"))
    assert done.code == 1 and "in.packed" in done.err + done.out and "cut.csv" not in seen(files), done


# ---- files that are there already ----


def test_truncate_takes_the_place_of_what_was_there(files):
    (files.directory / "in.csv").write_text("1,new\n")
    (files.out / "out.csv").write_text("old\n")
    (files.out / "unrelated.csv").write_text("stays\n")
    files.run(copy({}, {"writeMode": "truncate"})).ok()
    assert written(files) == b"1,new\n" and written(files, "unrelated.csv") == b"stays\n"


def test_append_adds(files):
    (files.directory / "in.csv").write_text("1,new\n")
    (files.out / "out.csv").write_text("0,old\n")
    for _ in range(2):
        files.run(copy({}, {"writeMode": "append"})).ok()
    assert written(files) == b"0,old\n1,new\n1,new\n"


@pytest.mark.parametrize("encoding", ["UTF-16LE", "UTF-16BE", "UTF-32LE"])
@pytest.mark.parametrize("end, delimiter", [("\n", "\n"), ("", "\n"), ("\r\n", "\r\n"), ("\n", "\r\n")])
def test_append_adds_in_the_encoding_of_the_file(files, encoding, end, delimiter):
    (files.directory / "in.csv").write_text("1,new\n")
    (files.out / "out.csv").write_bytes(("0,old" + end).encode(encoding))
    files.run(copy({}, {"writeMode": "append", "encoding": encoding, "lineDelimiter": delimiter})).ok()
    added = "" if end else delimiter  # the last line gets the end that it lacks
    assert written(files).decode(encoding) == "0,old" + end + added + "1,new" + delimiter


def test_non_conflict_refuses(files):
    (files.directory / "in.csv").write_text("1,new\n")
    (files.out / "out.csv").write_text("0,old\n")
    done = files.run(copy({}, {"writeMode": "nonConflict"}))
    assert done.code == 2 and "out/out.csv" in done.err and "writeMode" in done.err and "append" in done.err, done
    assert written(files) == b"0,old\n"
    files.run(copy({}, {"writeMode": "nonConflict"}, name="free.csv")).ok()


def test_many_files_one_a_split_and_one_for_all(files):
    for i in range(3):
        (files.directory / f"in{i}.csv").write_text(f"{i},a\n{i},b\n")
    files.run(copy({}, {"suffix": ".csv", "writeHeader": True, "column": ["i", "w"]}, {"speed": {"concurrent": 3}}, "part", single=False)).ok()
    assert len(seen(files)) == 3 and all(name.startswith("part__") and name.endswith(".csv") for name in seen(files))
    assert sorted(b"".join(written(files, name) for name in seen(files)).split()) == sorted([b"i,w"] * 3 + [f"{i},{w}".encode() for i in range(3) for w in "ab"])
    files.run(copy({}, {"writeHeader": True, "column": ["i", "w"]}, {"speed": {"concurrent": 3}}, "one.csv")).ok()
    assert written(files, "one.csv") == b"i,w\n0,a\n0,b\n1,a\n1,b\n2,a\n2,b\n"


def test_a_large_file_goes_on_in_the_next(files):
    (files.directory / "in.csv").write_text("".join(f"{i},{'x' * 100}\n" for i in range(30_000)))
    files.run(copy({}, {"maxFileSize": 1, "suffix": ".csv"}, name="part", single=False)).ok()
    names = seen(files)
    sizes = [(files.out / name).stat().st_size for name in names]
    assert len(names) >= 3 and max(sizes) <= (1 << 20) + 200, sizes
    rows = sorted(b"".join(written(files, name) for name in names).splitlines())
    assert rows == sorted((files.directory / "in.csv").read_bytes().splitlines())


def test_marks_when_all_is_there(files):
    (files.directory / "in.csv").write_text("1,a\n")
    files.run(copy({}, {"markDoneFileName": "done"})).ok()
    assert seen(files) == ["done", "out.csv"] and written(files, "done") == b""
    waiting = copy({"markDoneFileName": "in.done"}, {})
    done = files.run(waiting)
    assert done.code == 75 and "in.done" in done.err, done
    (files.directory / "in.done").touch()
    files.run(waiting).ok()


# ---- lanes ----


def test_many_lanes_read_what_one_reads(files):
    """Random bytes: quotes, newlines and delimiters where they may and where they may not be."""
    seed = random.SystemRandom().randrange(1 << 32)
    print("seed", seed)
    dice = random.Random(seed)
    pieces = [b'"', b'""', b"\n", b"\r\n", b",", b"x", b"\xc3\xa9", b"\xff", b"\\N", b" "]
    with open(files.directory / "in.csv", "wb") as file:
        while file.tell() < 5 << 20:
            if dice.random() < 0.9:
                text = b"".join(dice.choice(pieces) for _ in range(dice.randrange(12))).replace(b'"', b'""').replace(b"\xff", b"")
                file.write(b'%d,"%s"\n' % (dice.randrange(10**9), text))
            else:
                file.write(b"".join(dice.choice(pieces[2:]) for _ in range(dice.randrange(12))).replace(b"\n", b"") + b"\n")
    columns = [{"index": 0, "type": "long"}, {"index": 1, "type": "string"}]
    results = []
    for lanes in 1, 4:
        done = files.run(copy({"column": columns}, {}, {"speed": {"concurrent": lanes}, "errorLimit": {"record": ""}})).ok()
        dirty = sorted((record["location"], record["code"], record["raw"]) for record in dirty_of(files, done))
        results.append((written(files), dirty, done.summary["read"], done.summary["written"]))
    assert done.summary["lanes"] == 4 and done.summary["splits"] > 3
    assert results[0] == results[1]
    assert results[0][3] > 1000 and len(results[0][1]) > 1000


# ---- broken lines ----


def test_broken_lines_are_dirty_with_file_line_and_text(files):
    (files.directory / "in.csv").write_bytes(
        b'1,good\nx,no number\n3\n4,two,much\n"5\n",""\n6,\xff\xfe\n7,good again\n8,"never closed\n9,lost in the quote\n')
    columns = [{"index": 0, "type": "long"}, {"index": 1, "type": "string"}]
    done = files.run(copy({"column": columns}, {}, {"errorLimit": {"record": 20}})).ok()
    broken = {record["location"].split(":")[-1]: record for record in dirty_of(files, done)}
    assert broken.keys() == {"2", "3", "4", "5", "7", "9"}, broken  # the record of the lines 5 and 6 is one
    assert all(record["location"].startswith("in.csv:") and record["message"] and record["code"] for record in broken.values()), broken
    assert broken["2"]["raw"] == "x,no number" and broken["2"]["column"]
    assert written(files) == b"1,good\n7,good again\n9,lost in the quote\n"
    assert any("8,\"never closed" in record["raw"] for record in broken.values()), broken
    assert done.summary["read"] == done.summary["written"] + done.summary["dirty"]


@pytest.mark.parametrize("form, bad, good", [("csv", "no number", "7"), ("jsonl", '{"v": "no number"}', '{"v": 7}')])
def test_what_comes_behind_many_broken_lines_is_read(files, form, bad, good):
    """More of them than a batch is large, at the begin of a split and in the midst of it."""
    many = (2 << 20) // len(bad)
    (files.directory / "in.any").write_text((f"{bad}\n" * many + f"{good}\n") * 2)
    column = [{"name": "v", "type": "long", **({"index": 0} if form == "csv" else {})}]
    done = files.run(copy({"fileFormat": form, "column": column}, {}, {"errorLimit": {"record": ""}})).ok()
    assert written(files) == b"7\n7\n"
    assert (done.summary["read"], done.summary["dirty"]) == (2 * many + 2, 2 * many)


# ---- nobody sees half a file ----


def slow(sluice, mode):
    """A job that writes 100,000 records at a pace that leaves time to look."""
    (sluice.directory / "in.csv").write_text("".join(f"{i},{'y' * 50}\n" for i in range(100_000)))
    (sluice.out / "out.csv").write_text("0,old\n")
    return copy({}, {"writeMode": mode}, {"speed": {"throttle": True, "mbps": 1}})


def wait_for_parts(sluice, process):
    """Until something was written aside."""
    end = time.monotonic() + 60
    while not any(path.stat().st_size > 100_000 for path in sluice.out.glob(".sluice-*")):
        assert process.poll() is None and time.monotonic() < end, process.communicate()
        time.sleep(0.01)


@pytest.mark.parametrize("mode", ["truncate", "append"])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_run_leaves_what_was_there(files, mode, number):
    script = files.script(slow(files, mode))
    process = files.start("run", script, "--state-dir", files.state)
    wait_for_parts(files, process)
    assert seen(files) == ["out.csv"] and written(files) == b"0,old\n", "half a file is to be seen"
    process.send_signal(number)
    process.communicate(timeout=60)
    assert seen(files) == ["out.csv"] and written(files) == b"0,old\n"
    done = files.run(script, "--resume", "last", "--set", "setting.speed.throttle=false").ok()
    assert done.summary["written"] == 100_000
    expected = (b"0,old\n" if mode == "append" else b"") + (files.directory / "in.csv").read_bytes()
    assert sorted(written(files).splitlines()) == sorted(expected.splitlines())
    assert [path.name for path in files.out.iterdir()] == ["out.csv"], "something was left aside"


def test_a_failed_run_leaves_what_was_there(files):
    (files.directory / "in.csv").write_text("1,a\n" * 1000 + "x,b\n")
    (files.out / "out.csv").write_text("0,old\n")
    columns = [{"index": 0, "type": "long"}, {"index": 1, "type": "string"}]
    done = files.run(copy({"column": columns}, {}))
    assert done.code == 3 and written(files) == b"0,old\n" and seen(files) == ["out.csv"], done


def test_a_full_disk_is_an_error_and_leaves_nothing(files):
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("needs root to mount a small disk")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", files.out])
    if mounted.returncode != 0:
        pytest.skip("may not mount")
    try:
        (files.directory / "in.csv").write_text("1,aaaaaaaaaaaaaaaaaaa\n" * 200_000)
        done = files.run(copy({}, {}))
        assert done.code == 75 and "No space left" in done.out + done.err and seen(files) == [], done
    finally:
        subprocess.run(["umount", files.out], check=True)


# ---- mistakes ----


@pytest.mark.parametrize("side, change, words", [
    ("reader", {"fileFormat": "parquet"}, ["fileFormat", "not implemented"]),
    ("reader", {"encoding": "KLINGON"}, ["encoding", "KLINGON"]),
    ("reader", {"compress": "zip"}, ["compress", "zip"]),
    ("reader", {"column": [{"index": 0, "type": "lang"}]}, ["column[0].type", "long"]),
    ("reader", {"column": [{"type": "timestamp", "format": "yyyy-MM-dd HH:mmXXX"}]}, ["column[0].format", "XXX", "timestamp", "use the type instant"]),
    ("reader", {"column": [{"type": "time", "format": "HH:mmXXX"}]}, ["column[0].format", "XXX", "time", "string"]),
    ("reader", {"column": [{"type": "date", "format": "HH:mmXXX"}]}, ["column[0].format", "XXX", "date", "string"]),
    ("reader", {"fieldDelimeter": ";"}, ["fieldDelimeter", "fieldDelimiter"]),
    ("reader", {"skipHeader": True, "column": [{"name": "a"}, {"name": "prise"}]}, ["column[1]", "prise", "did you mean", "price"]),
    ("reader", {"skipHeader": True, "column": [{"index": 0}, {"index": 2}]}, ["column[1].index", "2", "price"]),
    ("writer", {"path": "nowhere"}, ["path", "nowhere", "create the directory"]),
    ("writer", {"header": ["a", "b", "c"]}, ["header", "3"]),
    ("writer", {"writeMode": "truncated"}, ["writeMode", "truncate"]),
])
def test_mistakes_have_a_place_and_a_way_out(files, side, change, words):
    (files.directory / "in.csv").write_text("a,price\n1,a\n")
    script = copy(change if side == "reader" else {}, change if side == "writer" else {})
    done = files.check(script)
    assert done.code == 2 and done.err.startswith("job.json:" if not done.err.startswith("/") else "/"), done
    assert all(word in done.err for word in words), done


def test_an_open_quote_is_one_dirty_record_however_little_memory_there_is(files):
    text = "x" * (20 << 20)
    (files.directory / "in.csv").write_text(f'1,a\n2,"{text}\n3,c\n')
    done = files.run(copy({"column": [{"index": 0, "type": "long"}, {"index": 1, "type": "string"}]}, {"writeMode": "truncate"},
                          setting={"memory": "16MiB", "errorLimit": {"record": 1}})).ok()
    assert (done.summary["written"], done.summary["dirty"]) == (2, 1), done


@pytest.mark.parametrize("wrong", [{"skipHeader": "yes"}, {"skipHaeder": True}])
def test_a_header_that_was_meant_is_no_second_mistake(files, wrong):
    (files.directory / "in.csv").write_text("id\n1\n")
    done = files.check(copy({**wrong, "column": [{"name": "id", "type": "long"}]}, {}))
    assert done.code == 2 and done.err.count(": error: ") == 1 and next(iter(wrong)) in done.err, done
