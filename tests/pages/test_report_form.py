"""The form of a reporting period on its page: what its grid is given, what it sends is saved once, steps of a row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from core.errors import NameNeeded
from core.ingest.project_tables.reported import as_typed, read_cell
from core.model.context import Actor
from core.model.reporting import Report
from core.service.manage.reporting import periods, review
from pages.manage.reporting_parts import form
from pages.shared import session, state
from tests.core.lingang import PLACES
from tests.core.service.manage.reporting.people import PERIOD, PROJECT, ZHOU, edit, fill, open_march, save
from tests.pages.opening import opened

HUANGTU, XIAGANG, SHENGANG, LIGANG = PLACES
WANG, LI = Actor("browser-wang", "王工"), Actor("browser-li00", "李工")
FILLED = {"paid": "3000", "physical": "60%"}
pytestmark = pytest.mark.usefixtures("store_path")


@pytest.fixture
def tab(monkeypatch: pytest.MonkeyPatch, store_path: object) -> dict[str, Any]:
    """What one browser tab has: nothing yet but who sits there, in a period that has just been opened."""
    mine: dict[str, Any] = {"actor": WANG}
    for module in (form, session, state):
        monkeypatch.setattr(module, "st", SimpleNamespace(session_state=mine))
    open_march("paid", "physical")
    return mine


def report() -> Report:
    return periods.report(ZHOU, PROJECT, PERIOD)


def typed(place: str = HUANGTU, field: str = "paid", raw: str = "2500", base: int | str = 0, by: Actor = WANG) -> Any:
    return edit(field, place, raw, base) | {"by": by.id}


def answers_to(*edits: Any) -> dict[str, dict[str, Any]]:
    form.apply(PROJECT, PERIOD, {"outbox": list(edits)})
    return form.as_data(form._answers(PROJECT, PERIOD))


def asked(kind: str = "submit", place: str = HUANGTU, by: Actor = WANG) -> dict[str, Any]:
    return {"id": str(uuid4()), "place": place, "kind": kind, "by": by.id, "beat": 1}


def told(tab: Mapping[str, Any], act: object, *edits: Any) -> list[str]:
    """What a row says after a step was asked for."""
    form.take_step(PROJECT, PERIOD, {"act": act, "outbox": list(edits)})
    found: list[str] = tab[form._key("told", PROJECT, PERIOD)]["sentences"]
    return found


def grid(at: AppTest) -> dict[str, Any]:
    """What the form's grid is given."""
    (found,) = [each.proto for each in at.get("bidi_component") if each.proto.component_name == "report_grid"]
    data: dict[str, Any] = json.loads(found.json)
    return data | json.loads(data["drawn"])


def test_the_page_shows_a_row_a_place_with_the_last_figures_and_what_was_typed() -> None:
    """FACTS 2: 累计支付 of 璜土镇 is 2,164."""
    open_march("paid", "physical")
    save(ZHOU, edit("paid", HUANGTU, "2000"))
    shown = grid(opened("manage/reporting", WANG))
    assert [(each["id"], each["unit"], each["kind"]) for each in shown["columns"]] == [
        ("paid", "万元", "money"), ("physical", "%", "share"),
    ]  # fmt: skip
    first = shown["rows"][0]
    assert [row["place"] for row in shown["rows"]] == [*PLACES]
    assert (first["last"], first["fill"]) == (["2,164.00", "—"], ["2,164.00", "—"])
    stored, doubts = first["cells"][0]
    assert (stored[0], stored[2], stored[4]) == ("2000", 1, "周会计")
    assert doubts == ["低于上一期的2,164.00。累计数不会减少，请核对是不是本期数。"]
    assert first["cells"][1] is None
    head = shown["places"][0]
    assert (head["label"], head["writable"], shown["actor"]["name"]) == ("填报中", True, "王工")


def test_who_reports_for_no_place_reads_so(monkeypatch: pytest.MonkeyPatch) -> None:
    open_march("paid")
    monkeypatch.setattr(form.form, "own_places", lambda *_: ())
    at = opened("manage/reporting", WANG)
    assert "没有由您填报的街镇" in "".join(each.value for each in (*at.markdown, *at.info, *at.caption))


@pytest.mark.usefixtures("tab")
def test_a_figure_is_saved_once_and_answered_until_the_browser_lets_go() -> None:
    one = typed()
    first = answers_to(one)
    assert (first[one["edit_id"]]["state"], first[one["edit_id"]]["revision"]) == ("saved", 1)
    assert answers_to(one) == first
    assert answers_to() == {}
    assert report().said((HUANGTU, ""), "paid") == "2500"


def test_what_another_typed_meanwhile_is_a_conflict_and_what_is_no_figure_a_sentence(tab: dict[str, Any]) -> None:
    tab["actor"] = LI
    answers_to(typed(raw="2400", by=LI))
    tab.clear()
    tab["actor"] = WANG
    late, wrong = typed(), typed(raw="多", field="physical")
    found = answers_to(late, wrong)
    theirs = found[late["edit_id"]]["theirs"]
    assert (theirs["raw"], theirs["by"], theirs["revision"]) == ("2400", "李工", 1)
    assert found[wrong["edit_id"]]["state"] == "refused"
    assert "形象进度" in found[wrong["edit_id"]]["message"]


def test_what_somebody_else_made_waits_for_them(tab: dict[str, Any]) -> None:
    theirs = typed(by=LI)
    assert answers_to(theirs)[theirs["edit_id"]]["state"] == "another"
    assert "不是王工填写的" in told(tab, asked(by=LI))[0]
    assert (report().figures, report().steps) == ({}, ())


@pytest.mark.usefixtures("tab")
def test_without_a_name_nothing_is_written(tab: dict[str, Any]) -> None:
    del tab["actor"]
    with pytest.raises(NameNeeded):
        answers_to(typed())
    assert report().figures == {}


def test_a_row_is_submitted_once_and_taken_back(tab: dict[str, Any]) -> None:
    assert told(tab, asked()) == ["还有2项未填：累计支付、形象进度。没有变化的请填上期数。"]
    fill(HUANGTU, FILLED, ZHOU)
    act = asked()
    assert told(tab, act) == []
    assert report().state(HUANGTU) == "submitted"
    assert told(tab, act) == []  # it is asked for until the browser has heard: once is enough
    assert [step.kind for step in report().steps] == ["submitted"]
    assert "不用再提交" in told(tab, asked())[0]
    assert told(tab, asked("recall")) == []
    assert report().state(HUANGTU) == "filling"


def test_a_row_whose_last_change_was_not_saved_is_not_submitted(tab: dict[str, Any]) -> None:
    fill(HUANGTU, FILLED, ZHOU)
    late = typed(raw="2600")  # made from an empty cell
    assert answers_to(late)[late["edit_id"]]["state"] == "conflict"
    assert told(tab, asked(), late) == ["没有提交：有修改没有保存，请先处理。"]
    assert report().state(HUANGTU) == "filling"


@pytest.mark.parametrize("act", [None, "submit", {"kind": "release", "place": HUANGTU}, {"place": HUANGTU}, [1]])
def test_a_garbled_step_is_none(tab: dict[str, Any], act: object) -> None:
    fill(HUANGTU, FILLED, ZHOU)
    form.take_step(PROJECT, PERIOD, {"act": act})
    assert form._key("told", PROJECT, PERIOD) not in tab
    assert report().steps == ()


def test_a_returned_row_says_why_and_a_submitted_one_is_not_written_on() -> None:
    open_march("paid", "physical")
    for place in (HUANGTU, XIAGANG):
        fill(place, FILLED, ZHOU)
        review.submit(ZHOU, PROJECT, PERIOD, place)
    review.give_back(ZHOU, PROJECT, PERIOD, HUANGTU, "请附支付凭证")
    rows = grid(opened("manage/reporting", WANG))["places"]
    assert [(row["state"], row["returned"], row["writable"]) for row in rows[:2]] == [
        ("returned", "请附支付凭证", True), ("submitted", "", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("paid", "2,164.00"),
        ("paid", "0.123456"),
        ("physical", "65.4321%"),
        ("physical", "60%"),
        ("households", "26,310"),
    ],
)
def test_a_figure_as_it_is_typed_is_read_as_it_was(name: str, text: str) -> None:
    assert as_typed(read_cell(name, text), name) == text
    assert (as_typed(None, "paid"), as_typed(None, "physical")) == ("", "—")
