"""已复核: a release by a second person, and nothing less."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.scoring.round_state import panel_id
from core.service.base import batches, open_store
from core.service.base.project import facts
from core.service.base.reviewed import reviewed
from core.service.progress import money_and_households
from core.service.progress.first_sight import first_sight
from core.service.scoring import score_panels, steps
from core.store import snapshots
from core.text.moments import local
from tests.core.briefing.judged import judged
from tests.core.service.people import LI, PROJECT, WANG

pytestmark = pytest.mark.usefixtures("store_path")


def _import_later(*, held: bool) -> str:
    later = replace(facts(WANG, PROJECT), batch=f"{PROJECT}@2025-03-31", as_of=date(2025, 3, 31))
    snapshots.add(open_store.store(), later, WANG.actor, held=held)
    return later.batch


def test_what_the_importer_alone_brought_in_has_no_mark() -> None:
    batch = _import_later(held=False)
    assert reviewed(WANG, PROJECT, batch) is None
    view = first_sight(WANG, PROJECT)
    assert [card.reviewed for card in view.cards] == [None] * 4
    assert view.streets.reviewed == ""


def test_what_waits_is_not_reviewed() -> None:
    assert reviewed(WANG, PROJECT, _import_later(held=True)) is None


def test_a_release_by_somebody_else_says_who_and_when() -> None:
    batch = _import_later(held=True)
    batches.release(LI, PROJECT, batch)
    found = reviewed(WANG, PROJECT, batch)
    assert found is not None
    assert found.by == LI.actor.name
    said = str(found.sentence())
    assert said.startswith(f"已复核：{LI.actor.name}，20")
    view = first_sight(WANG, PROJECT)
    assert [str(card.reviewed) for card in view.cards[:3]] == [said] * 3
    assert view.cards[3].reviewed is None  # the score has its own signatures
    assert view.streets.reviewed == said
    panels = (*view.panels, *money_and_households.budget(WANG, PROJECT).panels)
    assert all(said in str(each.figure.source) for each in panels)


def test_the_score_of_a_locked_round_says_who_locked_it_and_when() -> None:
    judged(locked=False)
    assert first_sight(WANG, PROJECT).cards[3].reviewed is None
    lock = steps.lock(WANG, PROJECT, "r1")
    said = f"已复核：{WANG.actor.name}，{local(lock.made_at):%Y年%-m月%-d日}锁定"
    card = first_sight(WANG, PROJECT).cards[3]
    assert (card.id, str(card.reviewed)) == ("score", said)
    panels = score_panels.figures(WANG, PROJECT, panel_id("r1"))
    assert all(said in str(each.figure.source) for each in (panels.rates, panels.deductions))
    steps.unlock(LI, PROJECT, "r1", "重议")
    assert first_sight(WANG, PROJECT).cards[3].reviewed is None
    panels = score_panels.figures(WANG, PROJECT, panel_id("r1"))
    assert not any("已复核" in str(each.figure.source) for each in (panels.rates, panels.deductions))


def test_a_correction_afterwards_is_not_reviewed() -> None:
    batch = _import_later(held=True)
    batches.release(LI, PROJECT, batch)
    made = batches.correct(WANG, PROJECT, "璜土镇", "paid", "2165", "录入有误")
    assert reviewed(WANG, PROJECT, made) is None
