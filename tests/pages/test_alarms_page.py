"""预警: the chip on 总览 and the list that it leads to, in both languages, and when there is none."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.service.evidence import alarms
from tests.pages.opening import opened

pytestmark = pytest.mark.usefixtures("store_path")


def links(at: AppTest) -> list[str]:
    return [element.proto.label for element in at.get("page_link")]


def test_overview_leads_to_the_list() -> None:
    overview = opened("progress/overview")
    assert "预警" in links(overview)
    assert "**预警5条**" in [each.value for each in overview.markdown]
    at = opened("evidence/alarms")
    assert not at.exception
    (shown,) = at.table
    assert shown.value.columns.tolist() == ["状态", "预警", "依据"]
    assert shown.value.iloc[0].tolist() == [
        "首期", "累计支付占概算为53\\.33%，低于80%\\（工期已过61\\.38%\\）", "按填报数",
    ]  # fmt: skip
    captions = " ".join(caption.value.replace("\\", "") for caption in at.caption)
    assert "只有一期数据" in captions
    assert "来源：绩效监控常用预警线" in captions


def test_in_english() -> None:
    at = opened("evidence/alarms", lang="en")
    assert not at.exception
    assert at.table[0].value.iloc[1].tolist()[0] == "First snapshot"


def test_nothing_crosses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alarms, "since", lambda *_: ())
    monkeypatch.setattr(alarms, "alarms_of", lambda *_: ())
    assert not [label for label in links(opened("progress/overview")) if "预警" in label]
    at = opened("evidence/alarms")
    assert [info.value for info in at.info] == ["没有越过预警线的数。"]
