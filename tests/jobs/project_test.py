# SPDX-License-Identifier: Apache-2.0
"""The processor `project` through the binary."""
from conftest import job

SOURCE = ("stream", {"sliceRecordCount": 20000, "column": [
    {"name": "id", "type": "long", "increment": "1,1"}, {"name": "customer", "value": "c"},
    {"name": "total", "type": "decimal", "value": "1.50", "nullPercent": 50}]})


def project(sluice, *columns, more=()):
    processors = [("project", {"column": list(columns)}), *(("project", {"column": list(step)}) for step in more)]
    return sluice.run(job(SOURCE, ("stream", {}), processors, {"speed": {"concurrent": 2}}))


def test_columns_change_places(sluice):
    outcome = project(sluice, {"name": "total"}, "id", {"index": 0, "as": "again"}).ok()
    rows = [line.split("\t") for line in outcome.records]
    assert sorted(int(row[1]) for row in rows) == list(range(1, 40001))
    assert all(row[1] == row[2] for row in rows)
    assert {row[0] for row in rows} == {"1.50", "null"}


def test_one_after_another_with_new_names(sluice):
    outcome = project(sluice, {"name": "id", "as": "number"}, "customer", more=[["customer", "number"]]).ok()
    assert sorted(outcome.records) == sorted(f"c\t{i}" for i in range(1, 40001))


def test_unknown_columns_are_named_with_what_there_is(sluice):
    outcome = project(sluice, "custmer", "id", {"index": 3})
    text = outcome.out + outcome.err
    assert outcome.code == 2, outcome
    assert "steps[1].parameter.column[0]" in text and 'did you mean "customer"?' in text, outcome
    assert "steps[1].parameter.column[2]" in text and "id, customer, total" in text, outcome


def test_an_element_that_chooses_nothing(sluice):
    outcome = project(sluice, {"as": "x"})
    text = outcome.out + outcome.err
    assert outcome.code == 2, outcome
    assert text.count("a column is chosen by its name or by its index") == 1, outcome
