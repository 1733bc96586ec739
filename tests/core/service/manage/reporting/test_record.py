"""The record names each step of a reporting period with who took it; the chain of digests covers it."""

from __future__ import annotations

import re

import pytest

from core.service.base import batches
from core.service.manage import verifying
from core.service.manage.reporting import record, review
from tests.core.lingang import PLACES
from tests.core.service.manage.reporting.people import (
    HUANG,
    PERIOD,
    PROJECT,
    WU,
    ZHOU,
    approve,
    give_places,
    open_march,
    report,
)

pytestmark = pytest.mark.usefixtures("store_path")
HUANGTU, XIAGANG, SHENGANG, LIGANG = PLACES
BATCH = f"{PROJECT}@2025-03-31"


def told() -> list[str]:
    """Without the times."""
    return [re.sub(r"^\S+ \S+ ", "", str(each.message)) for each in record.steps(HUANG, PROJECT)]


def test_each_step_stands_in_the_record_with_who_took_it() -> None:
    assert told() == []
    give_places()
    open_march()
    report(HUANGTU)
    review.recall(HUANG, PROJECT, PERIOD, HUANGTU)
    review.submit(HUANG, PROJECT, PERIOD, HUANGTU)
    review.give_back(ZHOU, PROJECT, PERIOD, HUANGTU, "请附凭证")
    review.submit(HUANG, PROJECT, PERIOD, HUANGTU)
    approve(ZHOU, (HUANGTU,))
    agreed = ""
    try:
        review.release(WU, PROJECT, PERIOD)
    except review.Question as question:
        agreed = question.agreed
    review.release(WU, PROJECT, PERIOD, agreed)
    batches.withdraw(ZHOU, PROJECT, BATCH, "数有误")
    of = "截至2025年3月31日的填报："
    assert told() == [
        f"周会计，{of}开了填报期，2025年4月10日前报；街镇：璜土镇、夏港街道、申港街道、利港街道",
        f"黄工，{of}提交了璜土镇的数",
        f"黄工，{of}撤回了璜土镇的提交",
        f"黄工，{of}提交了璜土镇的数",
        f"周会计，{of}退回了璜土镇的数，理由：请附凭证",
        f"黄工，{of}提交了璜土镇的数",
        f"周会计，{of}复核通过了璜土镇的数",
        f"吴科长，{of}使其生效，批次{BATCH}；夏港街道、申港街道、利港街道未报，沿用上期数",
        f"周会计，{of}撤回了已生效的批次{BATCH}，理由：数有误",
    ]
    assert verifying.verify(ZHOU, PROJECT).problems == ()
