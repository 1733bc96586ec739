"""One sheet heads a project everywhere (No wrong number, A6); what is locked keeps its data (No wrong number, B11)."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from core.__main__ import answer
from core.errors import NotAllowed
from core.model.context import Context
from core.model.paper import PaperChoice
from core.model.view_code import View
from core.service.base import batches, open_store
from core.service.briefing import evaluation, frames, slide_deck, view_codes
from core.service.briefing.content import content_of, evaluation_of
from core.service.evidence import findings
from core.service.manage import portfolio
from core.service.manage.portfolio import PortfolioAsked
from core.service.progress import first_sight, money_and_households, overview
from core.service.scoring import opening, setting_up, steps
from core.store import snapshots
from tests.core.briefing.judged import judged
from tests.core.by_id import by_id
from tests.core.lingang import FACTS
from tests.core.service.people import LI, PROJECT, WANG, WORKING, ZHAO, edit, save

pytestmark = pytest.mark.usefixtures("store_path")
D = Decimal
SHEET = "评审组评分表"


def said(ctx: Context = WANG) -> dict[str, str]:
    """What each place says of the score that heads the project, in one line each."""
    card = by_id(overview.overview(ctx, PROJECT).cards)["score"]
    (line,) = portfolio.portfolio(ctx, PortfolioAsked()).lines
    row = dict(zip(portfolio.portfolio(ctx, PortfolioAsked()).headings, line.cells, strict=True))
    found = content_of(ctx, PROJECT)
    key = by_id(found.keys)["score"]
    scored = by_id(frames.frames(ctx, PROJECT)).get("scorecard")
    cover = covered(evaluation.workbook(ctx, PROJECT).content)
    machine = json.loads(answer(["scorecard", "--json"]).out)
    assert found.score is not None
    return {
        "overview": f"{card.label} {card.value} {card.caveat}",
        "portfolio": row["评分表合计"],
        "slides": f"{key.label} {key.value} {key.caveat}",
        "matter": f"{found.score.round}·{found.score.sheet.name} {found.score.tally.decisive:.2f}",
        "frame": "" if scored is None else " ".join(str(part) for part in vars(scored.figures[0]).values()),
        "json": f"{machine['round']}·{machine['sheet_name']} {machine['total']}",
        "cover": f"{cover['评价轮次']} {cover['评分表']} {cover['得分']}",
    }


def covered(content: bytes) -> dict[str, Any]:
    sheet = load_workbook(io.BytesIO(content), data_only=True)["封面"]
    return {row[0].value: row[1].value for row in sheet.iter_rows(min_row=2) if row[0].value}


def test_every_place_speaks_of_one_sheet_with_its_name_and_round() -> None:
    judged(locked=False)
    found = said()
    assert found["overview"] == found["slides"] == f"报告得分 93分·优 初评·{SHEET}合计99.00，已确认32/32"
    for where, words in found.items():
        assert "99.00" in words, where
        assert "初评" in words, where
        assert SHEET in words, where


def test_what_is_signed_heads_the_project_while_a_later_round_of_the_same_names_runs() -> None:
    judged()
    signed = said()
    assert signed["overview"] == f"评价得分 99.00分·优 初评·{SHEET}，已锁定；报告得分93分"
    assert signed["portfolio"] == f"99.00（初评·{SHEET}，已锁定）"
    opening.open_round(WANG, PROJECT, "终评", "final", "mean")
    assert said() == signed
    opening.panel_sheet(WANG, PROJECT, "r2")
    assert said() == signed
    steps.unlock(LI, PROJECT, "r1", "重议")
    running = said()
    assert running["matter"] == f"终评·{SHEET} 0.00"
    assert running["json"] == f"终评·{SHEET} 0.00"
    assert running["portfolio"] == "—"
    assert running["overview"] == "报告得分 93分·优 原评分表未附"


def test_a_round_that_is_closed_without_a_lock_gives_the_head_back_until_it_is_reopened() -> None:
    judged(locked=False)
    before = said()
    opening.open_round(WANG, PROJECT, "复评", "reevaluation", "mean")
    opening.panel_sheet(WANG, PROJECT, "r2")
    assert said() != before
    setting_up.close_round(WANG, PROJECT, "r2", "误开")
    assert said() == before
    setting_up.reopen_round(WANG, PROJECT, "r2", "还要评")
    assert said()["json"] == f"复评·{SHEET} 0.00"


def test_of_two_rounds_of_one_name_it_is_said_which_one() -> None:
    """No wrong number, A1 and A6."""
    judged()
    opening.open_round(WANG, PROJECT, "初评", "final", "mean")
    signed = said()
    assert signed["overview"] == signed["slides"]
    assert signed["overview"] == f"评价得分 99.00分·优 初评（r1）·{SHEET}，已锁定；报告得分93分"
    assert signed["portfolio"] == f"99.00（初评（r1）·{SHEET}，已锁定）"


def test_a_round_that_is_named_is_spoken_of_alone() -> None:
    judged()
    opening.open_round(WANG, PROJECT, "终评", "final", "mean")
    found = content_of(WANG, PROJECT, "r2")
    assert found.score is not None
    assert (str(found.score.round), found.score.sheet.id, found.score.locked) == ("终评", "r2/working", False)
    assert str(by_id(found.keys)["score"].label) == "报告得分"
    assert json.loads(answer(["scorecard", "--json", "--round", "r1"]).out)["sheet"] == "r1/panel"


def test_no_other_sheet_stands_in_for_one_that_is_hidden() -> None:
    save(WANG, WORKING, edit("A11", 1, "1.50", reason="缺一个要点"))  # 92.50: what must not be shown instead
    judged(locked=False)
    opening.my_sheet(ZHAO, PROJECT, "r1")
    card = by_id(overview.overview(ZHAO, PROJECT).cards)["score"]
    assert [str(card.label), str(card.value), str(card.caveat)] == ["报告得分", "93分·优", "原评分表未附"]
    (line,) = portfolio.portfolio(ZHAO, PortfolioAsked()).lines
    assert not any(figure in cell for figure in ("99.00", "92.50") for cell in line.cells)
    for make in (content_of, evaluation_of):
        with pytest.raises(NotAllowed):
            make(ZHAO, PROJECT)


@pytest.fixture
def locked() -> View:
    """A view that was made when the round was locked: 8,000 paid, of it 申港 1,900 and 夏港 2,627 (FACTS)."""
    judged()
    view = view_codes.view_of(WANG, PROJECT, "pptx")
    view_codes.keep(WANG, view)
    return view


def paid() -> tuple[str, Decimal | None, Decimal | None]:
    """What was paid, as 总览, the slides and the report have it."""
    card = by_id(overview.overview(WANG, PROJECT).cards)["paid"]
    seen = by_id(first_sight.first_sight(WANG, PROJECT).cards)["paid"]
    assert str(seen.value) == str(card.value).replace(".00", "")
    of_slides, of_report = content_of(WANG, PROJECT), evaluation_of(WANG, PROJECT)
    return str(card.value), of_slides.figures.one("paid").number, of_report.figures.one("paid").number


def test_a_correction_after_the_lock_stands_beside_what_was_locked(locked: View) -> None:
    batches.correct(LI, PROJECT, "申港街道", "paid", "2000", "漏记一笔")
    assert paid() == ("8,000.00万元", D(8000), D(8000))
    view = first_sight.first_sight(WANG, PROJECT)
    assert str(view.changed) == "锁定后有变（1处）"
    assert len(view.changes) == 1
    assert str(view.changes[0]).startswith("申港街道 累计支付由1,900.00变为2,000.00（")
    assert "由李工更正：漏记一笔" in str(view.changes[0])
    assert "8,100.00" in str(money_and_households.budget(WANG, PROJECT).headline)

    batches.correct(LI, PROJECT, "夏港街道", "paid", "2700", "又漏一笔")
    assert paid() == ("8,000.00万元", D(8000), D(8000))
    assert str(first_sight.first_sight(WANG, PROJECT).changed) == "锁定后有变（2处）"
    score = content_of(WANG, PROJECT).score
    assert score is not None
    assert str(score.changed).startswith("锁定后有变（2处）：夏港街道 累计支付由2,627.00变为2,700.00（")
    result = evaluation_of(WANG, PROJECT).score
    assert result is not None
    assert len(result.changes) == 2
    assert covered(evaluation.workbook(WANG, PROJECT).content)["锁定后有变"] == result.every_change
    frame = next(each for each in frames.frames(WANG, PROJECT) if each.id == "scorecard")
    assert any("锁定后有变（2处）" in sentence for sentence in frame.sentences)
    assert "锁定后有变" in frame.bands


@pytest.fixture
def corrected(locked: View) -> None:
    """Locked, and two figures put right since."""
    batches.correct(LI, PROJECT, "申港街道", "paid", "2000", "漏记一笔")
    batches.correct(LI, PROJECT, "夏港街道", "paid", "2700", "又漏一笔")


BAND = "锁定后有变"


def test_every_frame_of_locked_figures_says_that_they_have_changed(corrected: None) -> None:
    findings.add(WANG, PROJECT, [findings.FindingDraft("problem", text, "") for text in ("台账不全", "验收滞后")])
    made = {each.id: each for each in frames.frames(WANG, PROJECT, PaperChoice(checks=True))}
    assert {"overview", "budget", "funding", "pace", "streets", "beneficiaries", "unit_costs", "checks"} <= set(made)
    assert {name for name, each in made.items() if BAND not in each.bands} == {"findings"}  # 整改 is of today
    said = [each for each in made["overview"].sentences if "锁定后有变（2处）" in each]
    assert len(said) == 1
    assert "申港街道 累计支付由1,900.00变为2,000.00" in said[0]
    assert "夏港街道 累计支付由2,627.00变为2,700.00" in said[0]
    assert frames.picture(WANG, PROJECT, "overview").png.content  # the lint lets nothing through that has no room


def test_every_slide_of_locked_figures_says_that_they_have_changed(corrected: None) -> None:
    slides = {each.name: each for each in Presentation(io.BytesIO(slide_deck.deck(WANG, PROJECT).content)).slides}
    bands = {
        name: "".join(shape.text_frame.text for shape in slide.shapes if shape.name == "band")
        for name, slide in slides.items()
    }
    assert len(bands) == 11
    assert {name for name, words in bands.items() if BAND not in words} == {"findings"}  # 整改 is of today
    cover = "\n".join(shape.text_frame.text for shape in slides["cover"].shapes if shape.has_text_frame)
    assert "锁定后有变（2处）：" in cover
    assert "申港街道 累计支付由1,900.00变为2,000.00" in cover
    assert "夏港街道 累计支付由2,627.00变为2,700.00" in slides["overview"].notes_slide.notes_text_frame.text


def test_nothing_says_so_while_nothing_has_changed(locked: View) -> None:
    assert not [each.id for each in frames.frames(WANG, PROJECT, PaperChoice(checks=True)) if BAND in each.bands]
    for slide in Presentation(io.BytesIO(slide_deck.deck(WANG, PROJECT).content)).slides:
        assert not [s for s in slide.shapes if s.has_text_frame and BAND in s.text_frame.text], slide.name


def test_the_list_of_projects_says_so_beside_the_locked_score(corrected: None) -> None:
    (line,) = portfolio.portfolio(WANG, PortfolioAsked()).lines
    row = dict(zip(portfolio.portfolio(WANG, PortfolioAsked()).headings, line.cells, strict=True))
    # 8,000 of FACTS, and 100 and 73 put right: the list shows the figures of now, and says that the score is older.
    assert row["累计支付（万元）"] == "8,173.00"
    assert row["评分表合计"] == f"99.00（初评·{SHEET}，已锁定；锁定后有变（2处））"


def test_a_later_snapshot_after_the_lock_changes_nothing_under_the_signature(locked: View) -> None:
    later = replace(
        FACTS,
        batch=f"{PROJECT}@2025-03-31",
        as_of=date(2025, 3, 31),
        spend=tuple(replace(line, paid=line.paid + 10) for line in FACTS.spend if line.paid is not None),
    )
    snapshots.add(open_store.store(), later, LI.actor)
    view = first_sight.first_sight(WANG, PROJECT)
    assert (view.as_of, paid()) == (date(2024, 12, 31), ("8,000.00万元", D(8000), D(8000)))
    changed = [str(each) for each in view.changes]
    assert str(view.changed) == f"锁定后有变（{len(changed)}处）"
    assert any("璜土镇 累计支付由2,164.00变为2,174.00" in each for each in changed)
    assert any("数据截至由2024-12-31变为2025-03-31" in each for each in changed)


def test_the_data_that_a_round_was_locked_on_stay(locked: View) -> None:
    seed = f"{PROJECT}@2024-12-31"
    batches.correct(LI, PROJECT, "申港街道", "paid", "2000", "漏记一笔")
    with pytest.raises(NotAllowed) as refused:
        batches.withdraw(LI, PROJECT, seed, "看错了")
    nothing, signed = map(str, refused.value.reasons)
    assert nothing.startswith("撤回后本项目就没有数据了")
    assert signed.startswith("“初评”已据这一批数据锁定，所以没有撤回。请先解锁“初评”")
    later = replace(FACTS, batch=f"{PROJECT}@2025-03-31", as_of=date(2025, 3, 31))
    snapshots.add(open_store.store(), later, LI.actor)
    with pytest.raises(NotAllowed, match="“初评”已据这一批数据锁定"):
        batches.withdraw(LI, PROJECT, seed, "看错了")
    assert paid() == ("8,000.00万元", D(8000), D(8000))
    # What came after the lock may go; once it is open again, so may the rest.
    batches.withdraw(LI, PROJECT, f"{seed}-2", "又看错了")
    steps.unlock(LI, PROJECT, "r1", "数据有变，重议")
    batches.withdraw(WANG, PROJECT, seed, "看错了")
    assert first_sight.first_sight(WANG, PROJECT).as_of == date(2025, 3, 31)


def test_unlocked_the_newest_data_count_again(locked: View) -> None:
    batches.correct(LI, PROJECT, "申港街道", "paid", "2000", "漏记一笔")
    steps.unlock(LI, PROJECT, "r1", "数据有变，重议")
    assert paid() == ("8,100.00万元", D(8100), D(8100))
    assert first_sight.first_sight(WANG, PROJECT).changed is None
    # Locked again, it stands on what it was locked on now.
    steps.lock(LI, PROJECT, "r1")
    batches.correct(WANG, PROJECT, "申港街道", "paid", "2050", "再漏一笔")
    assert paid()[0] == "8,100.00万元"


def test_a_document_made_when_it_was_locked_is_told_what_stands_beside_it_now(locked: View) -> None:
    assert view_codes.since(WANG, locked) == ()
    batches.correct(LI, PROJECT, "申港街道", "paid", "2000", "漏记一笔")
    (one,) = view_codes.since(WANG, locked)
    assert (one.what, one.before, one.after) == ("锁定后有变", "0处", "1处")
    assert "漏记一笔" in one.why
    again = view_codes.view_of(WANG, PROJECT, "pptx")
    assert view_codes.since(WANG, again) == ()
    steps.unlock(LI, PROJECT, "r1", "重议")
    figures = {each.what: (each.before, each.after) for each in view_codes.since(WANG, again) if each.part == "data"}
    assert figures == {"申港街道 累计支付": ("1,900.00", "2,000.00"), "锁定后有变": ("1处", "0处")}
