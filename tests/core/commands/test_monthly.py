"""The command line over a monthly series: asked, previewed, written together, and never without the answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from core.__main__ import answer_for_owner
from tests.core.ingest.project_tables.test_facts import as_xlsx

LINGANG = "lingang-2023"
TABLE = [
    ["街镇", "概算（万元）", "小区数", "栋数", "户数", "面积（万㎡）", "已投资（万元）", "", "累计支付（万元）", ""],
    ["", "", "", "", "", "", "1月", "2月", "1月", "2月"],
    ["甲镇", 4000, 5, 128, 4520, 39, 2000, 2100, 1900, 2000],
    ["乙街道", 4500, 9, 254, 8400, "112.38", 2500, 2600, 2400, 2500],
]

pytestmark = pytest.mark.usefixtures("store_path")


@pytest.fixture
def argv(tmp_path: Path) -> list[str]:
    path = tmp_path / "月报.xlsx"
    path.write_bytes(as_xlsx({"表": TABLE}))
    return ["import", str(path), "--project", "hexi", "--as-of", "2025-02-28"]


def printed(argv: list[str], code: int = 0) -> Any:
    found = answer_for_owner([*argv, "--json"])
    assert found[0] == code, found[2]
    return json.loads(found[1])


def stored() -> dict[str, str]:
    """Day -> batch of what there is."""
    code, out, _ = answer_for_owner(["snapshots", "--project", "hexi", "--json"])
    return {} if code else {each["as_of"]: each["batch"] for each in json.loads(out)}


def question(argv: list[str]) -> str:
    """The id of what is asked of the series."""
    asked = printed([*argv, "--dry-run"])["questions"]
    (found,) = [each for each in asked if "是否按月各存一期" in each["message"]]
    return str(found["id"])


def answers(argv: list[str]) -> list[str]:
    """A yes to the series, and to all that it then asks."""
    first = ["--answer", f"{question(argv)}=是"]
    asked = printed([*argv, *first, "--dry-run"], 1)["questions"]
    return [part for each in asked for part in ("--answer", f"{each['id']}=是")]


def test_yes_stores_each_month_and_json_lists_them(argv: list[str]) -> None:
    yes = answers(argv)
    seen = printed([*argv, *yes, "--dry-run"])
    # 1900 + 2400 and 2000 + 2500; 2000 + 2500 and 2100 + 2600
    found = [(each["as_of"], each["batch"], each["sums"]) for each in seen["snapshots"]]
    assert [(day, batch, sums["paid"], sums["invested"]) for day, batch, sums in found] == [
        ("2025-01-31", None, "4300", "4500"), ("2025-02-28", None, "4500", "4700"),
    ]  # fmt: skip
    assert stored() == {}
    taken = printed([*argv, *yes])
    assert [each["batch"] for each in taken["snapshots"]] == ["hexi@2025-01-31", "hexi@2025-02-28"]
    assert stored() == {"2025-02-28": "hexi@2025-02-28", "2025-01-31": "hexi@2025-01-31"}


def test_the_table_on_the_terminal_has_a_line_a_month(argv: list[str]) -> None:
    code, out, _ = answer_for_owner([*argv, *answers(argv)])
    assert code == 0
    project, heads, *lines = out.splitlines()
    assert project == "project: hexi"
    assert (heads.split()[0], heads.split()[-1]) == ("截至", "批次")
    assert [(line.split()[0], line.split()[-1]) for line in lines] == [
        ("2025-01-31", "hexi@2025-01-31"), ("2025-02-28", "hexi@2025-02-28"),
    ]  # fmt: skip


def test_a_question_of_the_series_without_an_answer_writes_nothing(argv: list[str]) -> None:
    yes = ["--answer", f"{question(argv)}=是"]
    code, out, _ = answer_for_owner([*argv, *yes, "--dry-run"])
    assert (code, [line.split()[0] for line in out.splitlines()]) == (1, ["截至", "2025-01-31", "2025-02-28"])
    found = printed([*argv, *yes], 1)
    assert any("还有一处没有答复" in each["message"] for each in found["problems"])
    assert stored() == {}


@pytest.mark.parametrize("no", [True, False])
def test_no_and_no_answer_read_the_month_of_the_day(argv: list[str], no: bool) -> None:
    more: list[str] = []
    if no:
        asked = printed([*argv, "--dry-run"])["questions"]
        series = question(argv)
        more = [p for each in asked for p in ("--answer", f"{each['id']}={'否' if each['id'] == series else '是'}")]
    assert printed([*argv, *more])["batch"] == "hexi@2025-02-28"
    assert stored() == {"2025-02-28": "hexi@2025-02-28"}


def test_the_preview_says_how_to_answer(argv: list[str]) -> None:
    series = question(argv)
    told = answer_for_owner([*argv, "--dry-run"])[2]
    assert f"要这样做，请加 --answer {series}=是" in told
    assert "是否按月各存一期" not in answer_for_owner(argv)[2]
