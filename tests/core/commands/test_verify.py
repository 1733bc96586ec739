"""`verify` and `scorecard --round` as people run them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import duckdb
import pytest

from core.service.base import open_store
from core.service.scoring import opening
from tests.core.commands.test_main import run
from tests.core.service.people import PROJECT, WANG

pytestmark = pytest.mark.full  # each starts processes of its own


def test_whole_records_verify(store_path: Path) -> None:
    open_store.close()
    done = run("verify", store=store_path)
    found = json.loads(run("verify", "--json", store=store_path).stdout)
    assert (found["events"], found["problems"]) == (64, [])
    first, rows, second = done.stdout.splitlines()
    assert re.fullmatch(r"其余各表\d+行与写入时的摘要相符。", rows)
    assert (done.returncode, first, done.stderr) == (0, "共64条记录，摘要链完整。", "")
    assert second == f"全库{found['rows']}行，总摘要{found['digest']}；表结构与佐证内容无误。"


def test_an_altered_record_is_named_and_ends_with_1(store_path: Path) -> None:
    open_store.close()
    with duckdb.connect(str(store_path)) as by_hand:
        by_hand.execute("UPDATE score_event SET points = 6 WHERE sheet = 'r1/working' AND code = 'C12'")
    done = run("verify", "--project", PROJECT, store=store_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "项目lingang-2023评分表r1/working的评分记录被改动过：C12第1次（系统，" in done.stderr
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
    opening.open_round(WANG, PROJECT, "终评", "final", "mean")
    open_store.close()

    def sheet(*argv: str) -> str:
        done = run("scorecard", "--json", *argv, store=store_path)
        assert done.returncode == 0, done.stderr
        return str(json.loads(done.stdout)["sheet"])

    assert sheet() == "r2/working"  # of the round that runs
    assert sheet("--round", "r1") == "r1/working"
    assert sheet("--round", "r1", "--sheet", "recon-b") == "r1/recon-b"
    assert sheet("--round", "r1", "--sheet", "r1/recon-b") == "r1/recon-b"
    assert sheet("--sheet", "r1/recon-b") == "r1/recon-b"
    missing = run("scorecard", "--round", "r9", store=store_path)
    assert (missing.returncode, "没有轮次“r9”" in missing.stderr) == (1, True)


def test_an_unsubmitted_sheet_is_not_printed_either(store_path: Path) -> None:
    mine = opening.my_sheet(WANG, PROJECT, "r1")
    open_store.close()
    done = run("scorecard", "--sheet", mine.id, store=store_path)
    assert done.returncode == 1
    assert "还没有提交" in done.stderr


def test_suggestions_stand_in_the_table(store_path: Path) -> None:
    open_store.close()
    lines = run("scorecard", store=store_path).stdout.splitlines()
    assert any(line.startswith("B11") and "1.60/2.00/3.00" in line for line in lines)
    assert any(line.startswith("C32") and "5.21" in line for line in lines)
