"""资料清单 to send to the unit, and the evidence that has come: filed and given out again, never shown inline."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.service.base import project as service
from core.service.scoring import item_records
from core.service.scoring.rounds import RoundView, SheetView
from core.text.file_text import file_stem
from core.text.numbers import MISSING
from pages.scoring.meeting import evidence
from pages.shared import tables
from pages.shared.choices import apart
from pages.shared.download import download_table
from pages.shared.empty import empty
from pages.shared.reads import read, read_own
from pages.shared.session import key_of, project
from pages.shared.words import say, t


def show(view: RoundView) -> None:
    """What is missing, then what is there; of the sheet that the one who asks works on, or another that they choose."""
    found = {s.sheet.id: s for s in (view.panel, view.mine, *view.sheets) if s is not None and s.hidden is None}
    if not found:
        empty(t("还没有可看的评分表。"))
        return
    chosen = next(iter(found))
    if len(found) > 1:
        show_name = apart(found, lambda each: say(found[each].name))
        chosen = st.selectbox(
            t("评分表"), list(found), format_func=show_name, key=key_of("dossier", view.id), width=320
        )
    _missing(found[chosen])
    evidence.show(view, found[chosen])


def _missing(sheet: SheetView) -> None:
    rows = read_own(item_records.missing_inputs, project(), sheet.sheet.id)
    st.header(t("资料清单（{count}项待补）", count=sum(not row.received for row in rows)), anchor=False)
    if not rows:
        empty(t("各项规则所需的资料已齐。"))
        return
    headings = [t("编号"), t("指标"), t("缺少的资料"), t("佐证"), t("已收到")]
    cells = [
        [row.code, say(row.name), say(row.input), say(row.evidence_needed), _received(row.received)] for row in rows
    ]
    called = file_stem(say(read(service.facts, project()).project.name), say(sheet.title), t("资料清单"))
    download_table(t("下载资料清单"), headings, cells, called)
    tables.rows(headings, cells)


def _received(names: Sequence[str]) -> str:
    return f"✓ {'、'.join(names)}" if names else MISSING
