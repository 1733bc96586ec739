"""Who reports one street writes no other one: not by the page, not by its address, not by a forged message, and no
command of the machine takes a report at all."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

import core.commands
from core.errors import NotAllowed
from core.model.context import Actor, Context
from core.model.particulars import Particulars
from core.model.rights import OPERATOR
from core.service.manage import project_particulars
from core.service.manage.reporting import periods
from pages.manage.reporting_parts import form
from pages.shared import session, state
from tests.core.lingang import PLACES
from tests.core.service.manage.reporting.people import (
    HUANG,
    PERIOD,
    PROJECT,
    XIA,
    ZHOU,
    edit,
    fill,
    give_places,
    open_march,
    report,
    states,
)  # fmt: skip
from tests.pages.opening import opened
from tests.pages.test_report_form import grid

HUANGTU, XIAGANG, SHENGANG, LIGANG = PLACES
pytestmark = pytest.mark.usefixtures("store_path")


@pytest.fixture
def tab(monkeypatch: pytest.MonkeyPatch, store_path: object) -> None:
    """The browser tab of 黄工 who reports for 璜土镇。"""
    for module in (form, session, state):
        monkeypatch.setattr(module, "st", SimpleNamespace(session_state={"actor": HUANG.actor}))
    give_places()
    open_march("paid", "physical")


def forged(place: str, by: str = HUANG.actor.id) -> dict[str, Any]:
    return edit("paid", place, "1") | {"by": by}


def figures() -> set[str]:
    return {place for (place, _), _ in periods.report(ZHOU, PROJECT, PERIOD).figures}


@pytest.mark.parametrize("part", ["form", "review", "set_up"])
@pytest.mark.parametrize("period", [PERIOD, "2099-12-31"])
def test_no_address_shows_a_reporter_more_than_their_own_row(part: str, period: str) -> None:
    give_places()
    open_march("paid", "physical")
    report(XIAGANG)
    at = opened("manage/reporting", HUANG.actor, part, period=period, project=PROJECT, place=XIAGANG)
    assert not at.exception
    assert [row["place"] for row in grid(at)["rows"]] == [HUANGTU]
    assert not {button.key for button in at.button} & {"approve_all", "release_period", f"approve_{XIAGANG}"}


def test_the_address_of_another_project_shows_a_reporter_no_form() -> None:
    give_places()
    open_march("paid", "physical")
    project_particulars.add(Context(Actor("operator", "值班", OPERATOR)), "another", Particulars("另一项目"))
    at = opened("manage/reporting", HUANG.actor, None, period=PERIOD, project="another")
    assert not at.exception
    assert [each for each in at.get("bidi_component") if each.proto.component_name == "report_grid"] == []


@pytest.mark.usefixtures("tab")
def test_a_forged_figure_of_another_street_is_refused_and_not_stored() -> None:
    edits = [forged(XIAGANG), forged(SHENGANG), forged(LIGANG), forged(HUANGTU)]
    form.apply(PROJECT, PERIOD, {"outbox": edits})
    found = form.as_data(form._answers(PROJECT, PERIOD))
    told = [found[each["edit_id"]] for each in edits]
    assert [each["state"] for each in told] == ["refused", "refused", "refused", "saved"]
    assert "“夏港街道”不由您填报" in str(told[0])
    assert figures() == {HUANGTU}


@pytest.mark.usefixtures("tab")
def test_a_figure_in_another_persons_name_waits_for_them() -> None:
    """What 夏工 had made in this browser is not written by 黄工 although 夏工 may write it."""
    form.apply(PROJECT, PERIOD, {"outbox": [forged(XIAGANG, XIA.actor.id)]})
    assert figures() == set()


@pytest.mark.usefixtures("tab")
@pytest.mark.parametrize("kind", ["submit", "recall", "approve", "release", "give_back"])
def test_a_forged_step_of_another_street_is_refused(kind: str) -> None:
    fill(XIAGANG, {"paid": "3000", "physical": "50%"})
    if kind != "submit":
        report(SHENGANG)
    place = XIAGANG if kind == "submit" else SHENGANG
    before = states()
    act = {"id": str(uuid4()), "place": place, "kind": kind, "by": HUANG.actor.id, "beat": 1}
    form.take_step(PROJECT, PERIOD, {"act": act, "outbox": []})
    assert states() == before


@pytest.mark.usefixtures("tab")
def test_a_message_about_another_project_is_refused() -> None:
    with pytest.raises(NotAllowed):
        form.apply("another", PERIOD, {"outbox": [forged(HUANGTU)]})
    assert figures() == set()


def test_no_command_takes_a_report() -> None:
    """Whoever types commands has the files anyway, but a row of a street is typed on its page only."""
    (folder,) = core.commands.__path__
    files = sorted(Path(folder).rglob("*.py"))
    assert files
    assert [each.name for each in files if "manage.reporting" in each.read_text(encoding="utf-8")] == []
