"""我的事项 on 总览：rows to report, one's own sheet, findings in one's name, each with its day."""

from __future__ import annotations

from datetime import date

import pytest

from core.model.context import Context
from core.service.evidence import findings
from core.service.evidence.findings import FindingDraft
from core.service.manage.reporting import review
from core.service.progress import first_sight
from core.service.scoring import opening, steps
from tests.core.lingang import PLACES
from tests.core.service.manage.reporting.people import HUANG, LI, PERIOD, PROJECT, ZHOU, give_places, open_march, report
from tests.core.service.people import WANG, score_all

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
