"""查验码 on a real store: a code brings back what was shown, and names what has changed since."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from core.errors import Message, NotAllowed, UnknownName
from core.model.context import NEWEST, Context
from core.model.view_code import View
from core.service.base import batches, open_store
from core.service.base.project import facts
from core.service.briefing import view_codes
from core.service.briefing.content import content_of
from core.service.evidence import data_checks, findings
from core.service.scoring import opening, rounds, scorecards
from core.service.scoring.rounds import STATE_WORDS
from tests.core.service.people import LI, NOBODY, PROJECT, WANG, WORKING, ZHAO, edit, has_submitted, save

D = Decimal
pytestmark = pytest.mark.usefixtures("store_path")


def made(ctx: Context = WANG, kind: str = "pptx", **chosen: object) -> View:
    view = view_codes.view_of(ctx, PROJECT, kind, **chosen)  # type: ignore[arg-type]
    view_codes.keep(ctx, view)
    return view


def at(view: View, ctx: Context = LI) -> Context:
    return replace(ctx, version=view.version)


def test_a_code_from_before_a_score_change_restores_the_old_view_and_names_the_change() -> None:
    view = made(round_id="r1")
    found = view_codes.opened(LI, view.code.lower().replace("-", " "))
    assert (found.code, found.view, found.since) == (view.code, view, ())
    assert str(found.made).endswith("由王工制作")

    save(WANG, WORKING, edit("B12", 1, "3.50", reason="凭证缺附件"))
    before, now = (scorecards.scorecard(ctx, PROJECT) for ctx in (at(view), LI))
    old = next(item.points for item in before.items if item.indicator.code == "B12")
    assert (before.tally.total, now.tally.total) == (D("93.00"), D("93.00") - (old or D(0)) + D("3.50"))
    item, total = view_codes.opened(LI, view.code).since
    assert (item.part, item.code, item.before, item.after) == ("scores", "B12", f"{old:.2f}", "3.50")
    assert "由王工改分：凭证缺附件" in item.why
    assert (total.what, total.before, total.after) == ("合计得分", "93.00", f"{now.tally.total:.2f}")
    assert content_of(at(view), PROJECT).score.tally.total == D("93.00")  # type: ignore[union-attr]


def test_a_correction_and_its_withdrawal_are_named_with_their_reasons() -> None:
    view = made()
    batch = batches.correct(WANG, PROJECT, "璜土镇", "paid", "2163.50", "录入错误")
    (change,) = view_codes.since(LI, view)
    assert (change.what, change.part, change.before, change.after) == (
        "璜土镇 累计支付",
        "data",
        "2,164.00",
        "2,163.50",
    )
    assert "由王工更正：录入错误" in change.why
    assert facts(at(view), PROJECT).spend[0].paid == D("2164")

    later = made()
    batches.withdraw(WANG, PROJECT, batch, "看错了")
    assert view_codes.since(LI, view) == ()
    (back,) = view_codes.since(LI, later)
    assert (back.before, back.after, back.why) == ("2,163.50", "2,164.00", "后来的一期数据已撤回")
    assert facts(at(later), PROJECT).spend[0].paid == D("2163.5")


def test_checks_are_compared_only_where_they_were_chosen_and_findings_always() -> None:
    without, chosen = made(), made(checks=True)
    batches.correct(WANG, PROJECT, "璜土镇", "paid", "2163.50", "录入错误")
    findings.add(WANG, PROJECT, [findings.FindingDraft("problem", "两个社区的下水管未疏通", "报告 四（二）")])
    assert {each.part for each in view_codes.since(LI, without)} == {"data", "findings"}
    checks = [(each.what, each.before, each.after) for each in view_codes.since(LI, chosen) if each.part == "checks"]
    # Half a 万元 less in one row: the sum and the bond money no longer agree, nor is paid all that is invested.
    assert checks[0] == ("各列合计", "一致", "不一致")
    assert {what for what, _, _ in checks[1:]} == {"支付的资金结构", "已投资与累计支付"}
    new = next(each for each in view_codes.since(LI, without) if each.part == "findings")
    assert (new.what, new.before, new.after) == ("两个社区的下水管未疏通", "—", "待整改")
    assert data_checks.checks(at(chosen), PROJECT) != data_checks.checks(LI, PROJECT)


def test_a_round_that_is_locked_later_was_a_draft_then() -> None:
    view = made()
    sheet = has_submitted(LI, {})
    then = {each.sheet.id for each in rounds.round_of(at(view), PROJECT, "r1").sheets}
    assert sheet.id not in then
    assert sheet.id in {each.sheet.id for each in rounds.round_of(LI, PROJECT, "r1").sheets}
    assert STATE_WORDS[scorecards.scorecard(at(view), PROJECT).state] == "草稿"


def test_an_earlier_version_is_looked_at_and_not_changed() -> None:
    view = made()
    past = at(view)
    assert "回到最新" in str(scorecards.scorecard(past, PROJECT).read_only)
    with pytest.raises(NotAllowed, match="回到最新"):
        scorecards.save(past, PROJECT, WORKING, [edit("A11", 1, "2.00")])
    with pytest.raises(NotAllowed, match="回到最新"):
        batches.correct(past, PROJECT, "璜土镇", "paid", "1", "x")
    with pytest.raises(NotAllowed, match="回到最新"):
        data_checks.answer(past, PROJECT, "18", "已核实")


def test_an_earlier_version_shows_nobody_a_sheet_that_is_hidden_from_them() -> None:
    own = opening.my_sheet(ZHAO, PROJECT, "r1")
    save(ZHAO, own.id, edit(own.scheme.indicators[0].code, 0, "1.00", reason="依据不足"))
    view = made(ZHAO)
    with pytest.raises(NotAllowed):
        scorecards.scorecard(at(view, LI), PROJECT, own.id)


@pytest.mark.parametrize("code", ["", "AAAA-BBBB-CCCC", "'; DROP TABLE view; --", "查验码", "A" * 4000])
def test_a_forged_or_foreign_code_gets_a_sentence(code: str) -> None:
    made()
    with pytest.raises(UnknownName, match=r"没有查验码.*可能抄错了，或不是由本系统制作的"):
        view_codes.opened(LI, code)


def test_making_the_same_again_keeps_the_first_and_changes_nothing_that_is_shown() -> None:
    versions = open_store.store().versions
    first = made(WANG)
    assert made(LI) == first
    assert str(view_codes.opened(NOBODY, first.code).made).endswith("由王工制作")
    assert open_store.store().versions == versions
    assert first.version != NEWEST


def test_a_passport_says_where_it_opens_only_when_that_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    view = made()
    assert view_codes.view_code(view).address == ""
    monkeypatch.setenv("RENEWAL_BASE_URL", "https://board.intra/renewal/")
    assert view_codes.view_code(view).address == f"https://board.intra/renewal/?code={view.code}"


def test_a_view_needs_its_project() -> None:
    with pytest.raises(UnknownName):
        view_codes.view_of(WANG, "nowhere", "pptx")
    assert isinstance(view_codes.opened(WANG, made().code).made, Message)
