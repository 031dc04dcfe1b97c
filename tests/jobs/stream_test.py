# SPDX-License-Identifier: Apache-2.0
"""The stream plugin through the binary."""
import pytest

from conftest import job

COUNT = {"name": "n", "type": "long", "increment": "1,1"}


def printed(sluice, column, records=2, writer=None, **reader):
    script = job(("stream", {"column": column, "sliceRecordCount": records, **reader}), ("stream", writer or {}))
    return sluice.run(script).ok().records


def test_values_print_as_text(sluice):
    column = [{"type": "string", "value": "zwölf 🐟"}, {"type": "long", "value": -9223372036854775808},
              {"type": "double", "value": 0.1}, {"type": "boolean", "value": False},
              {"type": "date", "value": "1969-12-31 23:59:59.5"}, {"type": "bytes", "value": "raw"},
              {"type": "decimal", "value": "-0.050"}, {"type": "string", "value": ""},
              {"type": "long", "value": 1, "nullPercent": 100}]
    lines = printed(sluice, column, writer={"fieldDelimiter": "|"})
    assert lines == ["zwölf 🐟|-9223372036854775808|0.1|false|1969-12-31 23:59:59.500000|726177|-0.050||null"] * 2


def test_printing_is_the_default_and_tabs_stand_between(sluice):
    assert printed(sluice, [COUNT, {"value": "a"}]) == ["1\ta", "2\ta"]


def test_discarding_prints_nothing(sluice):
    assert printed(sluice, [COUNT], writer={"print": False}) == []


def test_every_lane_reads_a_split(sluice):
    script = job(("stream", {"column": [COUNT], "sliceRecordCount": 10000}), ("stream", {}),
                 setting={"speed": {"concurrent": 3}})
    outcome = sluice.run(script).ok()
    assert sorted(map(int, outcome.records)) == list(range(1, 30001))
    assert (outcome.summary["splits"], outcome.summary["lanes"]) == (3, 3)


def test_the_seed_decides(sluice):
    column = [{"type": "long", "random": "0,1000000000"}, {"random": "5,20"}]
    first = printed(sluice, column, 100, seed=7)
    assert printed(sluice, column, 100, seed=7) == first
    assert printed(sluice, column, 100, seed=8) != first
    assert printed(sluice, column, 50, seed=7) == first[:50]


def test_no_records_are_fine(sluice):
    assert printed(sluice, [COUNT], 0) == []


@pytest.mark.parametrize("column, where, text", [
    ({"type": "long"}, "steps[0].parameter.column[0]", "the column has nothing to make its values from"),
    ({"type": "long", "value": "12x"}, "steps[0].parameter.column[0].value", 'not a value of type long: "12x"'),
    ({"type": "long", "random": "9,1"}, "steps[0].parameter.column[0].random", "the second bound is below the first"),
    ({"type": "integer", "value": 1}, "steps[0].parameter.column[0].type", "integer"),
    ({"type": "date", "value": "2024-01-01", "dateFormat": "yyyy"}, "steps[0].parameter.column[0].dateFormat",
     "2024-01-31"),
])
def test_bad_columns_are_problems_with_a_place(sluice, column, where, text):
    outcome = sluice.check(job(("stream", {"column": [column], "sliceRecordCount": 1}), ("stream", {})))
    assert outcome.code == 2, outcome
    assert where in outcome.out + outcome.err and text in outcome.out + outcome.err, outcome


def test_all_problems_at_once(sluice):
    outcome = sluice.check(job(("stream", {"column": [{"type": "long"}, {"value": "a", "random": "1,2"}]}), ("stream", {})))
    text = outcome.out + outcome.err
    assert outcome.code == 2, outcome
    for part in ("column[0]", "column[1]", "sliceRecordCount"):
        assert part in text, outcome
