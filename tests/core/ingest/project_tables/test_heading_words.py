"""What a heading means by its own words and by the groups over it: noun, stage and time apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ingest.project_tables.heading_words import Meaning, Month, closest, exact, meaning
from core.ingest.project_tables.numbering import is_numbering
from core.model.fields import FIELDS


def means(path: str) -> str:
    found = meaning(path.split("|"))
    return "" if found is None else found.field + ("?" if found.asked else "")


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("县(市、区)", "place"), ("县 （市、区）", "place"), ("城市", "place"), ("所属区县", "place"),
        ("乡镇(街道)", "place"),
        ("街道|名称", "place"), ("小区情况|名称", "community"), ("楼 栋 数（栋）", "buildings"),
        ("涉及居民户数(万户)", "households"),
        ("改造\n户数", "households"), ("建筑总面积（万㎡）", "area"), ("新开工小区数", "started"),
        ("竣工小区数量", "finished"),
        ("完成改造户数", "homes_finished"), ("总投资", "estimate"), ("项目总投资金额(亿元)", "estimate"),
        ("累计投资金额(亿元)", "invested"), ("累计完成投资", "invested"), ("实际使用资金", "paid"),
        ("已使用资金", "paid"),
        ("累计付款金额", "paid"), ("资金下达", "arrived"), ("到位资金", "arrived"),
        ("截至2024年底累计完成投资", "invested"),
        # 拨付 may be what arrived, too; a plan for investment is no approval
        ("已拨付", "paid?"), ("拨付资金|小计", "paid?"), ("计划投资", "estimate?"), ("本年累计支付", "paid?"),
        # the group and the column's own heading say it together
        ("新开工改造小区数(个)|计划任务数", "communities"), ("新开工改造小区数(个)|开工数", "started"),
        ("涉及居民户数(万户)|计划任务数", "households"), ("涉及居民户数(万户)|开工数", ""), ("户数|计划", "households"),
        ("户数(计划)", "households"), ("本年度改造计划|小区数", "communities"), ("本年度改造计划|完成投资", ""),
        ("上期末累计|完成投资", ""), ("本期|完成投资", ""), ("本期末累计|完成投资", "invested"), ("支付情况|本月", ""),
        ("支付情况|累计", "paid"), ("累计支付|中央财政补助", ""), ("累计支付|小计", "paid"),
        ("资金情况|已投资额", "invested"),
        ("2024年|改造情况|计划|户数", "households"), ("开工情况|小区数", "started"), ("概算|调整后", "estimate"),
        # words that make it another figure
        ("未开工小区数", ""), ("未支付金额", ""), ("应付金额", ""), ("支付率", ""), ("完成年度百分比(%)", ""),
        ("户均投资", ""),
        ("重点项目个数", ""), ("开工项目数", ""), ("年度计划投资金额", ""), ("本期新增投资", ""),
        ("2023年完成投资", ""),
        ("累计支付(本月)", ""), ("2023年概算", ""), ("加装电梯小区数|计划", ""), ("人数", ""), ("备注", ""),
        ("城区名录", ""),
    ],
)  # fmt: skip
def test_the_meaning_of_a_heading(path: str, field: str) -> None:
    assert means(path) == field


@pytest.mark.parametrize(
    ("path", "month"),
    [
        ("累计支付（万元）|2024-12-01", Month(2024, 12)), ("12月累计支付", Month(0, 12)),
        ("2024年3月|累计支付", Month(2024, 3)),
        ("截至11月底累计支付", Month(0, 11)), ("累计支付|2024.6", Month(2024, 6)), ("累计支付", None),
    ],
)  # fmt: skip
def test_the_month_of_a_heading(path: str, month: Month | None) -> None:
    found = meaning(path.split("|"))
    assert found is not None
    assert (found.field, found.month) == ("paid", month)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("累计完成投资", "完成投资"), ("计划|小区数", "实际|小区数"), ("本年度改造计划|户数", "本期末累计|户数"),
        ("调整后|概算", "年初|概算"),
        ("户数", "加装电梯|户数"), ("县(市、区)", "城市"), ("街道", "区县"),
    ],
)  # fmt: skip
def test_the_column_that_fits_better(better: str, worse: str) -> None:
    first, second = meaning(better.split("|")), meaning(worse.split("|"))
    assert first is not None
    assert second is not None
    assert first.field == second.field
    assert first.fit > second.fit


@given(st.sampled_from([(field.id, spelling) for field in FIELDS.values() for spelling in field.spellings]),
       st.sampled_from(["{}", "{} ", "{}（万元）", "{}(户)", "{}："]), st.booleans())  # fmt: skip
def test_every_spelling_is_its_field(field: tuple[str, str], form: str, spaced: bool) -> None:
    name, spelling = field
    text = form.format(" ".join(spelling) if spaced else spelling)
    assert exact(text) == name
    found = meaning([text])
    assert found is not None
    assert found.field == name


@given(st.lists(st.text(max_size=70), max_size=3))
def test_any_text_has_a_meaning_or_none(path: list[str]) -> None:
    found = meaning(path)
    assert found is None or (isinstance(found, Meaning) and found.field in FIELDS)


def test_the_closest_fields_are_named() -> None:
    assert closest("已拨付金额")[0] in ("paid", "arrived")
    assert closest("本期新增投资")[0] == "invested"
    assert "place" in closest("街镇简称")
    assert closest("小计") == closest("附件") == ()


@pytest.mark.parametrize(
    ("row", "numbers"),
    [
        (["甲", "1栏", "2栏", "3栏"], True), (["甲", "乙", "1", "2", "3=1+2"], True), (["栏次", "1", "2"], True),
        (["1", "2", "3", "4"], True), (["(1)", "(2)", "(3)"], True),
        (["甲镇", "1", "2", "3"], False), (["甲", "5", "9"], False), (["1", "甲镇", "2", "3"], False),
        (["2", "3", "4"], False),
    ],
)  # fmt: skip
def test_a_row_that_numbers_the_columns(row: list[str], numbers: bool) -> None:
    assert is_numbering(dict(enumerate(row, start=1))) == numbers
