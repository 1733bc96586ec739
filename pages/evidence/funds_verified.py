"""资金查验: the payments of the ledger that are to be looked at, by reason."""

from __future__ import annotations

import streamlit as st

from core.service.evidence import payments
from core.service.evidence.payments import REASONS, PaymentsView
from pages.shared import listing, state, tables
from pages.shared.reads import read
from pages.shared.words import plain, say, t

_REASON, _PAGE = "payment_reason", "payment_page"


def show(project: str) -> None:
    """The list, folded; without a ledger the line that says so."""
    view: PaymentsView | None = read(payments.payments_to_look_at, project, *_asked())
    if view is None:
        st.caption(plain(t("未导入付款台账，资金查验未做。付款台账可在“数据导入”页导入。")))
        return
    with st.expander(plain(say(view.headline)), key="funds_verified"):
        if view.reason is None:
            st.caption(plain(t("没有需要查看的付款。")))
            return
        labels: dict[str, str] = {reason: f"{say(REASONS[reason])} {count}" for reason, count in view.reasons.items()}
        state.segments(t("查看原因"), "reason", labels, _REASON)
        tables.rows(view.headings, view.lines, border="horizontal")
        listing.foot(
            t("共{count}笔", count=f"{view.found:,}"), view.headings, view.lines, view.file,
            key="payments_foot", pages=view.pages, page_key=_PAGE,
        )  # fmt: skip


def _asked() -> tuple[str | None, int]:
    """The reason that is chosen, and the page; another reason begins with its first."""
    reason = state.get("reason")
    if st.session_state.get("payment_reason_before") != reason:
        st.session_state["payment_reason_before"] = reason
        st.session_state.pop(_PAGE, None)
    return reason, int(st.session_state.get(_PAGE) or 1)
