# SPDX-License-Identifier: Apache-2.0
"""What configs/ has for periodic runs: units of systemd and a crontab, with their commands executed."""
import datetime
import re
import shlex
import shutil
import subprocess

import pytest

from conftest import BINARY, ROOT, job

UNITS = ROOT / "configs/systemd"


def assignments(path, key):
    return re.findall(rf"^{key}=(.*)$", path.read_text(), re.M)


def to_here(command, sluice):
    """The command with the places of this test instead of the machine's."""
    for there, here in (("/opt/sluice/bin/sluice", BINARY), ("/etc/sluice", sluice.directory / "etc"),
                        ("/var/lib/sluice", sluice.directory / "lib")):
        command = command.replace(there, str(here))
    return command


@pytest.fixture
def orders(sluice):
    for name in "lib", "out":
        (sluice.directory / name).mkdir()
    (sluice.directory / "etc/jobs").mkdir(parents=True)
    script = job(("stream", {"column": [{"value": "${bizdate}"}], "sliceRecordCount": 1}),
                 ("file", {"path": str(sluice.directory / "out"), "fileName": "day.csv", "fileFormat": "csv",
                           "writeMode": "truncate", "writeSingleObject": True}))
    sluice.script(script).rename(sluice.directory / "etc/jobs/orders.json")
    return sluice


def run_twice(orders, words):
    """Both starts of a day mean the same run."""
    before = datetime.date.today()
    first, second = (subprocess.run(words, cwd=orders.directory, env={**orders.environment, "TZ": "UTC"},
                                    capture_output=True, text=True) for _ in range(2))
    assert (first.returncode, second.returncode) == (0, 0), (first, second)
    days = {day - datetime.timedelta(days=1) for day in (before, datetime.date.today())}
    names = {f"orders-{day:%Y%m%d}" for day in days}
    made = {path.name for path in (orders.directory / "lib/runs").iterdir()}
    assert made and made <= names, made
    return first, second


def test_the_service_starts_todays_run_once(orders):
    [command] = assignments(UNITS / "sluice@.service", "ExecStart")
    words = [word.replace("%i", "orders").replace("$$", "$") for word in shlex.split(to_here(command, orders))]
    first, second = run_twice(orders, words)
    assert "written     1" in first.stdout, first
    assert "already done: run orders-" in second.stdout or "written     1" in second.stdout, second


def test_the_service_treats_exit_codes_as_they_are_meant():
    unit = UNITS / "sluice@.service"
    assert assignments(unit, "RestartForceExitStatus") == ["75"]
    assert assignments(unit, "SuccessExitStatus") == ["143"]
    assert assignments(unit, "Restart") == []  # nothing else is tried again
    assert assignments(unit, "Type") == ["exec"]  # oneshot knows no RestartForceExitStatus


def test_the_line_of_the_crontab(orders):
    [line] = [line for line in (ROOT / "configs/crontab").read_text().splitlines() if "sluice run" in line]
    fields = line.split(None, 6)
    assert fields[5] == "sluice" and "%" not in line  # cron has a use of its own for %
    run_twice(orders, ["/bin/sh", "-c", to_here(fields[6], orders)])


def test_systemd_accepts_the_units(tmp_path):
    for name in "sluice@.service", "sluice@.timer":
        text = (UNITS / name).read_text().replace("/opt/sluice/bin/sluice", str(BINARY))
        for path in tmp_path / name, tmp_path / name.replace("@", "@orders"):
            path.write_text(text)
    done = subprocess.run([shutil.which("systemd-analyze"), "verify", "./sluice@orders.service", "./sluice@orders.timer"],
                          cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_the_id_of_a_run_takes_parameters(orders):
    script = orders.directory / "etc/jobs/orders.json"
    arguments = ("--run-id", "${name}-${bizdate}", "--bizdate", "20251031", "-p", "name=nightly", "--state-dir", "lib")
    outcome = orders("run", script, *arguments)
    assert outcome.code == 0 and (orders.directory / "lib/runs/nightly-20251031").is_dir(), outcome
    wrong = orders("run", script, "--run-id", "x-${bizdat}", "--state-dir", "lib")
    assert wrong.code == 2 and "--run-id: no scheduling parameter of that name: bizdat" in wrong.err, wrong
