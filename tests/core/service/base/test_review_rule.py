"""Imports and corrections wait for a second person where the project says so, and where people log in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.errors import InputError, NotAllowed
from core.model.context import Actor, Context
from core.model.rights import OPERATOR, Role, everywhere
from core.service.base import batches, review_rule
from core.service.base.project import facts
from core.service.manage import importing, project_particulars
from tests.core.service.edited import MONEY, edited
from tests.core.service.manage.reporting.people import HUANG, PROJECT, WU, ZHOU

pytestmark = pytest.mark.usefixtures("store_path")
SEED = f"{PROJECT}@2024-12-31"
TYPED = Context(Actor("operator", "值班", OPERATOR))


def paid() -> Decimal | None:
    return facts(ZHOU, PROJECT).spend[0].paid


def states() -> Mapping[str, str]:
    return {each.batch: each.state for each in batches.snapshots(ZHOU, PROJECT)}


@pytest.fixture
def accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENEWAL_MODE", "accounts")


def test_locally_nothing_waits_until_the_project_says_so() -> None:
    assert not review_rule.needed(ZHOU, PROJECT)
    assert review_rule.said(ZHOU, PROJECT) is None
    review_rule.change(ZHOU, PROJECT, needed=True)
    assert review_rule.needed(ZHOU, PROJECT)
    rule = review_rule.said(ZHOU, PROJECT)
    assert rule is not None
    assert (rule.revision, rule.needed, rule.actor_name) == (1, True, "周会计")
    review_rule.change(WU, PROJECT, needed=True)  # it is so already
    review_rule.change(WU, PROJECT, needed=False)
    now = review_rule.said(ZHOU, PROJECT)
    assert now is not None
    assert (now.revision, now.actor_name) == (2, "吴科长")
    assert not review_rule.needed(ZHOU, PROJECT)
    with pytest.raises(NotAllowed, match="只限数据员"):
        review_rule.change(HUANG, PROJECT, needed=True)


@pytest.mark.usefixtures("accounts")
def test_where_people_log_in_a_correction_counts_once_another_has_released_it() -> None:
    batch = batches.correct(ZHOU, PROJECT, "璜土镇", "paid", "2163.5", "多录了半万元")
    assert paid() == 2164
    with pytest.raises(InputError, match="复核须由另一人进行"):
        batches.release(ZHOU, PROJECT, batch)
    with pytest.raises(InputError, match=f"有一处更正待另一人复核（批次{batch}）"):
        batches.correct(WU, PROJECT, "夏港街道", "paid", "2600", "多录")
    batches.release(WU, PROJECT, batch)
    assert paid() == Decimal("2163.5")
    other = batches.correct(WU, PROJECT, "夏港街道", "paid", "2600", "多录")
    batches.withdraw(ZHOU, PROJECT, other, "不对")
    assert batches.correct(WU, PROJECT, "夏港街道", "paid", "2601", "多录") != other


@pytest.mark.usefixtures("accounts")
def test_a_correction_of_what_counts_no_longer_is_not_released() -> None:
    waiting = batches.correct(ZHOU, PROJECT, "璜土镇", "paid", "2163.5", "多录了半万元")
    review_rule.change(ZHOU, PROJECT, needed=False)
    content = edited(batches.template(ZHOU, PROJECT), {(MONEY, "D4"): 2600, (MONEY, "D7"): 7973})
    importing.commit(ZHOU, PROJECT, "x.xlsx", content)
    with pytest.raises(InputError, match=f"更正所依据的批次“{SEED}”已不是现在的数据"):
        batches.release(WU, PROJECT, waiting)
    assert [line.paid for line in facts(ZHOU, PROJECT).spend][:2] == [2164, 2600]


@pytest.mark.usefixtures("accounts")
def test_an_import_waits_too_but_not_one_that_is_typed_on_the_machine_nor_the_first_of_a_project() -> None:
    content = edited(batches.template(ZHOU, PROJECT), {(MONEY, "D3"): 2364, (MONEY, "D7"): 8200})
    batch = importing.commit(ZHOU, PROJECT, "x.xlsx", content)
    assert paid() == 2164
    batches.release(WU, PROJECT, batch)
    assert paid() == 2364
    assert not review_rule.needed(TYPED, PROJECT)
    elsewhere = Context(Actor("user:zhou", "周会计", everywhere(Role.CLERK)))
    assert not review_rule.needed(elsewhere, "another")


@pytest.mark.usefixtures("accounts")
def test_another_as_of_day_counts_once_another_has_released_it_and_only_then_the_old_one_goes() -> None:
    """The corrected 2163.5 comes along."""
    fixed = batches.correct(ZHOU, PROJECT, "璜土镇", "paid", "2163.5", "多录了半万元")
    batches.release(WU, PROJECT, fixed)
    moved = batches.redate(ZHOU, PROJECT, SEED, date(2024, 11, 30), "截止日写错")
    assert states() == {moved: "held", fixed: "released", SEED: "released"}
    assert facts(ZHOU, PROJECT).as_of == date(2024, 12, 31)
    with pytest.raises(InputError, match=f"有一处更正待另一人复核（批次{moved}）"):
        batches.redate(WU, PROJECT, SEED, date(2024, 10, 31), "截止日写错")
    with pytest.raises(InputError, match="复核须由另一人进行"):
        batches.release(ZHOU, PROJECT, moved)
    batches.release(WU, PROJECT, moved)
    assert states() == {moved: "released", fixed: "withdrawn", SEED: "withdrawn"}
    reasons = {each.batch: each.reason for each in batches.snapshots(ZHOU, PROJECT)}
    assert reasons == {moved: "", fixed: "截止日写错", SEED: "截止日写错"}
    assert (facts(ZHOU, PROJECT).as_of, paid()) == (date(2024, 11, 30), Decimal("2163.5"))


@pytest.mark.usefixtures("accounts")
def test_another_as_of_day_that_was_taken_back_or_lost_its_ground_changes_nothing() -> None:
    moved = batches.redate(ZHOU, PROJECT, SEED, date(2024, 11, 30), "截止日写错")
    batches.withdraw(WU, PROJECT, moved, "原来的对")
    assert states() == {moved: "withdrawn", SEED: "released"}
    again = batches.redate(ZHOU, PROJECT, SEED, date(2024, 11, 30), "截止日写错")
    review_rule.change(ZHOU, PROJECT, needed=False)
    content = edited(batches.template(ZHOU, PROJECT), {(MONEY, "D4"): 2600, (MONEY, "D7"): 7973})
    importing.commit(ZHOU, PROJECT, "x.xlsx", content)
    with pytest.raises(InputError, match=f"更正所依据的批次“{SEED}”已不是现在的数据"):
        batches.release(WU, PROJECT, again)
    assert facts(ZHOU, PROJECT).as_of == date(2024, 12, 31)


@pytest.mark.usefixtures("accounts")
def test_changed_particulars_count_once_another_has_released_them() -> None:
    known = project_particulars.particulars_of(ZHOU, PROJECT)
    batch = project_particulars.edit(ZHOU, PROJECT, replace(known, end=date(2026, 6, 30)), "计划调整")
    assert project_particulars.particulars_of(ZHOU, PROJECT).end == date(2025, 12, 31)
    with pytest.raises(InputError, match=f"有一处更正待另一人复核（批次{batch}）"):
        project_particulars.edit(WU, PROJECT, replace(known, name="另一名称"), "改名")
    with pytest.raises(InputError, match="复核须由另一人进行"):
        batches.release(ZHOU, PROJECT, batch)
    batches.release(WU, PROJECT, batch)
    assert project_particulars.particulars_of(ZHOU, PROJECT).end == date(2026, 6, 30)


def test_locally_another_as_of_day_and_particulars_count_at_once() -> None:
    known = project_particulars.particulars_of(ZHOU, PROJECT)
    project_particulars.edit(ZHOU, PROJECT, replace(known, end=date(2026, 6, 30)), "计划调整")
    assert project_particulars.particulars_of(ZHOU, PROJECT).end == date(2026, 6, 30)
    batches.redate(ZHOU, PROJECT, SEED, date(2024, 11, 30), "截止日写错")
    assert facts(ZHOU, PROJECT).as_of == date(2024, 11, 30)
