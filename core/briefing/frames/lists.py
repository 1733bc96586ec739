"""Frames that are lists: 核对, 问题整改."""

from __future__ import annotations

from core.briefing.frames.builder import FrameBuilder
from core.briefing.frames.frame import Frame
from core.briefing.frames.names import FRAME_NAMES
from core.briefing.headlines import (
    CHECK_HEADINGS,
    CHECK_ORDER,
    FINDING_HEADINGS,
    check_rows,
    checked,
    finding_rows,
    in_order,
    remedied,
)
from core.checks.finding import STATUS_NAMES
from core.errors import Message
from core.text import word


def checks(make: FrameBuilder) -> Frame | None:
    """核对: contradictions and questions first. None: it was not chosen."""
    found = make.content.checks
    if found is None:
        return None
    called, basis = FRAME_NAMES["checks"], Message("现有数据和报告说法之间的核对")
    if not found:
        to_do = Message("现有数据不足以核对；导入数据后显示。")
        return make.nothing("checks", called, checked(found), word("项"), basis, to_do)
    counts = {status: sum(each.status == status for each in found) for status in CHECK_ORDER}
    return make.frame(
        "checks",
        called,
        checked(found),
        word("项"),
        basis,
        figures=[make.figure(STATUS_NAMES[status], str(number)) for status, number in counts.items()],
        tables=[make.table(CHECK_HEADINGS, check_rows(in_order(found)))],
    )


def findings(make: FrameBuilder) -> Frame:
    """问题整改: what was found, who puts it right by when."""
    called, basis = FRAME_NAMES["findings"], Message("已登记的问题与建议及其整改状态")
    if not make.content.remedies:
        to_do = Message("还没有登记问题与建议。")
        return make.nothing("findings", called, remedied(make.content), word("条"), basis, to_do)
    tables = [make.table(FINDING_HEADINGS, finding_rows(make.content))]
    return make.frame("findings", called, remedied(make.content), word("条"), basis, tables=tables, of_today=True)
