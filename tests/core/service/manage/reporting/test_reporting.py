"""A quarter reported by four streets: typed, submitted, returned, reviewed by another, and released as a snapshot."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core.errors import InputError, NameNeeded, NotAllowed, Question, UnknownName
from core.model.context import Actor, Context
from core.model.measure import Measures
from core.service.base import batches
from core.service.base.project import facts, measures
from core.service.base.reviewed import reviewed
from core.service.manage import verifying
from core.service.manage.reporting import form, periods, review
from core.service.manage.reporting.form import Conflict, Refused, Saved
from core.store import clock
from tests.core.lingang import PLACES
from tests.core.service.manage.reporting.people import (
    DUE,
    HUANG,
    MARCH,
    OF,
    PAID,
    PERIOD,
    PROJECT,
    SHEN,
    WU,
    XIA,
    ZHOU,
    approve,
    edit,
    fill,
    give_places,
    open_march,
    report,
    save,
    states,
)

D = Decimal
pytestmark = pytest.mark.usefixtures("store_path")
HUANGTU, XIAGANG, SHENGANG, LIGANG = PLACES
SHIPPED_PAID = {HUANGTU: "2,164.00", XIAGANG: "2,627.00", SHENGANG: "1,900.00", LIGANG: "1,309.00"}


def paid() -> dict[str, Decimal | None]:
    return {line.place: line.paid for line in facts(ZHOU, PROJECT).spend}


def release(ctx: Context = WU) -> str:
    """Release, and yes to what is asked."""
    try:
        return review.release(ctx, PROJECT, PERIOD)
    except Question as question:
        return review.release(ctx, PROJECT, PERIOD, question.agreed)


def test_four_streets_report_a_quarter_and_it_counts_when_another_person_releases_it() -> None:
    give_places()
    open_march()
    before = paid()
    for place in PLACES:
        report(place)
        assert paid() == before
    approve(ZHOU, PLACES)
    assert set(states().values()) == {"reviewed"}
    assert paid() == before
    batch = release()
    assert set(states().values()) == {"released"}
    now = facts(ZHOU, PROJECT)
    assert (now.batch, now.as_of) == (batch, MARCH)
    assert paid() == {HUANGTU: D(2500), XIAGANG: D(3000), SHENGANG: D(2400), LIGANG: D(1600)}
    assert [line.physical for line in now.deliveries] == [D("0.6"), D("0.5"), D("0.4"), D("0.2")]
    # 9,500 of 15,000.
    found = Measures(measures(ZHOU, PROJECT))
    assert found.one("paid").value == D(9500)
    assert found.one("paid_rate", None, "estimate").value == D("0.633333333333")
    assert now.project.source == "街镇填报（截至2025年3月31日）"
    by = reviewed(ZHOU, PROJECT, batch)
    assert by is not None
    assert "吴科长" in str(by.sentence())
    assert verifying.verify(ZHOU, PROJECT).problems == ()


def test_nobody_releases_or_reviews_their_own_figures() -> None:
    open_march(places=(HUANGTU,))
    report(HUANGTU, ZHOU)  # a clerk may fill in for a street
    with pytest.raises(NotAllowed, match="复核须由另一人进行：“璜土镇”的数是您自己填报的。"):
        approve(ZHOU, (HUANGTU,))
    approve(WU, (HUANGTU,))
    with pytest.raises(NotAllowed, match="生效须由另一人办理：璜土镇的数是您自己填报的。"):
        review.release(ZHOU, PROJECT, PERIOD)
    namesake = Context(Actor("user:other", "周会计", ZHOU.actor.grants))
    with pytest.raises(NotAllowed, match="生效须由另一人办理"):
        review.release(namesake, PROJECT, PERIOD)
    release()
    assert paid()[HUANGTU] == D(2500)


def test_who_typed_any_of_a_row_does_not_release_it_though_another_submitted_it() -> None:
    give_places()
    open_march()
    fill(HUANGTU, {"paid": "2500"}, ZHOU)
    fill(HUANGTU, {"physical": "60%"})
    review.submit(HUANG, PROJECT, PERIOD, HUANGTU)
    with pytest.raises(NotAllowed, match="您自己填报的"):
        approve(ZHOU, (HUANGTU,))


def test_a_part_counts_only_if_that_is_said_and_the_others_stay_as_they_were() -> None:
    give_places()
    open_march()
    for place in (HUANGTU, XIAGANG):
        report(place)
    approve(ZHOU, (HUANGTU, XIAGANG))
    with pytest.raises(Question) as asked:
        review.release(WU, PROJECT, PERIOD)
    assert str(asked.value.reasons[0]) == "申港街道、利港街道未报，沿用上期数"
    # 2,500 + 3,000 + 1,900 + 1,309 of the places, 8,000 of the sources.
    assert "各街镇累计支付合计8,709.00万元，各资金来源已支付合计8,000.00万元" in str(asked.value.reasons[1])
    review.release(WU, PROJECT, PERIOD, asked.value.agreed)
    assert paid() == {HUANGTU: D(2500), XIAGANG: D(3000), SHENGANG: D(1900), LIGANG: D(1309)}
    assert facts(ZHOU, PROJECT).project.source == "街镇填报（截至2025年3月31日）；申港街道、利港街道未报，沿用上期数"
    assert states() == {HUANGTU: "released", XIAGANG: "released", SHENGANG: "filling", LIGANG: "filling"}
    # The late ones follow; the first two stay as they were released.
    for place in (SHENGANG, LIGANG):
        report(place)
    approve(ZHOU, (SHENGANG, LIGANG))
    release()
    assert paid() == {place: D(value) for place, value in PAID.items()}
    assert facts(ZHOU, PROJECT).project.source == "街镇填报（截至2025年3月31日）"
    assert set(states().values()) == {"released"}


def test_a_released_period_stands_beside_the_last_one_not_beside_itself() -> None:
    """璜土镇 had paid 2,164 and reports 2,500; also while only a part of the period counts."""
    open_march()
    report(HUANGTU, ZHOU)
    approve(WU, (HUANGTU,))
    release()
    there = form.form(ZHOU, PROJECT, PERIOD)
    cells = {(row.place, cell.field): cell for row in there.rows for cell in row.cells}
    assert {place: cells[place, "paid"].last for place in PLACES} == SHIPPED_PAID
    assert cells[HUANGTU, "paid"].doubts == ()
    changed = [change for change in review.compared(ZHOU, PROJECT, PERIOD) if change.field == "paid"]
    assert [(each.place, each.before, each.after) for each in changed] == [(HUANGTU, SHIPPED_PAID[HUANGTU], "2,500.00")]


def test_the_form_stands_where_only_its_own_release_counts() -> None:
    """December's snapshot is withdrawn after March was released in part: there is no other last period then."""
    open_march()
    report(HUANGTU, ZHOU)
    approve(WU, (HUANGTU,))
    first = facts(ZHOU, PROJECT).batch
    release()
    batches.withdraw(ZHOU, PROJECT, first, "重复导入")
    cells = {(row.place, cell.field): cell for row in form.form(ZHOU, PROJECT, PERIOD).rows for cell in row.cells}
    assert cells[XIAGANG, "paid"].last == SHIPPED_PAID[XIAGANG]


def test_a_row_is_returned_with_a_reason_and_submitted_again() -> None:
    give_places()
    open_march()
    report(HUANGTU)
    (refused,) = save(HUANG, edit("paid", HUANGTU, "2600", 1))
    assert refused == Refused(refused.message)  # type: ignore[union-attr]
    assert "已提交，不能再改" in str(refused.message)  # type: ignore[union-attr]
    with pytest.raises(NotAllowed, match="退回请写明理由"):
        review.give_back(ZHOU, PROJECT, PERIOD, HUANGTU, " ")
    review.give_back(ZHOU, PROJECT, PERIOD, HUANGTU, "请附支付凭证")
    row = form.form(HUANG, PROJECT, PERIOD).rows[0]
    assert (row.state, row.returned, row.writable) == ("returned", "请附支付凭证", True)
    fill(HUANGTU, {"paid": "2600"})
    review.submit(HUANG, PROJECT, PERIOD, HUANGTU)
    assert form.form(HUANG, PROJECT, PERIOD).rows[0].returned == ""
    review.recall(HUANG, PROJECT, PERIOD, HUANGTU)
    assert states()[HUANGTU] == "filling"
    review.submit(HUANG, PROJECT, PERIOD, HUANGTU)
    approve(ZHOU, (HUANGTU,))
    with pytest.raises(NotAllowed, match="不在已提交状态"):
        review.recall(HUANG, PROJECT, PERIOD, HUANGTU)
    review.give_back(ZHOU, PROJECT, PERIOD, HUANGTU, "再核")  # reviewed too, as long as it does not count
    assert states()[HUANGTU] == "returned"


def test_what_was_submitted_anew_since_is_not_reviewed_unseen() -> None:
    give_places()
    open_march()
    report(HUANGTU)
    seen = {each.place: each.revision for each in periods.progress(ZHOU, PROJECT, PERIOD)}
    review.recall(HUANG, PROJECT, PERIOD, HUANGTU)
    fill(HUANGTU, {"paid": "9000"})
    review.submit(HUANG, PROJECT, PERIOD, HUANGTU)
    with pytest.raises(NotAllowed, match="“璜土镇”刚重新提交过，请看过新的数再复核"):
        review.approve(ZHOU, PROJECT, PERIOD, {HUANGTU: seen[HUANGTU]})
    assert states()[HUANGTU] == "submitted"


def test_a_withdrawn_snapshot_opens_the_period_again() -> None:
    give_places()
    open_march()
    for place in PLACES:
        report(place)
    approve(ZHOU, PLACES)
    first = release()
    with pytest.raises(NotAllowed, match="还没有提交，或已生效"):
        review.give_back(ZHOU, PROJECT, PERIOD, HUANGTU, "有误")
    batches.withdraw(ZHOU, PROJECT, first, "璜土镇有误")
    assert paid()[HUANGTU] == D(2164)
    assert set(states().values()) == {"reviewed"}
    review.give_back(ZHOU, PROJECT, PERIOD, HUANGTU, "有误")
    fill(HUANGTU, {"paid": "2450"})
    review.submit(HUANG, PROJECT, PERIOD, HUANGTU)
    approve(ZHOU, (HUANGTU,))
    release()
    assert paid() == {HUANGTU: D(2450), XIAGANG: D(3000), SHENGANG: D(2400), LIGANG: D(1600)}


def test_a_reporter_writes_no_other_street_by_any_call() -> None:
    give_places()
    open_march()
    (refused,) = save(HUANG, edit("paid", XIAGANG, "3000"))
    assert str(refused.message) == "“夏港街道”不由您填报。如有需要请联系数据员。"  # type: ignore[union-attr]
    fill(XIAGANG, {"paid": "3000", "physical": "50%"})
    for call in (review.submit, review.recall):
        with pytest.raises(NotAllowed, match="“夏港街道”不由您填报"):
            call(HUANG, PROJECT, PERIOD, XIAGANG)
    assert [row.place for row in form.form(HUANG, PROJECT, PERIOD).rows] == [HUANGTU]
    assert [row.place for row in form.form(ZHOU, PROJECT, PERIOD).rows] == list(PLACES)
    periods.assign(ZHOU, PROJECT, HUANGTU, "huang", given=False)
    assert form.form(HUANG, PROJECT, PERIOD).rows == ()
    (refused,) = save(HUANG, edit("paid", HUANGTU, "2500"))
    assert isinstance(refused, Refused)
    assert periods.reporters(ZHOU, PROJECT) == {XIAGANG: ("夏工",), SHENGANG: ("沈工",), LIGANG: ("李工",)}


def test_a_cell_is_answered_as_it_is_found() -> None:
    give_places()
    open_march()
    first = edit("paid", HUANGTU, "2500")
    (saved,) = save(HUANG, first)
    assert isinstance(saved, Saved)
    assert (saved.figure.value, saved.figure.raw, saved.figure.revision) == (D(2500), "2500", 1)
    assert save(HUANG, first) == [saved]  # it arrives twice
    # Another edit that rests on the first, by its id; one that nobody has seen the other of.
    (second,) = save(HUANG, edit("paid", HUANGTU, "2501", str(first["edit_id"])))
    assert isinstance(second, Saved)
    (conflict,) = save(ZHOU, edit("paid", HUANGTU, "2400", 1))
    assert isinstance(conflict, Conflict)
    assert conflict.theirs == second.figure
    (refused,) = save(HUANG, edit("paid", HUANGTU, "两千", 2))
    assert str(refused.message) == "“累计支付”：应为金额（万元，最多六位小数），读到“两千”。"  # type: ignore[union-attr]
    for bad in (edit("paid", "甲街道", "1"), edit("households", HUANGTU, "1"), edit("paid", HUANGTU, "1", True)):
        (refused,) = save(HUANG, bad)
        assert str(refused.message) == str(form.GARBLED.message)  # type: ignore[union-attr]
    taken = edit("paid", HUANGTU, "1", 2, edit_id=str(first["edit_id"]))
    assert save(HUANG, taken | {"code": f"physical:{HUANGTU}"}) == [form.GARBLED]
    assert form.save(HUANG, PROJECT, PERIOD, ["x", {"edit_id": 1}]) == {}
    with pytest.raises(InputError, match="最多"):
        form.save(HUANG, PROJECT, PERIOD, [{}] * (form.MOST_EDITS + 1))
    with pytest.raises(NameNeeded):
        form.save(Context(Actor("user:huang", None, HUANG.actor.grants)), PROJECT, PERIOD, [first])


def test_several_edits_of_a_cell_come_at_once() -> None:
    give_places()
    open_march()
    one = edit("paid", HUANGTU, "2500")
    two = edit("paid", HUANGTU, "2600", str(one["edit_id"]))
    answers = save(HUANG, one, two, edit("physical", HUANGTU, "60%"))
    assert [(each.figure.raw, each.figure.revision) for each in answers if isinstance(each, Saved)] == [
        ("2500", 1), ("2600", 2), ("60%", 1),
    ]  # fmt: skip


def test_nothing_is_submitted_with_a_gap_or_an_open_doubt() -> None:
    give_places()
    open_march()
    fill(HUANGTU, {"paid": "2100"})
    with pytest.raises(NotAllowed) as refused:
        review.submit(HUANG, PROJECT, PERIOD, HUANGTU)
    assert [str(each) for each in refused.value.reasons] == [
        "还有1项未填：形象进度。没有变化的请填上期数。",
        "这些数有疑问，请改正或写明原因：累计支付。",
    ]
    (cell, *_) = form.form(HUANG, PROJECT, PERIOD).rows[0].cells
    assert (cell.last, cell.raw, cell.open) == ("2,164.00", "2100", True)
    fill(HUANGTU, {"physical": "—"})  # not known, and said so
    save(HUANG, edit("paid", HUANGTU, "2100", 1, reason="退回误付64万元"))
    review.submit(HUANG, PROJECT, PERIOD, HUANGTU)
    (change,) = review.compared(ZHOU, PROJECT, PERIOD)
    assert (change.place, change.field, change.before, change.after) == (HUANGTU, "paid", "2,164.00", "2,100.00")
    assert [str(each) for each in change.doubts] == ["低于上一期的2,164.00。累计数不会减少，请核对是不是本期数。"]
    assert change.reason == "退回误付64万元"


def test_what_is_compared_begins_with_the_doubts() -> None:
    give_places()
    open_march()
    fill(HUANGTU, {"paid": "2500", "physical": "60%"})
    fill(LIGANG, {"paid": "1000", "physical": "20%"})
    found = [(change.place, change.field, bool(change.doubts)) for change in review.compared(ZHOU, PROJECT, PERIOD)]
    assert found == [
        (LIGANG, "paid", True), (HUANGTU, "paid", False), (HUANGTU, "physical", False), (LIGANG, "physical", False),
    ]  # fmt: skip


def test_a_period_is_opened_with_all_that_is_wrong_told_at_once() -> None:
    with pytest.raises(NotAllowed) as refused:
        periods.open_period(ZHOU, PROJECT, date(2024, 12, 31), date(2024, 12, 30), ("bond_paid",), ("甲街道",))
    assert [str(each) for each in refused.value.reasons] == [
        "填报期限2024年12月30日早于数据截止日2024年12月31日。请核对日期。",
        "本项目已有截至2024年12月31日的数据；要改其中的数，请用“更正一个数”。",
        "“bond_paid”不能由街镇填报。",
        "本项目没有“甲街道”。请核对街镇。",
    ]
    with pytest.raises(NotAllowed) as refused:
        periods.open_period(ZHOU, PROJECT, date(2024, 9, 30), None, (), ())
    assert [str(each) for each in refused.value.reasons] == [
        "请填写填报期限。",
        "数据截止日2024年9月30日早于最近一期（2024年12月31日）。请填报之后的一期。",
        "请至少选一个数据项。",
        "请至少选一个街镇。",
    ]
    open_march()
    with pytest.raises(NotAllowed, match="截至2025年3月31日的填报期已经开着"):
        open_march()
    with pytest.raises(UnknownName):
        periods.report(ZHOU, PROJECT, "2030-01-01")


def test_the_next_period_begins_like_the_last() -> None:
    first = periods.suggestion(ZHOU, PROJECT)
    assert (first.as_of, first.due) == (MARCH, DUE)
    assert first.places == PLACES
    assert {"paid", "invested", "physical"} <= set(first.fields)
    assert "households" not in first.fields
    periods.open_period(ZHOU, PROJECT, MARCH, date(2025, 4, 5), ("paid",), (HUANGTU, LIGANG))
    after = periods.suggestion(ZHOU, PROJECT)
    assert (after.as_of, after.due) == (date(2025, 6, 30), date(2025, 7, 5))
    assert (after.fields, after.places) == (("paid",), (HUANGTU, LIGANG))


def test_nothing_counts_before_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    give_places()
    monkeypatch.setattr(clock, "now", lambda: clock.datetime(2025, 3, 30, 12))
    open_march()
    report(HUANGTU)
    approve(ZHOU, (HUANGTU,))
    with pytest.raises(NotAllowed, match="数据截止日2025年3月31日还没有到，不能生效"):
        review.release(WU, PROJECT, PERIOD)


def test_only_somebody_with_the_role_gets_a_place() -> None:
    with pytest.raises(UnknownName, match="“huang”没有本项目的填报人角色"):
        periods.assign(ZHOU, PROJECT, HUANGTU, "huang", given=True)
    give_places()
    assert [each.id for each in periods.candidates(ZHOU, PROJECT)] == ["huang", "li", "shen", "xia"]
    with pytest.raises(UnknownName, match="没有“甲街道”"):
        periods.assign(ZHOU, PROJECT, "甲街道", "huang", given=True)


def test_the_detail_of_the_last_period_goes_on() -> None:
    give_places()
    open_march()
    report(HUANGTU)
    approve(ZHOU, (HUANGTU,))
    release()
    now = facts(ZHOU, PROJECT)
    assert [group.amount for group in now.budget_groups] == [D(15000)]
    assert [line.households for line in now.renovation] == [4520, 8400, 6542, 6848]
    assert (OF[XIAGANG], OF[SHENGANG]) == (XIA, SHEN)
