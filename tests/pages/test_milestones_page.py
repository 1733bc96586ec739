"""Milestones under their chart: entered, said more of, and refused in a sentence without losing what was typed."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from core.model.context import Actor, Context
from core.service.progress import milestones
from pages.shared.who import ASK
from tests.pages.opening import key, opened

WANG = Actor("browser-of-wang", "王工")
PROJECT = "lingang-2023"
BUDGET = "progress/budget"

pytestmark = pytest.mark.usefixtures("store_path")


def save(at: AppTest) -> AppTest:
    (button,) = (each for each in at.button if each.label == "保存里程碑")
    return button.click().run()


def known() -> list[tuple[str, str, date | None, date | None]]:
    found = milestones.milestones(Context(WANG), PROJECT)
    return [(each.name, each.owner, each.planned, each.actual) for each in found]


def test_the_first_one_is_entered_where_its_chart_will_stand() -> None:
    at = opened(BUDGET, WANG)
    assert not at.get("plotly_chart") or "milestones" not in {each.key for each in at.get("plotly_chart")}
    for name, value in (("name", "开工"), ("owner", "临港城建"), ("planned", "2023-05-01")):
        at.text_input(key=key(f"new_milestone_{name}")).set_value(value)
    at = save(at)
    assert not at.exception
    assert not at.error
    assert known() == [("开工", "临港城建", date(2023, 5, 1), None)]


def test_what_is_chosen_opens_with_what_is_known_and_takes_what_is_typed() -> None:
    milestones.add(Context(WANG), PROJECT, "开工", None, "", date(2023, 5, 1), None)
    milestones.add(Context(WANG), PROJECT, "竣工", None, "甲公司", date(2025, 12, 31), None)
    at = opened(BUDGET, WANG)
    done = milestones.milestones(Context(WANG), PROJECT)[1].key
    at.selectbox(key=key("milestone")).set_value(done).run()
    said = (done, "甲公司", "2025-12-31", "None")
    owner, planned, reason = (key(f"milestone_{name}", *said) for name in ("owner", "planned", "reason"))
    assert at.text_input(key=owner).value == "甲公司"
    assert at.text_input(key=planned).value == "2025-12-31"
    at.text_input(key=planned).set_value("2026-03-31")
    at = save(at)
    assert "计划日期已有内容" in at.error[0].value
    assert at.text_input(key=planned).value == "2026-03-31"
    at.text_input(key=reason).set_value("延期批复")
    at = save(at)
    assert not at.error
    assert known()[1] == ("竣工", "甲公司", date(2026, 3, 31), None)


def test_without_a_name_the_button_stands_and_asks_for_it() -> None:
    asking = [each.label for each in opened(BUDGET).button if (each.key or "").startswith(ASK)]
    assert "登记里程碑" in asking
