"""Names of files, and texts that go into them."""

from __future__ import annotations

from datetime import date

import pytest

from core.text.file_text import file_name, file_stem, printable


@pytest.mark.parametrize(
    ("parts", "stem"),
    [
        (("申港、夏港项目", "初评", "20241231"), "申港、夏港项目_初评_20241231"),
        (("a/b: c", "第一\t轮\n"), "a_b_c_第一_轮_"),
        (('x\\y*?"<>|z',), "x_y_z"),
        (("甲\x07乙\x7f丙",), "甲_乙_丙"),
        (("一期.二期-三期",), "一期.二期-三期"),
    ],
)
def test_a_file_is_named_so_that_every_system_takes_it(parts: tuple[str, ...], stem: str) -> None:
    assert file_stem(*parts) == stem


@pytest.mark.parametrize(
    ("parts", "day", "name"),
    [
        (("申港项目", "初评", "王工的评分表"), date(2026, 1, 5), "申港项目_初评_王工的评分表_20260105.xlsx"),
        (("申港项目", "", "工作簿"), None, "申港项目_工作簿.xlsx"),
        # 31 bytes are the rest: of the 209 others 69 characters take 207.
        (("旧" * 90, "初评", "评分表"), date(2026, 1, 5), "旧" * 69 + "_初评_评分表_20260105.xlsx"),
    ],
)
def test_a_document_is_named_by_project_round_person_and_day(
    parts: tuple[str, ...], day: date | None, name: str
) -> None:
    assert file_name("xlsx", *parts, day=day) == name
    assert len(name.encode()) <= 240


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("93分，等级“优”", "93分，等级“优”"),
        ("两行\n一列\t后", "两行\n一列\t后"),
        ("a\x00b\x0bc\x1fd\x7fe", "abcde"),
        ("半\ud83d个\uffff字", "半个字"),
    ],
)
def test_what_no_document_holds_is_left_out(text: str, kept: str) -> None:
    assert printable(text) == kept
