# SPDX-License-Identifier: Apache-2.0
"""`sluice schema`: what a validator says by it, beside what the host says."""
import copy
import json
import random
import re

import jsonschema
import pytest

from conftest import ROOT, Sluice, job, without_comments
from crashes import seed_of_tests

# What Lint says of a value or a key by itself; rules between parameters are beyond a schema.
SHAPE = re.compile(r"unknown key|required and not set|expected |must be (one of|between|\"|[\d.]+\w* or (more|less))|"
                   r"set twice|known, but not implemented|no (reader|writer|processor) \"|a step is an object|"
                   r"no (reader|writer) among|a job has one")


@pytest.fixture(scope="module")
def schema(tmp_path_factory):
    outcome = Sluice(tmp_path_factory.mktemp("schema"))("schema")
    assert outcome.code == 0 and outcome.err == "", outcome
    return json.loads(outcome.out)


@pytest.fixture(scope="module")
def validator(schema):
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def configs():
    files = [path for path in (ROOT / "configs").rglob("*.json") if path.name != "datasources.json"]
    return sorted(files, key=lambda path: path.name)


@pytest.mark.parametrize("path", configs(), ids=lambda path: path.stem)
def test_jobs_of_configs_are_valid(validator, path):
    script = json.loads(without_comments(path.read_text()))
    assert [error.message for error in validator.iter_errors(script)] == []


def sample():
    """A script with something of every kind in it."""
    return job(("file", {"path": ["a.csv"], "fileFormat": "csv", "skipHeader": True, "maxRecordSize": "1MiB",
                         "csvReaderConfig": {"escapeMode": 2}, "markDoneInterval": "5s",
                         "column": [{"index": 0, "type": "long"}, {"name": "b", "index": 1}]}),
               ("sqlite", {"path": "a.db", "table": "t", "column": ["a", "b"], "writeMode": "insert", "preSql": ["DELETE FROM @table"]}),
               [("project", {"column": ["a", {"name": "b"}]})],
               {"speed": {"concurrent": 2, "throttle": True, "mbps": 10}, "memory": "64MiB", "retry": {"times": 1}})


# How the lenient script says the same.
@pytest.mark.parametrize("change", [
    lambda s: s["setting"]["speed"].update(concurrent="2", throttle="TRUE", mbps="10.5"),
    lambda s: s["setting"]["speed"].update(concurrent=" 2 ", dmu=5),
    lambda s: s["setting"]["speed"].update(concurrent="1024", mbps="1.0", recordsPerSecond="1e3"),
    lambda s: s["setting"].update(memory="0.5GiB", errorLimit={"record": "0", "percentage": "1.0"}, retry={"backoff": "99.5"}),
    lambda s: s["steps"][0]["parameter"].update(maxRecordSize="1k", csvReaderConfig={"escapeMode": "02"}),
    lambda s: s["setting"].update(memory=67108864, executeMode=None, jvmOption="-Xmx1g"),
    lambda s: s["setting"]["errorLimit"].update(record="", percentage=None),
    lambda s: s.update(extend={"mode": "wizard"}, copies=1, **{"$schema": "./job.schema.json"}),
    lambda s: s["steps"][0]["parameter"].update({"skipHeader": "false", "compress": "", "envType": 1, "x-note": []}),
    lambda s: s["steps"][0]["parameter"].update(path="a.csv", fileFormat="CSV", maxRecordSize=2048, markDoneInterval=2.5),
    lambda s: s["steps"][0]["parameter"].update(object=s["steps"][0]["parameter"].pop("path")),
    lambda s: s["steps"][1].update(category="PROCESSOR"),
    lambda s: s["steps"].insert(1, {"stepType": None, "category": "processor", "name": "left", "parameter": {}}),
    lambda s: s["steps"][2]["parameter"].update(preSql="DELETE FROM @table", table=["t"]),
    lambda s: s.pop("type"),
])
def test_what_the_host_forgives_the_schema_forgives(sluice, validator, change):
    script = sample()
    change(script)
    assert [error.message for error in validator.iter_errors(script)] == []
    problems = json.loads(sluice.check(script, "--offline", "--json").out)["problems"]
    assert [p for p in problems if p["severity"] == "error" and SHAPE.match(p["text"])] == []


def test_placeholders_stand_for_numbers_and_words(validator):
    script = sample()
    script["setting"]["speed"]["concurrent"] = "${lanes}"
    script["steps"][2]["parameter"]["writeMode"] = "${mode}"
    assert validator.is_valid(script)


@pytest.mark.parametrize("change", [
    lambda s: s["steps"][0].update(stepType="fil"),
    lambda s: s["steps"][0].pop("stepType"),
    lambda s: s["steps"][0].update(category="source"),
    lambda s: s["steps"].append(copy.deepcopy(s["steps"][0])),
    lambda s: s["steps"].pop(),
    lambda s: s["steps"][0]["parameter"].pop("path"),
    lambda s: s["steps"][0]["parameter"].update(path=[]),
    lambda s: s["steps"][0]["parameter"].update(path=""),
    lambda s: s["steps"][0]["parameter"].update(object="b.csv"),
    lambda s: s["steps"][0]["parameter"].update(Column=[]),
    lambda s: s["steps"][0]["parameter"].update(skipHeader="yes"),
    lambda s: s["steps"][0]["parameter"]["csvReaderConfig"].update(escapeMode=3),
    lambda s: s["steps"][0]["parameter"]["column"][0].update(index="first"),
    lambda s: s["steps"][0]["parameter"].update(maxRecordSize="1 metre"),
    lambda s: s["steps"][2]["parameter"].update(writeMode="upsert"),
    lambda s: s["steps"][2].pop("parameter"),
    lambda s: s["setting"]["speed"].update(concurrent=0),
    lambda s: s["setting"]["speed"].update(concurrent="12x"),
    lambda s: s["setting"]["speed"].update(concurrent="0"),
    lambda s: s["setting"]["speed"].update(concurrent="-2"),
    lambda s: s["setting"]["speed"].update(concurrent=" 1025 "),
    lambda s: s["setting"]["speed"].update(mbps="0.5"),
    lambda s: s["setting"].update(errorLimit={"record": "-1"}),
    lambda s: s["setting"].update(errorLimit={"percentage": "1.01"}),
    lambda s: s["setting"].update(retry={"backoff": "100.5"}),
    lambda s: s["setting"].update(memory="15MiB"),
    lambda s: s["steps"][0]["parameter"].update(maxRecordSize="1023b"),
    lambda s: s["steps"][0]["parameter"].update(maxRecordSize="1025 MiB"),
    lambda s: s["steps"][0]["parameter"]["csvReaderConfig"].update(escapeMode="3"),
    lambda s: s["setting"]["speed"].update(concurent=1),
    lambda s: s["setting"].update(memory=1024),
    lambda s: s["steps"][2]["parameter"].update(datasource={"file": "a.db"}),
    lambda s: s.update(version="3.0"),
    lambda s: s.update(setting=[]),
])
def test_mistakes_that_the_host_refuses_the_schema_refuses(sluice, validator, change):
    script = sample()
    change(script)
    assert sluice.check(script, "--offline").code == 2
    assert not validator.is_valid(script)


def places(value, path=()):
    """Every (container, key) below a value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield value, key
        yield from places(inner, (*path, key))


def spoil(script, chance):
    container, key = chance.choice(list(places(script)))
    action = chance.choice(["value", "value", "value", "drop", "misspell"])
    if action == "drop":
        del container[key]
    elif action == "misspell" and isinstance(container, dict):
        at = chance.randrange(len(key))
        container[chance.choice([key.swapcase(), key[:at] + key[at + 1:], key[:at] + "q" + key[at:]])] = container.pop(key)
    else:
        container[key] = chance.choice([[], {}, "12x", -1, 0, 1e9, None, "", True, "text", [1], {"a": 1}, "3", 1.5, ["x", {}],
                                         "0", "-1", "0.5", "123456789012", "1k", "9d"])
    return f"{action} {key}"


def test_seeded_mistakes(sluice, validator):
    """What the host refuses by its shape the schema refuses, whatever the mistake."""
    seed = seed_of_tests()
    chance = random.Random(seed)
    scripts = [json.loads(without_comments(path.read_text())) for path in configs()] + [sample()]
    refused = 0
    for _ in range(60):
        script = copy.deepcopy(chance.choice(scripts))
        what = spoil(script, chance)
        problems = json.loads(sluice.check(script, "--offline", "--json").out)["problems"]
        # A step's name is needed because of hops that name it: a rule between parts of the script.
        shape = [p for p in problems if p["severity"] == "error" and SHAPE.match(p["text"]) and
                 p.get("advice") != "order.hops names the steps"]
        if shape:
            refused += 1
            assert not validator.is_valid(script), (seed, what, shape, json.dumps(script))
    assert refused > 5, seed


def test_it_describes_what_there_is(schema):
    reader = schema["$defs"]["reader.file"]["properties"]
    assert reader["maxRecordSize"]["default"] == "16MiB"
    assert reader["path"]["examples"] == [["/data/orders_*.csv"]]
    assert reader["fileFormat"]["anyOf"][0]["enum"][0] == "csv"
    assert "records" in schema["$defs"]["setting"]["properties"]["errorLimit"]["description"]
    assert schema["$defs"]["setting"]["properties"]["locale"]["deprecated"] is True


def test_a_file_and_wrong_use(sluice):
    assert sluice("schema", "--output", "job.schema.json").code == 0
    assert json.loads((sluice.directory / "job.schema.json").read_text())["title"] == "Sluice job"
    outcome = sluice("schema", "--output", "no/such/place.json")
    assert outcome.code == 2 and "asked for by --output" in outcome.err
    outcome = sluice("schema", "--outputs", "x")
    assert outcome.code == 2 and "--output" in outcome.err
