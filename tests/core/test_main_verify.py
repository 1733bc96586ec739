"""`verify` and `scorecard --round` as people run them."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from core.service import home, panel
from tests.core.service.people import PROJECT, WANG
from tests.core.test_main import run

pytestmark = pytest.mark.full  # each starts processes of its own


def test_whole_records_verify(store_path: Path) -> None:
    home.close()
    done = run("verify", store=store_path)
    found = json.loads(run("verify", "--json", store=store_path).stdout)
    assert (found["events"], found["problems"]) == (64, [])
    first, second = done.stdout.splitlines()
    assert (done.returncode, first, done.stderr) == (0, "共64条记录,摘要链完整。", "")
    assert second == f"全库{found['rows']}行,总摘要{found['digest']};表结构与佐证内容无误。"


def test_an_altered_record_is_named_and_ends_with_1(store_path: Path) -> None:
    home.close()
    with duckdb.connect(str(store_path)) as by_hand:
        by_hand.execute("UPDATE score_event SET points = 6 WHERE sheet = 'r1/working' AND code = 'C12'")
    done = run("verify", "--project", PROJECT, store=store_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "项目lingang-2023评分表r1/working的评分记录被改动过:C12第1次(系统," in done.stderr
    found = run("verify", "--json", store=store_path)
    assert found.returncode == 1
    (problem,) = json.loads(found.stdout)["problems"]
    assert (problem["sheet"], problem["table"], problem["code"], problem["revision"]) == (
        "r1/working",
        "score_event",
        "C12",
        1,
    )


def test_a_rounds_scorecard_is_its_working_sheet_or_the_one_named(store_path: Path) -> None:
    panel.open_round(WANG, PROJECT, "终评", "final", "mean")
    home.close()

    def sheet(*argv: str) -> str:
        done = run("scorecard", "--json", *argv, store=store_path)
        assert done.returncode == 0, done.stderr
        return str(json.loads(done.stdout)["sheet"])

    assert sheet() == "r1/working"
    assert sheet("--round", "r2") == "r2/working"
    assert sheet("--round", "r1", "--sheet", "recon-b") == "r1/recon-b"
    assert sheet("--round", "r1", "--sheet", "r1/recon-b") == "r1/recon-b"
    assert sheet("--sheet", "r1/recon-b") == "r1/recon-b"
    missing = run("scorecard", "--round", "r9", store=store_path)
    assert (missing.returncode, "r9/working" in missing.stderr) == (1, True)


def test_an_unsubmitted_sheet_is_not_printed_either(store_path: Path) -> None:
    mine = panel.my_sheet(WANG, PROJECT, "r1")
    home.close()
    done = run("scorecard", "--sheet", mine.id, store=store_path)
    assert done.returncode == 1
    assert "还没有提交" in done.stderr


def test_suggestions_stand_in_the_table(store_path: Path) -> None:
    home.close()
    lines = run("scorecard", store=store_path).stdout.splitlines()
    assert any(line.startswith("B11") and "1.60/2.00/3.00" in line for line in lines)
    assert any(line.startswith("C32") and "5.21" in line for line in lines)
