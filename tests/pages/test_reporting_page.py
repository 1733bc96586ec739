"""填报: a period is opened, people are given places, and what was submitted is returned, approved and released."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from core.model.context import Actor
from core.model.rights import Role, everywhere
from core.service.base import open_store
from core.service.base.project import facts
from core.service.manage.reporting import periods, review
from core.store import read, snapshots
from tests.core.detail import DETAIL
from tests.core.lingang import PLACES
from tests.core.service.manage.reporting.people import (
    HUANG,
    MARCH,
    PAID,
    PERIOD,
    PROJECT,
    ZHOU,
    edit,
    fill,
    give_places,
    list_communities,
    open_march,
    report,
    row,
    save,
    states,
)
from tests.pages.opening import key, opened

HUANGTU, XIAGANG, SHENGANG, LIGANG = PLACES
WU = Actor("browser-of-wu", "吴科长")
pytestmark = pytest.mark.usefixtures("store_path")


def app(part: str | None = None, actor: Actor | None = WU) -> AppTest:
    return opened("manage/reporting", actor, part)


def words(at: AppTest) -> str:
    shown = (*at.markdown, *at.caption, *at.info, *at.error, *at.warning)
    return "\n".join(element.value for element in shown).replace("\\", "").replace("\u2060", "")


def table(at: AppTest, number: int = 0) -> list[list[str]]:
    frame = at.table[number].value
    return [[str(cell).replace("\\", "").replace("\u2060", "") for cell in row] for row in frame.to_numpy().tolist()]


def press(at: AppTest, label: str) -> AppTest:
    return next(button for button in at.button if button.label == label).click().run()


def test_without_a_period_the_page_says_what_is_to_be_done_and_leads_there() -> None:
    at = app()
    assert "还没有填报期" in words(at)
    at = press(at, "开填报期")
    assert not at.exception
    assert at.text_input(key=key("period_day", str(MARCH))).value == "2025-03-31"
    assert at.text_input(key=key("period_due", str(MARCH))).value == "2025-04-10"


def test_a_period_is_opened_like_the_last_one() -> None:
    at = app("set_up")
    at.pills(key=key("period_fields", str(MARCH))).set_value(["paid", "physical"])
    at.pills(key=key("period_places", str(MARCH))).set_value([HUANGTU, LIGANG])
    press(at, "开填报期")
    period = periods.report(ZHOU, PROJECT, PERIOD).period
    assert (period.as_of, period.due) == (MARCH, date(2025, 4, 10))
    assert (period.fields, period.places) == (("paid", "physical"), (HUANGTU, LIGANG))


def test_all_that_is_wrong_with_a_new_period_is_told_at_once() -> None:
    at = app("set_up")
    at.text_input(key=key("period_due", str(MARCH))).set_value("2025-03-30")
    at.pills(key=key("period_fields", str(MARCH))).set_value([])
    press(at, "开填报期")
    assert "填报期限2025年3月30日早于数据截止日2025年3月31日" in words(at)
    assert "请至少选一个数据项" in words(at)


def test_how_far_each_street_is_and_what_it_has_changed_with_the_doubts() -> None:
    give_places()
    open_march()
    report(HUANGTU)
    fill(LIGANG, {"paid": "1300"})
    save(ZHOU, edit("paid", LIGANG, "1300", 1, reason="退回9万元"))
    fill(LIGANG, {"physical": "20%"})
    review.submit(ZHOU, PROJECT, PERIOD, LIGANG)
    at = app("review")
    assert not at.exception
    rows = {row[0]: row for row in table(at)}
    assert rows[HUANGTU][1:3] == ["黄工", "已提交（迟报）"]
    assert rows[XIAGANG][1:] == ["夏工", "填报中（已过期限）", "—", "2", "0"]
    assert rows[LIGANG][5] == "1"
    doubted = table(at, 2)
    assert doubted[0] == [
        "累计支付（万元）", "1,309.00", "1,300.00",
        "低于上一期的1,309.00。累计数不会减少，请核对是不是本期数。填报人说明：退回9万元",
    ]  # fmt: skip


def test_a_street_is_returned_approved_and_released_on_the_page() -> None:
    give_places()
    open_march()
    for place in PLACES:
        report(place)
    at = app("review")
    at.text_input(key=f"return_report/{PROJECT}/{PERIOD}/{HUANGTU}_reason").set_value("请附凭证")
    press(at, "退回")
    assert states()[HUANGTU] == "returned"
    review.submit(ZHOU, PROJECT, PERIOD, HUANGTU)
    at = press(app("review"), "复核通过全部已提交的4个街镇")
    assert set(states().values()) == {"reviewed"}
    at = press(at, "让已复核的4个街镇生效")
    assert "各街镇累计支付合计9,500.00万元，各资金来源已支付合计8,000.00万元" in words(at)
    assert [line.paid for line in facts(ZHOU, PROJECT).spend] == [2164, 2627, 1900, 1309]
    press(at, "确定")
    assert set(states().values()) == {"released"}
    assert [line.paid for line in facts(ZHOU, PROJECT).spend] == [Decimal(PAID[place]) for place in PLACES]


def test_what_cannot_count_any_longer_is_said_beside_the_button_that_returns_it() -> None:
    """第1村 is no longer in February's list: what was reported of it makes no snapshot, and the review goes on."""
    give_places()
    list_communities()
    open_march("paid", places=(HUANGTU,), communities=True)
    villages = [f"{HUANGTU}第{number}村" for number in range(1, 6)]
    save(HUANG, *(edit("paid", row(HUANGTU, name), "600") for name in villages))
    review.submit(HUANG, PROJECT, PERIOD, HUANGTU)
    store = open_store.store()
    february = replace(read.facts(store, PROJECT), batch=f"{PROJECT}@2025-02-28", as_of=date(2025, 2, 28))
    snapshots.add(store, february, ZHOU.actor, communities=DETAIL[1:])
    at = app("review")
    assert "小区明细里已没有“璜土镇”的“璜土镇第1村”。请退回后核对。" in words(at)
    at.text_input(key=f"return_report/{PROJECT}/{PERIOD}/{HUANGTU}_reason").set_value("请核对小区")
    press(at, "退回")
    assert states()[HUANGTU] == "returned"


def test_the_alarms_of_a_release_are_read_before_it() -> None:
    give_places()
    open_march()
    report(HUANGTU)
    # 2,500 of 15,000 × 4,520 ÷ 26,310 = 2,576.97, with 60 % of the work done.
    sentence = "璜土镇测算执行率为97.01%，形象进度为60.00%，相差37.01个百分点，超过20个百分点（测算值·非批复数）"
    for part in (None, "review"):
        assert "生效后会有这些预警：" in words(app(part))
        assert sentence in words(app(part))


def test_what_a_clerk_reported_alone_is_refused_with_its_sentence() -> None:
    open_march()
    who = ZHOU.actor
    report(HUANGTU, ZHOU)
    at = app("review", Actor("another-browser", who.name))
    press(at, "复核通过")
    assert states()[HUANGTU] == "submitted"


def test_a_reporter_has_the_form_alone() -> None:
    give_places()
    open_march()
    at = app(None, Actor("user:huang", "黄工", everywhere(Role.REPORTER)))
    assert not at.exception
    assert "内容" not in [each.label for each in at.segmented_control]
    assert "复核" not in words(at)


def test_a_project_may_have_imports_and_corrections_wait_too() -> None:
    at = app("set_up")
    at.toggle(key=key("review_rule")).set_value(True).run()
    assert not at.exception
    assert "吴科长于" in words(at)
    at = opened("manage/importing", WU, "batches")
    at.selectbox(key=key("fix_place")).set_value(HUANGTU).run()
    at.selectbox(key=key("fix_field")).set_value("paid").run()
    at.text_input(key=key("fix_new")).set_value("2163.5")
    at.text_input(key=key("fix_reason")).set_value("多录")
    at = press(at, "更正")
    assert any("更正待另一人复核" in toast.value for toast in at.toast)
    assert facts(ZHOU, PROJECT).spend[0].paid == 2164
    at = press(opened("manage/importing", Actor("browser-of-zhou", "周会计"), "batches"), "复核放行")
    assert facts(ZHOU, PROJECT).spend[0].paid == Decimal("2163.5")
