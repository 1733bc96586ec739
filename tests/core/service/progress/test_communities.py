"""小区明细 from a real store: the streets, their communities, and the row that each was read from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.model.context import Actor, Context, Version
from core.service.base import batches, open_store
from core.service.progress import communities
from core.service.progress.communities import CommunitiesAsked
from core.store import read, snapshots
from tests.core.detail import BATCH, DETAIL, FILE, june

LINGANG = "lingang-2023"
WANG = Context(Actor("browser-of-wang", "王工"))


@pytest.fixture(autouse=True)
def detail(store_path: Path) -> Iterator[None]:
    store = open_store.store()
    facts = june(read.facts(store, LINGANG))
    snapshots.add(store, facts, WANG.actor, communities=DETAIL, file=FILE)
    yield
    open_store.close()


def names(asked: CommunitiesAsked) -> list[str]:
    return [line.name for line in communities.communities(WANG, LINGANG, asked).lines]


def test_streets_with_their_sums_and_whether_they_agree() -> None:
    view = communities.communities(WANG, LINGANG, CommunitiesAsked())
    assert str(view.headline) == "全项目7个小区，明细合计与街镇的数不一致：利港街道"
    cells = {line.place: line.cells for line in view.sums}
    assert cells["璜土镇"] == ("璜土镇", "5", "128", "4,520", "39.00", "2,164.00", "2,164.00", "一致")
    assert cells["利港街道"] == (
        "利港街道", "明细2 / 街镇5", "205", "6,848", "—", *["明细1,300.00 / 街镇1,309.00"] * 2, "不一致",
    )  # fmt: skip
    assert cells["夏港街道"] == ("夏港街道", *["—"] * 7)
    assert cells[None] == ("全项目", *["—"] * 7)


def test_amounts_stand_in_the_unit_that_was_chosen() -> None:
    view = communities.communities(replace(WANG, unit="yuan"), LINGANG, CommunitiesAsked("利港街道"))
    assert view.sum_headings[-2:] == ("已投资（元）", "累计支付（元）")
    assert view.sums[1].cells == ("街镇的数", "5", "205", "6,848", "102.29", "13,090,000", "13,090,000")
    assert view.lines[1].cells[5:7] == ("7,000,000", "7,000,000")
    assert {"已投资（元）", "累计支付（元）"} <= set(view.headings)
    whole = communities.communities(replace(WANG, unit="yi"), LINGANG, CommunitiesAsked())
    assert {line.place: line.cells for line in whole.sums}["利港街道"][-2] == "明细0.1300 / 街镇0.1309"
    row = communities.source_row(replace(WANG, unit="yi"), LINGANG, "利港街道", "利港街道第2村")
    assert row is not None
    assert dict(row.figures)["累计支付（亿元）"] == "0.0700"


def test_one_street_beside_its_own_figures() -> None:
    view = communities.communities(WANG, LINGANG, CommunitiesAsked("利港街道"))
    assert str(view.headline) == "利港街道2个小区，明细合计与街镇的数不一致"
    assert [line.cells for line in view.sums] == [
        ("明细合计", "2", "205", "6,848", "—", "1,300.00", "1,300.00"),
        ("街镇的数", "5", "205", "6,848", "102.29", "1,309.00", "1,309.00"),
        ("核对", "不一致", "一致", "一致", "—", "不一致", "不一致"),
    ]
    assert [line.cells for line in view.lines][1] == (
        "利港街道第2村", "利港街道", "105", "3,848", "—", "700.00", "700.00", "30.00%", "台账 第8行",
    )  # fmt: skip
    agreed = communities.communities(WANG, LINGANG, CommunitiesAsked("璜土镇"))
    assert str(agreed.headline) == "璜土镇5个小区，明细合计与街镇的数一致"
    nothing = communities.communities(WANG, LINGANG, CommunitiesAsked("申港街道"))
    assert (str(nothing.headline), nothing.lines) == ("申港街道0个小区；没有可与街镇的数比较的合计", ())


def test_finding_ordering_and_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    assert names(CommunitiesAsked(text=" 第2村 ")) == ["璜土镇第2村", "利港街道第2村"]
    assert str(communities.communities(WANG, LINGANG, CommunitiesAsked(text="2村")).headline) == "名称含“2村”的小区2个"
    assert names(CommunitiesAsked("璜土镇", sort="paid")) == [f"璜土镇第{n}村" for n in (5, 4, 3, 1, 2)]
    # What is not reported comes last either way.
    assert names(CommunitiesAsked("璜土镇", sort="physical"))[-1] == "璜土镇第5村"
    assert names(CommunitiesAsked("璜土镇", sort="physical", descending=True)) == [
        f"璜土镇第{n}村" for n in range(1, 6)
    ]
    assert names(CommunitiesAsked("璜土镇", sort="name", descending=True))[0] == "璜土镇第5村"
    monkeypatch.setattr(communities, "PAGE", 3)
    assert names(CommunitiesAsked(page=2)) == ["璜土镇第4村", "璜土镇第5村", "利港街道第1村"]
    last = communities.communities(WANG, LINGANG, CommunitiesAsked(page=99))
    assert ([line.name for line in last.lines], last.page, last.pages, last.found) == (["利港街道第2村"], 3, 3, 7)


def test_a_name_is_looked_for_as_it_stands() -> None:
    assert names(CommunitiesAsked(text="%")) == []
    assert names(CommunitiesAsked(text="_")) == []


def test_the_row_that_a_community_was_read_from() -> None:
    row = communities.source_row(WANG, LINGANG, "利港街道", "利港街道第2村")
    assert row is not None
    assert row.cells == (
        ("A8", "街镇", "利港街道"),
        ("B8", "小区", "利港街道第2村"),
        ("C8", "栋数", "105"),
        ("D8", "户数", "3848"),
        ("G8", "累计支付（万元）", "700"),
    )
    stands = dict(row.stands)
    assert (stands["文件"], stands["工作表和行"], stands["批次"]) == ("小区台账.xlsx", "台账 第8行", BATCH)
    assert stands["数据截至"] == "2025年6月30日"
    assert stands["导入"].startswith("王工，")
    assert dict(row.figures)["面积（万㎡）"] == "—"
    assert communities.source_row(WANG, LINGANG, "璜土镇", "利港街道第2村") is None


def test_a_correction_of_the_street_leaves_the_row_with_the_file_that_brought_it() -> None:
    batches.correct(WANG, LINGANG, "璜土镇", "paid", "2000", "录入错误")
    row = communities.source_row(WANG, LINGANG, "璜土镇", "璜土镇第1村")
    assert row is not None
    assert (dict(row.stands)["文件"], dict(row.stands)["批次"]) == ("小区台账.xlsx", BATCH)
    # and its sum no longer is the street's own figure
    (paid,) = {line.cells[6] for line in communities.communities(WANG, LINGANG, CommunitiesAsked("璜土镇")).sums[2:]}
    assert paid == "不一致"


def test_a_document_has_no_columns_by_letter() -> None:
    store = open_store.store()
    facts = replace(read.facts(store, LINGANG), batch="docx")
    told = replace(DETAIL[0], source="报告 一（一）6 小区明细 第1行", raw='{"小区": "璜土镇第1村"}')
    snapshots.add(store, facts, WANG.actor, communities=[told])
    row = communities.source_row(WANG, LINGANG, "璜土镇", "璜土镇第1村")
    assert row is not None
    assert row.cells == (("—", "小区", "璜土镇第1村"),)
    assert "文件" not in dict(row.stands)


def test_a_project_without_detail_says_so() -> None:
    assert communities.has_detail(WANG, LINGANG)
    before = replace(WANG, version=Version(batch=next(s.batch for s in batches.snapshots(WANG, LINGANG)[1:])))
    assert not communities.has_detail(before, LINGANG)


def test_a_ledger_shows_what_it_tells_as_it_tells_it() -> None:
    store = open_store.store()
    facts = replace(june(read.facts(store, LINGANG)), batch="ledger")
    first, second, *others = DETAIL
    rows = (
        replace(
            first, built="80年代", renewal="提升类", physical=None,
            begun_on=date(2022, 4, 30), done_on=date(2022, 12, 20), own_estimate=Decimal("120.5"),
            said='{"area": "约90000", "physical": "收尾阶段", "begun_on": "2022.4"}',
        ),
        replace(second, physical=Decimal("0.6"), said='{"physical": "约60%", "begun_on": "未开工"}'),
        *others,
    )  # fmt: skip
    snapshots.add(store, facts, WANG.actor, communities=rows)
    view = communities.communities(WANG, LINGANG, CommunitiesAsked("璜土镇"))
    assert view.headings[7:] == ("形象进度", "小区概算（万元）", "建成年代", "改造类型", "开工日期", "完工日期", "来源")
    assert view.lines[0].cells[4] == "约9.00"
    assert view.lines[0].cells[7:-1] == ("收尾阶段", "120.50", "80年代", "提升类", "2022.4", "2022-12-20")
    assert view.lines[1].cells[7:-1] == ("约60.00%", "—", "—", "—", "未开工", "—")
    found = communities.source_row(WANG, LINGANG, "璜土镇", first.name)
    assert found is not None
    assert dict(found.figures)["开工日期"] == "2022.4"
    english = communities.communities(replace(WANG, language="en"), LINGANG, CommunitiesAsked("璜土镇"))
    assert english.lines[0].cells[4] == "about 9.00"
