"""Headings of money by source: the source by its whole name, and what was done with the money. By hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ingest.project_tables.source_words import find

PLAN, GRANTED, INVESTED, PAID = "资金安排", "拨付资金", "已投资", "累计支付"


def read(*headings: str, title: str = "") -> dict[str, tuple[str, str, str]]:
    """Heading (groups parted by |) -> flow, source, doubt."""
    paths = {column: tuple(text.split("|")) for column, text in enumerate(headings, start=1)}
    return {
        "|".join(paths[column]): (each.flow, each.source, each.doubt) for column, each in find(paths, title).items()
    }


def test_sources_under_groups_as_a_district_publishes_them() -> None:
    sources = ("中央财政补助", "省财政补助", "社会筹集")
    found = read(
        "序号", "街镇", "计划总投资", f"{PLAN}|小计", *(f"{PLAN}|{each}" for each in sources), f"{GRANTED}|小计",
        f"{GRANTED}|中央财政补助", f"{GRANTED}|社会筹集",
    )  # fmt: skip
    assert found == {
        f"{PLAN}|小计": ("planned", "", ""),
        **{f"{PLAN}|{each}": ("planned", each, "") for each in sources},
        f"{GRANTED}|中央财政补助": ("paid", "中央财政补助", "granted"),
        f"{GRANTED}|社会筹集": ("paid", "社会筹集", "granted"),
    }


def test_a_column_under_a_group_is_of_that_group_only() -> None:
    found = read("街镇", f"{INVESTED}|小计", f"{INVESTED}|中央财政补助", f"{PAID}|小计", f"{PAID}|中央财政补助")
    assert found == {f"{PAID}|中央财政补助": ("paid", "中央财政补助", "")}


def test_plain_names_are_plans_and_that_is_a_doubt() -> None:
    names = ("中央补助", "省补助", "市县财政", "专项债", "一般债", "社会资本", "居民自筹", "管线单位")
    found = read("街镇", "概算", "已投资", "累计支付", *names)
    assert {name: found[name][:2] for name in names} == {
        "中央补助": ("planned", "中央补助"), "省补助": ("planned", "省补助"), "市县财政": ("planned", "市县财政"),
        "专项债": ("planned", "bond"), "一般债": ("planned", "一般债"), "社会资本": ("planned", "社会资本"),
        "居民自筹": ("planned", "居民自筹"), "管线单位": ("planned", "管线单位"),
    }  # fmt: skip
    assert {doubt for _, _, doubt in found.values()} == {"plain"}


def test_the_title_says_what_plain_names_are() -> None:
    assert read("街镇", "中央补助", "省补助", title="各街镇资金到位情况表")["省补助"] == ("arrived", "省补助", "plain")
    assert read("街镇", "中央补助", title="资金计划和到位情况")["中央补助"] == ("planned", "中央补助", "plain")


@pytest.mark.parametrize(
    ("heading", "wanted"),
    [
        ("中央补助资金到位（万元）", ("arrived", "中央补助资金", "")),
        ("已支付中央补助资金", ("paid", "中央补助资金", "")),
        ("中央补助|计划", ("planned", "中央补助", "")),
        ("专项债券|到位", ("arrived", "bond", "")),
        ("财政预算资金已支付", ("paid", "budget", "")),
        ("资金下达", ("arrived", "", "")),
        ("资金来源(万元)|合计", ("planned", "", "")),
        ("中央预算内投资|下达", ("arrived", "中央预算内投资", "")),
        ("总投资|省补助", ("planned", "省补助", "")),
        ("其中：居民自筹", ("planned", "居民自筹", "plain")),
    ],
)
def test_one_heading(heading: str, wanted: tuple[str, str, str]) -> None:
    assert read("街镇", heading) == {heading: wanted}


@pytest.mark.parametrize(
    "heading",
    [
        "中央补助户数", "居民自筹比例", "财政评审金额", "未支付中央补助", "本月中央补助支付", "资金结转", "资金使用率",
        "资金来源", "开工小区|计划", "完成投资|中央补助", "累计支付", "实际使用资金", "计划总投资", "上年结转中央补助",
        "中央资金下达文号",
    ],
)  # fmt: skip
def test_what_is_no_money_of_a_source(heading: str) -> None:
    assert read("街镇", heading) == {}


def test_parts_are_of_the_column_before_them() -> None:
    found = read("街镇", "到位资金", "其中:中央补助", "省补助", "户数")
    assert found == {
        "到位资金": ("arrived", "", ""), "其中:中央补助": ("arrived", "中央补助", ""),
        "省补助": ("arrived", "省补助", ""),
    }  # fmt: skip


def test_an_unknown_name_among_sources_is_a_source_of_its_own_and_no_remark_is() -> None:
    found = read("街镇", "资金安排|中央补助", "资金安排|爱心基金会", "资金安排|备注", "资金安排|中央补助占比")
    assert found == {
        "资金安排|中央补助": ("planned", "中央补助", ""), "资金安排|爱心基金会": ("planned", "爱心基金会", ""),
    }  # fmt: skip


def test_a_source_with_and_without_the_word_for_money_is_one() -> None:
    found = read("街镇", "中央补助资金计划", "中央补助到位")
    assert {source for _, source, _ in found.values()} == {"中央补助资金"}


@given(st.lists(st.text(max_size=12), min_size=1, max_size=8), st.text(max_size=12))
def test_any_texts_can_be_headings(headings: list[str], title: str) -> None:
    found = find({column: (text,) for column, text in enumerate(headings, start=1)}, title)
    assert {each.flow for each in found.values()} <= {"planned", "arrived", "paid"}
