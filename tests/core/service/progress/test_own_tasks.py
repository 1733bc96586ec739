"""我的事项 on 总览：rows to report, one's own sheet, what is to be answered, findings in one's name, with days."""

from __future__ import annotations

from datetime import date

import pytest

from core.model.context import Actor, Context
from core.model.rights import Role, everywhere
from core.service.evidence import findings
from core.service.evidence.findings import FindingDraft
from core.service.manage.reporting import review
from core.service.progress import first_sight, own_tasks
from core.service.scoring import item_records, opening, scorecards, steps, taking_over, talk
from tests.core.lingang import PLACES
from tests.core.service.manage.reporting.people import HUANG, LI, PERIOD, PROJECT, ZHOU, give_places, open_march, report
from tests.core.service.people import LI as LI_SCORES
from tests.core.service.people import NOBODY, PANEL, WANG, answer_all_flags, has_submitted, score_all

CHIEF = Context(Actor("user:chen", "陈主任", everywhere(Role.CHIEF)))
EXPERT = Context(Actor("user:sun", "孙工", everywhere(Role.EVALUATOR)))

pytestmark = pytest.mark.usefixtures("store_path")


def own(ctx: Context) -> dict[str, tuple[str, str, str]]:
    seen = first_sight.first_sight(ctx, PROJECT)
    return {
        each.id: (str(each.what), str(each.why), each.page) for each in seen.decisions if each.id.startswith("own_")
    }


def test_who_reports_finds_their_street_until_it_is_submitted_and_again_when_it_comes_back() -> None:
    assert own(HUANG) == {}
    give_places()
    open_march()
    assert own(HUANG) == {
        f"own_report_{PERIOD}": ("请您填报：璜土镇，截至2025年3月31日的数", "2025年4月10日前报", "reporting")
    }
    assert own(ZHOU) == {}
    assert list(own(LI)) == [f"own_report_{PERIOD}"]
    report(PLACES[0])
    assert own(HUANG) == {}
    review.give_back(ZHOU, PROJECT, PERIOD, PLACES[0], "请附凭证")
    assert own(HUANG)[f"own_report_{PERIOD}"][1] == "已退回：请附凭证；2025年4月10日前报"


def test_an_evaluator_finds_their_own_sheet_until_it_is_submitted() -> None:
    sheet = opening.my_sheet(WANG, PROJECT, "r1")
    assert own(WANG)["own_sheet_r1"] == ("请您提交评分表：初评", "已评0/32项", "scorecard")
    score_all(WANG, sheet, {"A11": "0.50"})
    assert own(WANG)["own_sheet_r1"][1] == "已评32/32项"
    steps.submit(WANG, PROJECT, sheet.id)
    assert own(WANG) == {}


def test_a_finding_is_its_owners() -> None:
    (one,) = findings.add(ZHOU, PROJECT, [FindingDraft("problem", "资金未到位", "报告 五")])
    findings.start(ZHOU, PROJECT, one.id, "黄工", date(2025, 6, 30))
    assert own(HUANG) == {"own_findings": ("请您整改：1条", "最近的期限2025年6月30日", "findings")}
    assert own(LI) == {}
    findings.done(ZHOU, PROJECT, one.id, "拨款单")
    assert own(HUANG) == {}
    findings.send_back(CHIEF, PROJECT, one.id, "拨款单未盖章")
    assert own(HUANG)["own_findings"][1] == "已退回：拨款单未盖章；最近的期限2025年6月30日"


def test_a_remark_waits_for_whom_it_is_meant_for_until_they_answer() -> None:
    has_submitted(WANG, {})
    has_submitted(LI_SCORES, {})
    talk.remark(WANG, PROJECT, "r1", "C12", "请核", [LI_SCORES.actor.id])
    assert own(LI_SCORES)["own_talk_r1"] == ("请您回应讨论：初评，1条", "王工在C12的讨论中提到您", "panel")
    assert "own_talk_r1" not in own(WANG)
    talk.remark(LI_SCORES, PROJECT, "r1", "C12", "已核")
    assert "own_talk_r1" not in own(LI_SCORES)


def test_flags_of_the_panels_sheet_wait_for_a_chief_until_they_are_answered() -> None:
    has_submitted(WANG, {"C12": "1"})
    assert own(CHIEF) == {}
    taking_over.take_over(CHIEF, PROJECT, "r1")
    flags = scorecards.scorecard(CHIEF, PROJECT, PANEL).open_flags
    what, why, page = own(CHIEF)["own_flags_r1"]
    assert (what, page) == (f"请您答复提示：初评，{len(flags)}条", "panel")
    assert why == str(flags[0].message)
    assert "own_flags_r1" not in own(EXPERT)
    answer_all_flags(CHIEF)
    assert own(CHIEF) == {}


def test_comments_of_units_wait_for_a_chief_an_item_each_until_the_newest_has_an_answer() -> None:
    item_records.comment(ZHOU, PROJECT, "r1", "D41", "样本已补", "夏港街道")
    item_records.comment(ZHOU, PROJECT, "r1", "C12", "台账已补", "申港街道")
    item_records.comment(ZHOU, PROJECT, "r1", "C12", "台账已交", "申港街道")
    assert own(CHIEF)["own_comments_r1"] == ("请您答复意见：初评，2项", "夏港街道对D41的意见", "panel")
    assert own(ZHOU) == {} == own(EXPERT)
    item_records.reply(CHIEF, PROJECT, "r1", "D41", "采纳", "样本足够")
    assert own(CHIEF)["own_comments_r1"] == ("请您答复意见：初评，1项", "申港街道对C12的意见", "panel")
    item_records.reply(CHIEF, PROJECT, "r1", "C12", "不采纳", "台账不全")
    assert own(CHIEF) == {}


def test_they_are_counted_as_they_stand_in_the_list_and_for_nobody_without_a_name() -> None:
    give_places()
    open_march()
    (one,) = findings.add(ZHOU, PROJECT, [FindingDraft("problem", "资金未到位", "报告 五")])
    findings.start(ZHOU, PROJECT, one.id, "黄工", date(2025, 6, 30))
    assert own_tasks.count(HUANG, PROJECT) == 2 == len(own(HUANG))
    assert own_tasks.count(ZHOU, PROJECT) == 0 == own_tasks.count(NOBODY, PROJECT)
