"""资料清单 to send to the unit, and the evidence that has come: filed and given out again, never shown inline."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.model.rights import Deed, may_do
from core.service import panel, redaction
from core.service.panel import RoundView, SheetView
from core.text.numbers import count
from pages.shared import tables
from pages.shared.download import as_csv
from pages.shared.empty import empty
from pages.shared.errors import error_box
from pages.shared.reads import read_own
from pages.shared.session import actor, context, project
from pages.shared.words import plain, say, t


def show(view: RoundView) -> None:
    """What is missing, then what is there; of the sheet that the one who asks works on."""
    sheet = next((s for s in (view.panel, view.mine, *view.sheets) if s is not None and s.hidden is None), None)
    if sheet is None:
        empty(t("还没有可看的评分表。"))
        return
    _missing(sheet.sheet.id)
    _evidence(view, sheet)


def _missing(sheet: str) -> None:
    rows = read_own(panel.missing_inputs, project(), sheet)
    st.subheader(t("资料清单({count}项待补)", count=len(rows)), anchor=False)
    if not rows:
        empty(t("各项规则所需的资料已齐。"))
        return
    headings = [t("编号"), t("指标"), t("缺少的资料"), t("佐证")]
    cells = [[row.code, say(row.name), say(row.input), say(row.evidence_needed)] for row in rows]
    st.download_button(
        t("下载资料清单"),
        as_csv(headings, cells),
        file_name=t("资料清单") + ".csv",
        mime="text/csv",
        on_click="ignore",
    )
    tables.rows(headings, cells)


def _evidence(view: RoundView, sheet: SheetView) -> None:
    st.subheader(t("佐证文件"), anchor=False)
    if view.locked is None and actor().name is not None:
        with st.popover(t("上传佐证"), width="content"):
            _upload(sheet)
    files = read_own(panel.evidence, project(), sheet.sheet.id)
    if not files:
        empty(t("还没有佐证文件。"))
    gone = read_own(redaction.redactions, project())
    for file in files:
        with st.container(horizontal=True, vertical_alignment="center", border=True, key=f"file_{file.id}"):
            st.markdown(
                t(
                    "{code} · {kind} · {name}({size}字节) · {who}",
                    code=file.code,
                    kind=say(file.kind),
                    name=plain(file.name),
                    size=count(file.size),
                    who=plain(file.actor_name),
                )
            )
            if file.digest in gone:
                st.caption(plain(say(gone[file.digest])))
                continue
            if may_do(actor().grants, Deed.REDACT, project()):
                _take_out(file.id, file.digest)
            # Bound now: the download is made in another thread, where the session cannot be asked.
            st.download_button(
                t("下载"),
                partial(panel.evidence_content, context(), project(), file.sheet, file.id),
                file_name=file.name,
                mime="application/octet-stream",
                key=f"get_{file.id}",
                on_click="ignore",
            )


def _take_out(file_id: str, digest: str) -> None:
    """Of the administrator: take a content out, with a reason."""
    key = f"redact_{file_id}"

    def done() -> None:
        with error_box():
            redaction.redact(context(), project(), digest, st.session_state[key])

    with st.popover(t("清除"), width="content"):
        st.markdown(t("违法或误传的文件:内容删去,记录和摘要保留,不能再存入,也不能恢复。"))
        st.text_input(t("理由和依据"), key=key, max_chars=500)
        st.button(t("清除内容"), on_click=done, key=f"{key}_do")


def _upload(sheet: SheetView) -> None:
    names = {item.code: say(item.l3) for item in sheet.sheet.scheme.indicators}

    def done() -> None:
        given = st.session_state
        code, kind = given["evidence_code"], given["evidence_kind"]
        with error_box():
            for file in given["evidence_files"] or ():
                panel.add_evidence(context(), project(), sheet.sheet.id, code, kind, file.name, file.getvalue())

    with st.form("evidence", border=False, clear_on_submit=True):
        st.selectbox(t("指标"), list(names), format_func=lambda code: f"{code} {names[code]}", key="evidence_code")
        st.selectbox(t("类别"), panel.EVIDENCE_CLASSES, format_func=say, key="evidence_kind")
        st.file_uploader(
            t("文件(PDF、图片或Office,每个不超过20MB)"),
            type=list(panel.EVIDENCE_ENDINGS),
            accept_multiple_files=True,
            key="evidence_files",
        )
        st.form_submit_button(t("上传"), on_click=done)
