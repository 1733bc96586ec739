"""What stands in the address of a view, what a person goes back to, and the bar from which it is shared and shown."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from streamlit.testing.v1 import AppTest

from core.model.context import Actor
from pages.shared.bar import share, wall
from pages.shared.who import ASK
from tests.pages.opening import HOME, opened

WANG = Actor("browser-wang", "王工")


def place(at: AppTest) -> str:
    return str(at.selectbox(key="choose_place").value)


def named(at: AppTest, key: str) -> str | None:
    """What the address says under that key."""
    value = at.query_params.get(key)
    return value[0] if isinstance(value, list) else value


def went_to(at: AppTest, **query: str) -> AppTest:
    """The page after the browser has brought it this address."""
    at.query_params.clear()
    for key, value in query.items():
        at.query_params[key] = value
    return at.run()


@pytest.mark.usefixtures("store_path")
def test_what_a_whole_address_leaves_out_is_the_default_and_what_a_page_switch_cleared_is_kept() -> None:
    at = opened(HOME, place="璜土镇")
    assert place(at) == "璜土镇"
    assert place(went_to(at)) == "璜土镇", "a page switch clears the address, and the view stays"
    assert named(at, "place") == "璜土镇"
    assert place(went_to(at, project="lingang-2023")) == "all", "a person has gone back to the view without a place"
    assert "place" not in at.query_params


@pytest.mark.usefixtures("store_path")
def test_the_part_of_a_page_stands_in_the_address_and_is_open_when_one_comes_back() -> None:
    at = opened("scoring/panel", WANG)
    parts = at.segmented_control(key="panel_part")
    assert (parts.value, named(at, "part")) == ("sheets", None)
    parts.set_value("analysis").run()
    assert named(at, "part") == "analysis"
    at.query_params.clear()
    at.switch_page("pages/evidence/checks.py").run()
    assert "part" not in at.query_params
    at.query_params.clear()
    at.switch_page("pages/scoring/panel.py").run()
    assert at.segmented_control(key="panel_part").value == "analysis"
    at.segmented_control(key="panel_part").set_value("sheets").run()
    assert named(at, "part") == "sheets", "what another window would not open by itself is named"


@pytest.mark.usefixtures("store_path")
def test_a_part_that_the_page_does_not_have_is_said() -> None:
    at = opened("scoring/panel", WANG, "results")
    assert at.segmented_control(key="panel_part").value == "sheets"
    assert [each.value.replace("\\", "") for each in at.warning] == [
        "网址中的“part=results”无法识别，已按默认显示。可用的值：sheets items flags comments survey dossier analysis"
    ]


@pytest.mark.usefixtures("store_path")
def test_a_wall_is_a_page_without_the_bar_and_leads_back() -> None:
    at = opened(HOME, wall="overview.budget", seconds="30")
    assert [each.key for each in at.button if each.key == "wall_leave"] == ["wall_leave"]
    assert not any(each.key == "choose_lang" for each in at.segmented_control)
    at.button(key="wall_leave").click().run()
    assert any(each.key == "choose_lang" for each in at.segmented_control)
    assert not {"wall", "seconds"} & set(at.query_params)


@pytest.mark.parametrize(
    ("page", "turns", "expected"),
    [
        ("overview", ("overview", "budget"), "budget"),
        ("budget", ("overview", "budget"), "overview"),
        ("checks", ("overview", "budget"), "overview"),
        ("overview", ("overview",), None),
        ("checks", ("overview",), "overview"),
        ("overview", (), None),
    ],
)
def test_pages_follow_by_turns(page: str, turns: Sequence[str], expected: str | None) -> None:
    assert wall.next_page(page, turns) == expected


@pytest.mark.usefixtures("store_path")
def test_the_address_of_a_saved_view_has_no_host_and_no_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"project": "lingang-2023", "place": "璜土镇", "wall": "overview", "code": "ABCD"}
    monkeypatch.setattr(share.st, "query_params", asked)
    monkeypatch.setattr(share.state, "in_full", lambda: {"part": "items"})
    assert share.address("panel") == "panel?project=lingang-2023&place=%E7%92%9C%E5%9C%9F%E9%95%87&part=items"
    assert share.address("overview").startswith("?project=")


@pytest.mark.parametrize(
    ("page", "label"),
    [("evidence/checks", "答复"), ("evidence/checks", "转整改"), ("evidence/findings", "登记问题或建议"),
     ("evidence/findings", "从报告提取"), ("scoring/panel", "开始我的评分表")],
)  # fmt: skip
@pytest.mark.usefixtures("store_path")
def test_buttons_stand_where_they_belong_before_anybody_has_given_a_name(page: str, label: str) -> None:
    at = opened(page)
    assert [each.key.startswith(ASK) for each in at.button if each.label == label] == [True]
    assert not any(each.key.startswith(ASK) for each in opened(page, WANG).button)
