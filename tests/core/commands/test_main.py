"""The command line: outputs, exit codes and sentences, with and without the app holding the file.

Most commands are answered in this process, by the same `main`: a process of its own costs a second and a half.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from decimal import Decimal
from pathlib import Path

import pytest

from core.__main__ import main
from core.service.base import open_store

ROOT = Path(__file__).resolve().parents[3]
HOLDER = textwrap.dedent(
    """
    import sys
    from core.__main__ import serve_commands
    serve_commands()
    print("ready", flush=True)
    sys.stdin.read()
    """
)


def run(*argv: str, store: Path | None = None) -> subprocess.CompletedProcess[str]:
    env = os.environ | ({"RENEWAL_STORE": str(store)} if store else {}) | {"PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "core", *argv],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def here(*argv: str) -> subprocess.CompletedProcess[str]:
    """What the command says and ends with, on the store that RENEWAL_STORE names, without a process of its own."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(argv)
    open_store.close()
    return subprocess.CompletedProcess(argv, code, out.getvalue(), err.getvalue())


@pytest.fixture
def held(store_path: Path) -> Iterator[Path]:
    """The store, held by another process that answers commands as the app does."""
    open_store.close()
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "ready\n"
        yield store_path
        holder.communicate("")


def test_measures_as_json_follow_the_contract(store_path: Path) -> None:
    open_store.close()
    done = run("measures", "--json", store=store_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    contract = "id name place value value_type unit numerator denominator basis source as_of scenario"
    keys = set(contract.split())
    assert all(set(measure) == keys for measure in found)
    rates = {m["basis"]: m for m in found if m["id"] == "paid_rate"}
    assert list(rates) == ["estimate", "bond", "budget", "arrived"]
    assert rates["estimate"]["value"] == "0.533333333333"
    assert Decimal(rates["estimate"]["numerator"]) == 8000
    assert rates["arrived"]["scenario"] == "arrived_claimed"
    finish = next(m for m in found if m["id"] == "finish_forecast")
    assert (finish["value"], finish["value_type"], finish["scenario"]) == ("2026-05-19", "date", "baseline:2306-2512")


# No wrong number, B12
@pytest.mark.usefixtures("store_path")
def test_the_type_of_a_measure_is_that_of_its_value() -> None:
    found = json.loads(here("measures", "--json").stdout)
    types = {m["id"]: m["value_type"] for m in found}
    assert {types[name] for name in ("pace_index", "gini_households", "gini_area", "pace_gap")} == {"decimal"}
    bases = {m["id"]: m["basis"] for m in found if m["id"] in ("pace_index", "pace_gap")}
    assert bases == {"pace_index": "estimate", "pace_gap": "estimate"}


@pytest.mark.usefixtures("store_path")
def test_measures_are_narrowed_by_basis_and_baseline() -> None:
    done = here("measures", "--json", "--basis", "bond")
    assert {m["basis"] for m in json.loads(done.stdout)} == {"bond"}
    done = here("measures", "--json", "--baseline", "2301-2612")
    elapsed = next(m for m in json.loads(done.stdout) if m["id"] == "time_elapsed")
    assert (elapsed["numerator"], elapsed["denominator"]) == ("731", "1461")


@pytest.mark.usefixtures("store_path")
def test_scorecard_as_json() -> None:
    done = here("scorecard", "--json")
    card = json.loads(done.stdout)
    assert (card["total"], card["grade"], card["margin_down"]) == ("93.00", "优", "3.00")
    assert (card["subtotals"]["效益"]["points"], card["subtotals"]["效益"]["weight"]) == ("21.00", "25.00")


@pytest.mark.usefixtures("store_path")
def test_checks_as_json() -> None:
    found = json.loads(here("checks", "--json").stdout)
    assert [f["id"] for f in found] == [str(number) for number in range(1, 27)]
    assert {f["id"]: f["status"] for f in found if f["status"] != "W"} == {
        "1": "P", "2": "P", "5": "E", "8": "E", "11": "E", "12": "E", "14": "Q", "18": "Q", "20": "Q",
    }  # fmt: skip
    assert all({"id", "status", "title", "message", "figures", "source", "answer"} == set(f) for f in found)


@pytest.mark.usefixtures("store_path")
@pytest.mark.parametrize("command", [("measures",), ("scorecard",), ("checks",)])
def test_a_table_for_people(command: tuple[str, ...]) -> None:
    done = here(*command)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) > 7


COMMANDS = (
    ("measures", "--json"),
    ("scorecard", "--json"),
    ("checks", "--json"),
    ("scorecard",),
    ("measures", "--project", "nowhere"),
)


def test_a_command_says_the_same_while_the_app_holds_the_file(held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_app = [here(*command) for command in COMMANDS]
    typed = run(*COMMANDS[0], store=held)
    alone = held.with_name("copy.duckdb")
    alone.write_bytes(held.read_bytes())
    monkeypatch.setenv("RENEWAL_STORE", str(alone))
    without = [here(*command) for command in COMMANDS]
    assert [vars(each) for each in with_app] == [vars(each) for each in without]
    assert all(each.stdout or each.stderr for each in with_app)
    assert (typed.returncode, typed.stdout, typed.stderr) == (0, with_app[0].stdout, with_app[0].stderr)


@pytest.mark.usefixtures("store_path")
@pytest.mark.parametrize(
    ("argv", "code", "sentence"),
    [
        (("measures", "--project", "nowhere"), 1, "nowhere"),
        (("measures", "--baseline", "9901-9912"), 1, "9901-9912"),
        (("measures", "--basis", "moon"), 1, "moon"),
        (("scorecard", "--sheet", "r9/x"), 1, "r9/x"),
        (("nonsense",), 2, "nonsense"),
    ],
)
def test_what_cannot_be_answered_is_a_sentence_on_stderr(argv: tuple[str, ...], code: int, sentence: str) -> None:
    done = here(*argv)
    assert done.returncode == code
    assert done.stdout == ""
    assert sentence in done.stderr


def test_a_missing_store_that_is_not_the_default_is_never_built(tmp_path: Path) -> None:
    missing = tmp_path / "other.duckdb"
    done = run("measures", store=missing)
    assert done.returncode == 1
    assert str(missing) in done.stderr
    assert "Traceback" not in done.stderr
    assert not missing.exists()


def test_a_locked_store_whose_holder_does_not_answer_is_a_sentence_with_its_process(store_path: Path) -> None:
    open_store.close()
    holder = (
        f"import duckdb, sys; c = duckdb.connect({str(store_path)!r}); print('ready', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        done = run("measures", store=store_path)
        process.communicate("")
    assert done.returncode == 1
    assert f"数据文件正被另一程序占用（进程{process.pid}）。请关闭该程序后刷新；数据未改动。" in done.stderr


@pytest.mark.usefixtures("store_path")
def test_alarms_end_with_3_and_say_what_they_are_compared_with() -> None:
    done = here("alarms")
    assert done.returncode == 3, done.stderr
    assert "累计支付占概算为53.33%，低于80%" in done.stdout
    assert "只有一期数据" in done.stdout
    assert "来源：" in done.stdout
    done = here("alarms", "--all", "--json")
    assert done.returncode == 3
    found = json.loads(done.stdout)
    assert {line["project"] for line in found} == {"lingang-2023"}
    assert [line["estimate"] for line in found] == [False, True, True, True, True]
