"""Frames that are lists: 核对, 问题整改."""

from __future__ import annotations

from core.briefing.findings import CHECK_ORDER, REMEDY_KINDS, checked, in_order, remedied
from core.briefing.frames.frame import Frame
from core.briefing.frames.maker import Maker
from core.checks.finding import STATUS_NAMES, Finding
from core.errors import Message
from core.text import word
from core.text.numbers import MISSING


def checks(make: Maker, found: tuple[Finding, ...]) -> Frame:
    """核对: contradictions and questions first."""
    called, basis = word("核对"), Message("现有数据和报告说法之间的核对")
    if not found:
        to_do = Message("现有数据不足以核对;导入数据后显示。")
        return make.nothing("checks", called, checked(found), word("项"), basis, to_do)
    table = make.table(
        (word("核对"), word("结果"), word("说明")),
        [(each.title, STATUS_NAMES[each.status], each.message) for each in in_order(found)],
    )
    counts = {status: sum(each.status == status for each in found) for status in CHECK_ORDER}
    return make.frame(
        "checks",
        called,
        checked(found),
        word("项"),
        basis,
        figures=[make.figure(STATUS_NAMES[status], str(number)) for status, number in counts.items()],
        tables=[table],
    )


def findings(make: Maker) -> Frame:
    """问题整改: what was found, who puts it right by when."""
    called, basis = word("问题整改"), Message("已登记的问题与建议及其整改状态")
    remedies = make.matter.remedies
    if not remedies:
        to_do = Message("还没有登记问题与建议。")
        return make.nothing("findings", called, remedied(make.matter), word("条"), basis, to_do)
    headings = (word("类别"), word("问题或建议"), word("整改状态"), word("责任单位(人)"), word("整改期限"))
    rows = [
        (REMEDY_KINDS[each.kind], each.text, each.state, each.owner or MISSING, each.due or MISSING)
        for each in remedies
    ]
    return make.frame("findings", called, remedied(make.matter), word("条"), basis, tables=[make.table(headings, rows)])
