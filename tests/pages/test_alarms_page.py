"""预警: the chip on 总览 and the list that it leads to, in both languages, and when there is none."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.service.evidence import alarms
from tests.pages.opening import chosen_row, opened, rows

pytestmark = pytest.mark.usefixtures("store_path")


def links(at: AppTest) -> list[str]:
    return [element.proto.label for element in at.get("page_link")]


def test_overview_leads_to_the_list() -> None:
    overview = opened("progress/overview")
    assert "预警" in links(overview)
    assert "**预警5条**" in [each.value for each in overview.markdown]
    at = opened("evidence/alarms")
    assert not at.exception
    first = rows(at)[0]
    assert [first[part] for part in ("state", "title", "mark", "whole")] == [
        "首期", "累计支付占概算为53.33%，低于80%", "按填报数", "累计支付占概算为53.33%，低于80%（工期已过61.38%）",
    ]  # fmt: skip
    assert [row["mark"] for row in rows(at)[1:]] == ["测算值·非批复数"] * 4
    (shown,) = at.table
    assert shown.value.iloc[0].tolist() == ["累计支付占概算", "概算", "53\\.33%"]
    captions = " ".join(caption.value.replace("\\", "") for caption in at.caption)
    assert "只有一期数据" in captions
    assert "来源：绩效监控常用预警线" in captions


def test_each_leads_to_the_page_of_its_figure() -> None:
    assert "到“资金使用”页看" in links(opened("evidence/alarms"))
    of_place = opened("evidence/alarms", row="rate_high.place.璜土镇")
    assert chosen_row(of_place) == "rate_high.place.璜土镇"
    shown = opened("evidence/alarms", row="rate_low.place.利港街道").table[0].value
    assert shown.iloc[:, 1].tolist() == ["户数", "面积", "栋数", "小区数"], "rates of one name are told apart"
    (link,) = of_place.get("page_link")
    assert "place=%E7%92%9C%E5%9C%9F%E9%95%87" in link.proto.query_string


def test_in_english() -> None:
    at = opened("evidence/alarms", lang="en")
    assert not at.exception
    assert rows(at)[1]["state"] == "First snapshot"


def test_nothing_crosses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alarms, "since", lambda *_: ())
    monkeypatch.setattr(alarms, "alarms_of", lambda *_: ())
    assert not [label for label in links(opened("progress/overview")) if "预警" in label]
    at = opened("evidence/alarms")
    assert [info.value for info in at.info] == ["没有越过预警线的数。"]
