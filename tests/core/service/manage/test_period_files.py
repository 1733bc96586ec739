"""本期数据 as a file: its figures are the import's, it says who stands for them, and any change of it is found."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from core.briefing.period_file import HEADINGS
from core.errors import InputError, UnknownName
from core.service.base import batches, open_store
from core.service.base.file import File
from core.service.manage import demo, importing, period_files
from tests.core.service.edited import edited
from tests.core.service.manage.test_import_files import MARCH, SEED, quarter
from tests.core.service.people import LI, WANG
from tests.core.service.people import PROJECT as LINGANG

pytestmark = pytest.mark.usefixtures("store_path")
KINDS = ("csv", "xlsx")


def rows(file: File) -> list[list[str]]:
    if file.name.endswith("csv"):
        return list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(file.content)).worksheets[0]
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def figures(file: File) -> dict[tuple[str, str], tuple[str, str]]:
    every = rows(file)
    return {(row[0], row[1]): (row[3], row[4]) for row in every[every.index(list(HEADINGS)) + 1 :]}


def said(file: File) -> dict[str, str]:
    """The lines above the figures."""
    every = rows(file)
    return {row[0]: row[1] for row in every[: every.index(list(HEADINGS))]}


@pytest.mark.parametrize("kind", KINDS)
def test_it_holds_what_was_reported_by_street_and_source_and_says_that_nobody_looked(kind: str) -> None:
    file = period_files.period_file(WANG, LINGANG, SEED, kind)  # type: ignore[arg-type]
    assert file.name == f"2023年度申港、夏港区域老小区改造项目_本期数据_2024-12-31.{kind}"
    found = figures(file)
    paid = {"璜土镇": "2164", "夏港街道": "2627", "申港街道": "1900", "利港街道": "1309"}
    assert {place: found[place, "累计支付"] for place in paid} == {x: (value, "万元") for x, value in paid.items()}
    assert [value for (place, name), value in found.items() if name == "概算"] == [("15000", "万元")]
    assert found["璜土镇", "户数"] == ("4520", "户")
    assert found["全项目", "专项债计划"] == ("12000", "万元")
    assert found["利港街道", "小区的第二个数，含义待确认"] == ("5", "个")  # （总）5-5
    assert ("璜土镇", "形象进度") not in found  # not reported: left out, never 0
    lines = said(file)
    assert lines["不含"].startswith("小区明细、")
    assert (lines["项目编号"], lines["数据截至"], lines["批次"]) == (LINGANG, "2024-12-31", SEED)
    assert lines["复核"] == "未经第二人复核"


def test_both_kinds_have_one_digest_and_stand() -> None:
    made = [period_files.period_file(WANG, LINGANG, SEED, "csv"), period_files.period_file(WANG, LINGANG, SEED, "xlsx")]
    assert len({said(file)["校验值"] for file in made}) == 1
    assert all(period_files.check(WANG, file).stands for file in made)


@pytest.mark.parametrize("kind", KINDS)
def test_it_says_who_released_it_and_is_refused_before(kind: str) -> None:
    taken = importing.take_over(WANG, LINGANG, "q.xlsx", quarter(), MARCH, {}, hold=True)
    assert taken.batch is not None
    with pytest.raises(InputError, match="待复核"):
        period_files.period_file(WANG, LINGANG, taken.batch, kind)  # type: ignore[arg-type]
    batches.release(LI, LINGANG, taken.batch)
    file = period_files.period_file(WANG, LINGANG, taken.batch, kind)  # type: ignore[arg-type]
    assert said(file)["复核"].startswith("已复核：李工，")
    assert figures(file)["璜土镇", "累计支付"] == ("2364", "万元")


def test_a_figure_changed_by_hand_is_named() -> None:
    text = period_files.period_file(WANG, LINGANG, SEED, "csv").content.decode("utf-8-sig")
    forged = File("x.csv", text.replace(",paid,2164,", ",paid,2264,", 1).encode("utf-8-sig"))
    found = period_files.check(WANG, forged)
    assert [vars(each) for each in found.differing] == [
        {"place": "璜土镇", "id": "paid", "in_file": "2264", "in_store": "2164"}
    ]
    assert found.digest_wrong
    assert not found.stands


def test_in_a_workbook_too() -> None:
    content = period_files.period_file(WANG, LINGANG, SEED, "xlsx").content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    (cell,) = [f"D{n}" for n, row in enumerate(sheet.iter_rows(values_only=True), 1) if row[2:4] == ("paid", 2164)]
    forged = File("x.xlsx", edited(content, {(sheet.title, cell): 2264}))
    assert [each.in_file for each in period_files.check(WANG, forged).differing] == ["2264"]


def test_a_withdrawn_period_no_longer_stands_though_its_figures_do() -> None:
    taken = importing.take_over(WANG, LINGANG, "q.xlsx", quarter(), MARCH, {})
    assert taken.batch is not None
    file = period_files.period_file(WANG, LINGANG, taken.batch, "csv")
    batches.withdraw(WANG, LINGANG, taken.batch, "看错了")
    found = period_files.check(WANG, file)
    assert (found.state, found.differing, found.digest_wrong, found.stands) == ("withdrawn", (), False, False)


@pytest.mark.parametrize(
    "file",
    [File("x.csv", b"a,b\n1,2\n"), File("x.xlsx", b"no workbook"), File("x.csv", b"\xff\xfe"), File("x.txt", b"")],
)
def test_another_file_is_refused_with_a_sentence(file: File) -> None:
    with pytest.raises(InputError, match="不是本系统导出的本期数据"):
        period_files.check(WANG, file)


def test_a_period_that_was_corrected_says_so_and_the_new_one_does_not() -> None:
    newer = batches.correct(WANG, LINGANG, "璜土镇", "paid", "2163.5", "录入错误")
    assert said(period_files.period_file(WANG, LINGANG, SEED, "csv"))["状态"] == f"已由批次{newer}代替"
    file = period_files.period_file(WANG, LINGANG, newer, "csv")
    assert said(file)["状态"] == "已生效"
    assert figures(file)["璜土镇", "累计支付"] == ("2163.5", "万元")
    assert period_files.check(WANG, file).stands


def test_a_file_of_one_project_does_not_pass_for_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "two.duckdb"
    demo.make(path)
    monkeypatch.setenv("RENEWAL_STORE", str(path))
    open_store.close()
    batch = f"{demo.ID}@2025-12-31"
    file = period_files.period_file(WANG, demo.ID, batch, "csv")
    assert period_files.check(WANG, file).stands
    # 2,400 of 云栖街道 in the demo's last period, 1,600 in the one before.
    assert figures(file)["云栖街道", "累计支付"] == ("2400", "万元")
    before = period_files.period_file(WANG, demo.ID, f"{demo.ID}@2025-06-30", "csv")
    assert figures(before)["云栖街道", "累计支付"] == ("1600", "万元")
    assert period_files.check(WANG, before).stands
    moved = File("x.csv", file.content.replace(demo.ID.encode(), LINGANG.encode()))
    with pytest.raises(UnknownName):
        period_files.check(WANG, moved)
    with pytest.raises(UnknownName):
        period_files.period_file(WANG, LINGANG, batch, "csv")
    other = File("x.csv", before.content.replace(b"2025-06-30", b"2025-12-31"))
    found = period_files.check(WANG, other)
    assert ("云栖街道", "paid", "1600", "2400") in {tuple(vars(each).values()) for each in found.differing}
    open_store.close()
