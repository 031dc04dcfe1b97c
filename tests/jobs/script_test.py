# SPDX-License-Identifier: Apache-2.0
"""Every kind of problem with a job script, through the binary: exact line, column and text."""
import json

import pytest

from conftest import ROOT

READER = """{"stepType": "stream", "category": "reader", "name": "from",
     "parameter": {"column": [{"type": "long", "value": "1"}], "sliceRecordCount": 1}}"""
WRITER = """{"stepType": "stream", "category": "writer", "name": "to", "parameter": {"print": false}}"""
NO_LIMIT = ("warning: setting.errorLimit.record: not set, so any number of dirty records is borne "
            "(set it to 0 to stop at the first one)")


def script(reader=READER, writer=WRITER, setting='{"errorLimit": {"record": 0}}', more=""):
    """Reader on lines 3 and 4, writer on line 5, setting on line 7, more from line 8 on."""
    return f'{{\n  "steps": [\n    {reader},\n    {writer}\n  ],\n  "setting": {setting}{more}\n}}\n'


def of_reader(old, new):
    assert old in READER
    return script(reader=READER.replace(old, new))


def of_writer(old, new):
    assert old in WRITER
    return script(writer=WRITER.replace(old, new))


def more(text):
    return script(more=",\n  " + text)


class Checker:
    def __init__(self, sluice):
        self.sluice, self.file = sluice, sluice.directory / "job.json"

    def __call__(self, text, *arguments, command="check"):
        self.file.write_bytes(text if isinstance(text, bytes) else text.encode())
        offline = ["--offline"] if command == "check" else []
        return self.sluice(command, "job.json", *offline, *arguments)

    def lines(self, text, *arguments):
        """The problems without the file's name and without the lines that follow one of them."""
        outcome = self(text, *arguments)
        prefix = "job.json:"
        self.code = outcome.code
        return [line.removeprefix(prefix).lstrip() for line in outcome.err.splitlines() if not line.startswith("    ")]


@pytest.fixture
def check(sluice):
    return Checker(sluice)


UNREADABLE = {
    "empty": ("", "1:1: error: the script is empty"),
    "blank": (" \n\n", "3:1: error: the script is empty"),
    "only a comment": ("// nothing\n", "2:1: error: the script is empty"),
    "words": ("hello", "1:1: error: expected a value, got hello (strings stand in double quotes)"),
    "binary": (b"\x7fELF\x02\x01\x01\0\0", "1:8: error: this is a binary file, not a job script"),
    "UTF-16": ("{}".encode("utf-16"), "1:1: error: the script is encoded in UTF-16 (save it as UTF-8)"),
    "Latin-1": ('{"na\u00efve": 1}'.encode("latin-1"),
                "1:5: error: byte is not valid UTF-8: 0xEF (save the script as UTF-8)"),
    "deep": ("[" * 100_000, "1:66: error: nested too deeply, the limit is 64 levels"),
    "deep and closed": ('{"a":' * 70 + "1" + "}" * 70, "1:326: error: nested too deeply, the limit is 64 levels"),
    "an array": ("[]", "1:1: error: a job script is an object, got an array (it starts with {)"),
    "a number": ("3", "1:1: error: a job script is an object, got 3 (it starts with {)"),
    "null": ("null", "1:1: error: a job script is an object, got null (it starts with {)"),
    "cut": (script()[:-3], "1:1: error: this { is never closed"),
    "an open string": ('{\n "a": "b\n}', "2:7: error: this string does not end on its line (write a line break as \\n)"),
    "a missing comma": ('{\n "type": "job"\n "version": "2.0"\n}', "3:2: error: expected , or }, got a string"),
    "a bad escape": ('{"type": "C:\\dir"}', "1:13: error: unknown escape in a string (write a backslash as \\\\)"),
    "more behind the end": (script() + "x", "9:1: error: text after the end of the script: x"),
    "single quotes": ("{'type': 'job'}", "1:2: error: expected a key in double quotes, got '"),
    "an open comment": (script() + "/* x", "9:1: error: this comment is never closed"),
    "half a number": ('{"a": 1e}', "1:7: error: expected a value, got 1e (not a number that JSON knows; "
                                   "numbers look like 0, -1, 0.5, 1e6)"),
    "version 1.0": ('{"type": "job",\n "configuration": {"reader": {"plugin": "a"}, "writer": {"plugin": "b"}}}',
                    "2:2: error: configuration: this is a script of version 1.0 "
                    "(`sluice convert` writes it anew as a script of version 2.0)"),
    "DataX": ('{"job": {"content": [{"reader": {"name": "streamreader"}, "writer": {"name": "streamwriter"}}]}}',
              "1:2: error: job: this is a DataX script (`sluice convert` writes it anew as a script of version 2.0)"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_script_that_cannot_be_read(check, name):
    text, message = UNREADABLE[name]
    assert check.lines(text) == [message]
    assert check.code == 2


WRONG = {
    "type": (more('"type": "table"'), '8:11: error: type: must be "job", got "table"'),
    "version": (more('"version": "3.0"'), '8:14: error: version: must be "2.0", got "3.0" (did you mean "2.0"?)'),
    "a step that is text": (script(writer='"x"'), "5:5: error: steps[1]: a step is an object"),
    "no category": (of_writer('"category": "writer", ', ""), "5:5: error: steps[1].category: required and not set"),
    "wrong category": (of_writer('"writer"', '"writter"'),
                       '5:40: error: steps[1].category: must be one of "reader", "writer", "processor", "flatmap", '
                       '"map", got "writter" (did you mean "writer"?)'),
    "no stepType": (of_writer('"stepType": "stream", ', ""),
                    "5:5: error: steps[1].stepType: required and not set "
                    "(the name of a plugin; `sluice plugins` lists them)"),
    "two names": (of_writer('"to"', '"from"'),
                  "5:58: error: steps[1].name: the name of an earlier step too, steps[0]: from "
                  "(give each step a name of its own)"),
    "parameter": (of_writer('{"print": false}', '"x"'),
                  '5:77: error: steps[1].parameter: expected an object, got "x"'),
    "two writers": (script(writer=WRITER + ",\n    " + WRITER.replace('"to"', '"too"')),
                    "6:5: error: steps[2]: a job has one writer, this is another one "
                    "(run one job for each destination)"),
    "missing parameter": (of_reader(', "sliceRecordCount": 1', ""),
                          "4:19: error: steps[0].parameter.sliceRecordCount: required and not set (such as 1000)"),
    "wrong case": (of_reader("sliceRecordCount", "slicerecordcount"),
                   '4:64: error: steps[0].parameter.slicerecordcount: unknown key '
                   '(did you mean "sliceRecordCount"?)'),
    "not implemented": (of_reader('"value": "1"', '"value": "1", "dateFormat": "y"'),
                        "4:62: error: steps[0].parameter.column[0].dateFormat: known, but not implemented here "
                        "(write dates as 2024-01-31 or 2024-01-31 12:00:00)"),
    "choice": (of_reader('"long"', '"lang"'),
               '4:40: error: steps[0].parameter.column[0].type: must be one of "string", "long", "double", "boolean", '
               '"date", "bytes", "decimal", got "lang" (did you mean "long"?)'),
    "the plugin's own rule": (of_reader('"value": "1"', '"value": "1", "random": "3"'),
                              "4:31: error: steps[0].parameter.column[0]: value, random and increment exclude one "
                              "another (give one of value, random and increment)"),
    "duplicate key": (more('"setting": {"errorLimit": {"record": 0}}'),
                      "8:3: error: setting: duplicate key (remove one of the two)"),
    "unknown key": (script(setting='{"errorLimit": {"record": 0}, "sped": {}}'),
                    '7:44: error: setting.sped: unknown key (did you mean "speed"?)'),
    "integer": (script(setting='{"errorLimit": {"record": 0}, "speed": {"concurrent": "12x"}}'),
                '7:68: error: setting.speed.concurrent: expected an integer, got "12x"'),
    "boolean": (script(setting='{"errorLimit": {"record": 0}, "speed": {"throttle": "maybe"}}'),
                '7:66: error: setting.speed.throttle: expected true or false, got "maybe"'),
    "number": (script(setting='{"errorLimit": {"record": 0}, "speed": {"mbps": []}}'),
               "7:62: error: setting.speed.mbps: expected a number, got an array"),
    "duration": (script(setting='{"errorLimit": {"record": 0}, "callTimeout": "soon"}'),
                 '7:59: error: setting.callTimeout: expected a duration such as 30s, got "soon"'),
    "size": (script(setting='{"errorLimit": {"record": 0}, "memory": "1k"}'),
             '7:54: error: setting.memory: must be 16MiB or more, got "1k"'),
    "bounds": (script(setting='{"errorLimit": {"record": 0}, "speed": {"concurrent": 2000}}'),
               "7:68: error: setting.speed.concurrent: must be between 1 and 1024, got 2000"),
    "throttle without a speed": (script(setting='{"errorLimit": {"record": 0}, "speed": {"throttle": true}}'),
                                 "7:53: error: setting.speed.mbps: required when speed.throttle is true "
                                 "(the most MB a second, such as 10)"),
    "contradiction": (script(setting='{"errorLimit": {"record": 5, "strategy": "ZeroTolerance"}}'),
                      "7:55: error: setting.errorLimit.strategy: contradicts errorLimit.record: ZeroTolerance and 5 "
                      "(remove one of the two)"),
    "distribute": (script(setting='{"errorLimit": {"record": 0}, "executeMode": "distribute"}'),
                   "7:59: error: setting.executeMode: distribute needs speed.concurrent to be 8 or more, got 1 "
                   "(raise speed.concurrent or remove executeMode)"),
    "time zone": (script(setting='{"errorLimit": {"record": 0}, "common": {"column": {"timeZone": "Europe/Berln"}}}'),
                  "7:78: error: setting.common.column.timeZone: no such time zone: Europe/Berln "
                  '(did you mean "Europe/Berlin"?)'),
    "a hop to nowhere": (more('"order": {"hops": [{"from": "from", "to": "two"}]}'),
                         '8:45: error: order.hops[0].to: no step of that name: two (did you mean "to"?)'),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_problem_has_its_place_and_text(check, name):
    text, message = WRONG[name]
    assert check.lines(text) == [message]
    assert check.code == 2


def test_no_steps_and_no_sides(check):
    assert check.lines('{"setting": {"errorLimit": {"record": 0}}}') == ["1:1: error: steps: required and not set"]
    setting = '"setting": {"errorLimit": {"record": 0}}}'
    assert check.lines('{"steps": [\n' + READER + "], " + setting) == [
        "1:11: error: steps: no writer among the steps (one step has the category writer)"]
    assert check.lines('{"steps": [\n' + WRITER + "], " + setting) == [
        "1:11: error: steps: no reader among the steps (one step has the category reader)"]


def test_all_problems_come_in_one_go_in_the_order_of_the_script(check):
    text = script(reader=READER.replace('"long"', '"lang"').replace("sliceRecordCount", "slicerecordcount"),
                  writer=WRITER.replace('"print": false', '"print": "perhaps", "colour": 1'),
                  setting='{"errorLimit": {"record": -1}, "sped": 1}', more=',\n  "bar": 1')
    assert [line.split(": ")[:3] for line in check.lines(text)] == [
        ["4:40", "error", "steps[0].parameter.column[0].type"],
        ["4:64", "error", "steps[0].parameter.slicerecordcount"],
        ["5:87", "error", "steps[1].parameter.print"],
        ["5:98", "warning", "steps[1].parameter.colour"],
        ["7:40", "error", "setting.errorLimit.record"],
        ["7:45", "error", "setting.sped"],
        ["8:3", "warning", "bar"],
    ]


def test_unknown_keys_are_warnings_and_errors_when_strict(check):
    text = more('"bar": 1, "x-mine": 2')
    assert check.lines(text) == ["8:3: warning: bar: unknown key, ignored"]
    assert check.code == 0
    assert check.lines(text, "--strict") == ["8:3: error: bar: unknown key"]
    assert check.code == 2


def test_warnings_alone_let_a_job_run(check):
    assert check.lines(script(setting="{}")) == ["7:14: " + NO_LIMIT]
    assert check.code == 0
    inert = script(setting='{"errorLimit": {"record": 0}, "speed": {"mbps": 3}}')
    assert check.lines(inert) == ["7:62: warning: setting.speed.mbps: without effect while speed.throttle is false "
                                  "(set speed.throttle to true)"]
    assert check.code == 0


def test_a_script_as_editors_and_people_write_them(check):
    text = """\ufeff// nightly
{ /* of the
     sales team */
  "type": "job", "version": "2.0", "extend": {}, "gui": {"x": 1}, "x-owner": "me",
  "steps": [
    {"stepType": "stream", "category": "reader", "name": "from", "parameter": {
      "column": [{"type": "long", "value": "1"},], "sliceRecordCount": "5", "envType": 1, "guid": null}},
    {"stepType": null, "category": "processor", "name": "nothing"},
    {"stepType": "stream", "category": "writer", "name": "to", "parameter": {"print": "false", "fieldDelimiter": ""}},
  ],
  "setting": {"executeMode": null, "speed": {"concurrent": "2", "throttle": "false"}, "errorLimit": {"record": "0"}},
}
"""
    assert check.lines(text) == []
    assert check.code == 0
    outcome = check(text, "--summary", "-", "--state-dir", "state", command="run")
    assert json.loads(outcome.out)["written"] == 10, outcome


def test_a_missing_plugin_says_where_it_was_looked_for(check):
    outcome = check(of_writer('"stream"', '"steam"'))
    lines = outcome.err.splitlines()
    assert lines[0] == 'job.json:5:18: error: steps[1].stepType: no writer "steam" was found (did you mean "stream"?)'
    assert lines[1].startswith("    searched ") and lines[1].endswith("/lib/sluice/plugins (beside the program)")
    assert "      stream.so: reader stream, writer stream" in lines
    assert outcome.code == 2


def test_a_store_without_a_plugin_and_a_plugin_of_the_other_kind(check):
    assert check.lines(of_writer('"stream"', '"odps"')) == [
        '5:18: error: steps[1].stepType: no writer "odps" was found '
        "(MaxCompute (ODPS) has no plugin here; use `file` on an export of it)"]
    assert check.lines(of_writer('"stream"', '"project"')) == [
        '5:18: error: steps[1].stepType: no writer "project" was found ("project" is a processor only)']


def test_set_replaces_values(check):
    outcome = check(script(), "--set", "steps[from].parameter.sliceRecordCount=7", "--set", "setting.speed.concurrent=2",
                    "--summary", "-", "--state-dir", "state", command="run")
    summary = json.loads(outcome.out)
    assert (summary["written"], summary["lanes"]) == (14, 2), outcome


def test_a_wrong_set_is_told_without_a_place_in_the_script(check):
    arguments = ["setting.speed.concurrent=x", "nonsense", "steps[frm].parameter.print=1", "setting.sped.x=1",
                 "steps[0].parameter.sliceRecordCount=-1", "steps[to].stepType=steam"]
    outcome = check(script(), *[word for argument in arguments for word in ("--set", argument)])
    lines = [line for line in outcome.err.splitlines() if not line.startswith("    ")]
    assert sorted(lines) == sorted([
        "--set: error: no step of that name: frm (did you mean \"from\"?)",
        "--set: error: not of the form path=value: nonsense (such as setting.speed.concurrent=8)",
        "--set: error: setting.sped: unknown key (did you mean \"speed\"?)",
        "--set: error: setting.speed.concurrent: expected an integer, got \"x\"",
        "--set: error: steps[0].parameter.sliceRecordCount: must be 0 or more, got -1",
        "--set: error: steps[1].stepType: no writer \"steam\" was found (did you mean \"stream\"?)",
    ])
    assert outcome.code == 2


def test_the_script_comes_from_the_standard_input(check):
    outcome = check.sluice("check", "-", "--offline", stdin=of_reader('"long"', '"lang"'))
    assert outcome.err.startswith("<stdin>:4:40: error: steps[0].parameter.column[0].type: must be one of "), outcome
    assert outcome.code == 2
    outcome = check.sluice("run", "-", "--state-dir", "state", "--summary", "-", stdin=script())
    assert json.loads(outcome.out)["written"] == 1, outcome


def test_problems_as_json(check):
    outcome = check(of_writer('"stream"', '"steam"'), "--json")
    assert outcome.err == ""
    answer = json.loads(outcome.out)
    assert (answer["ok"], answer["exit_code"], answer["errors"], answer["warnings"]) == (False, 2, 1, 0)
    problem = answer["problems"][0]
    assert problem.pop("details")[0].startswith("searched ")
    assert problem == {"severity": "error", "file": "job.json", "path": "steps[1].stepType", "line": 5, "column": 18,
                       "text": 'no writer "steam" was found', "advice": 'did you mean "stream"?'}
    assert json.loads(check(script(), "--json").out) == {
        "file": "job.json", "ok": True, "exit_code": 0, "errors": 0, "warnings": 0, "problems": []}


def test_unequal_numbers_of_columns_are_found_without_a_connection(check):
    text = json.dumps({"steps": [
        {"stepType": "sqlite", "category": "reader", "name": "from",
         "parameter": {"path": "no.db", "table": "t", "column": ["a", "b"]}},
        {"stepType": "sqlite", "category": "writer", "name": "to",
         "parameter": {"path": "no.db", "table": "u", "column": ["a"]}}],
        "setting": {"errorLimit": {"record": 0}}}, indent=1)
    lines = check.lines(text)
    assert len(lines) == 1 and "error: steps[1].parameter.column: " in lines[0], lines
    assert "2" in lines[0] and "1" in lines[0], lines


def test_every_published_shape_of_the_configs_passes(in_configs):
    sluice, configs = in_configs, in_configs.directory / "configs"
    for file in sorted(set(configs.glob("*.json")) - {configs / "datasources.json"}):
        file.chmod(0o600)  # a connection string may be secret
        outcome = sluice("check", file, "--offline")
        assert (outcome.code, outcome.err) == (0, ""), (file, outcome)
