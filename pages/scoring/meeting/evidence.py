"""Evidence: a file for several items, shown small, opened by the browser's own viewer, linked, withdrawn, taken out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from core.ingest.files.kept_kinds import ENDINGS
from core.model.panel_events import EvidenceFile
from core.model.rights import Deed
from core.model.storable import MOST_TEXT
from core.service.base import identity, redaction
from core.service.scoring import item_records, opened_files
from core.service.scoring.rounds import RoundView, SheetView
from core.text.numbers import count
from pages.scoring import choose
from pages.shared.choices import apart
from pages.shared.download import SENT_IN, download_button
from pages.shared.empty import empty
from pages.shared.errors import refusal_box
from pages.shared.reads import kept, read, read_own
from pages.shared.session import actor, context, key_of, may, project
from pages.shared.who import named
from pages.shared.words import plain, say, struck, t

_WIDTH = 72
"""Pixels of a small picture."""


def show(view: RoundView, sheet: SheetView) -> None:
    """The files of a sheet, and the form for a new one."""
    st.header(t("佐证文件"), anchor=False)
    writable = may(Deed.SCORE if sheet.mine else Deed.CHAIR)
    changes = view.writable and actor().name is not None and writable
    if view.writable and writable and named(t("上传佐证"), "evidence"):
        with st.popover(t("上传佐证"), width="content"):
            _upload(sheet)
    by_id: dict[str, list[EvidenceFile]] = {}
    for file in read_own(item_records.evidence, project(), sheet.sheet.id):
        by_id.setdefault(file.id, []).append(file)
    if not by_id:
        empty(t("还没有佐证文件。"))
        return
    gone = read(redaction.redactions, project())
    # Only the server in deploy/ answers at these addresses.
    tokens = opened_files.tokens(context(), project(), sheet.sheet.id) if identity.guarded else {}
    for uses in by_id.values():
        with st.container(horizontal=True, vertical_alignment="center", border=True, key=f"file_{uses[0].id}"):
            _file(uses)
            if uses[0].digest in gone:
                st.caption(plain(say(gone[uses[0].digest])))
                continue
            _content(uses[0], tokens.get(uses[0].id))
            if changes:
                _changes(sheet, uses)
            if may(Deed.REDACT):
                _take_out(uses[0].id, uses[0].digest)


def _file(uses: Sequence[EvidenceFile]) -> None:
    """What it is and which items it backs; where it does not any longer, why."""
    file, counting = uses[0], [use.code for use in uses if use.withdrawn is None]
    with st.container(width="stretch", gap="xxsmall"):
        line = t(
            "{code} · {kind} · {name}（{size}字节） · {who}",
            code=" ".join(counting or [use.code for use in uses]),
            kind=say(file.kind),
            name=file.name,
            size=count(file.size),
            who=file.actor_name,
        )
        st.markdown(plain(line) if counting else struck(line))
        for use in uses:
            if use.withdrawn is not None:
                why = say(item_records.withdrawn_words(use.withdrawn))
                st.caption(plain(t("{code}：{what}", code=use.code, what=why)))


def _content(file: EvidenceFile, token: str | None) -> None:
    address = None if token is None else f"./opened/{token}"
    if file.media_type.startswith("image/"):
        picture = kept(
            ("small_picture", file.digest),
            lambda: item_records.small_picture(context(), project(), file.sheet, file.id),
        )
        if picture is not None:
            st.image(picture, width=_WIDTH, link=address, alt=file.name)
    if address is not None:
        st.link_button(t("查看"), address)
    download_button(
        t("下载"),
        partial(item_records.evidence_content, context(), project(), file.sheet, file.id),
        file.name,
        kind=SENT_IN,
        key=f"get_{file.id}",
    )


def _changes(sheet: SheetView, uses: Sequence[EvidenceFile]) -> None:
    """Linking to further items, and withdrawing with a reason."""
    file, counting = uses[0], [use.code for use in uses if use.withdrawn is None]
    names = choose.item_names(sheet.sheet.scheme)
    others = [code for code in names if code not in {use.code for use in uses}]
    if not counting:
        return
    more, less, why = (key_of(field, file.id) for field in ("link", "withdraw", "withdraw_reason"))

    def link() -> None:
        with refusal_box():
            item_records.link_evidence(context(), project(), file.sheet, file.id, st.session_state[more])

    def withdraw() -> None:
        codes = st.session_state.get(less, counting)
        with refusal_box():
            item_records.withdraw_evidence(
                context(), project(), file.sheet, file.id, codes, st.session_state[why] or ""
            )

    if others:
        with st.popover(t("用于更多指标"), width="content"), st.form(f"link_{file.id}", border=False):
            _items(names, others, more)
            st.form_submit_button(t("关联"), on_click=link)
    with st.popover(t("撤回"), width="content"), st.form(f"withdraw_{file.id}", border=False):
        st.markdown(t("文件留在记录里，不再作为所选指标的佐证。"))
        if len(counting) > 1:
            _items(names, counting, less, chosen=counting)
        st.text_input(t("撤回理由"), key=why, max_chars=MOST_TEXT)
        st.form_submit_button(t("撤回佐证"), on_click=withdraw)


def _items(names: dict[str, str], codes: Sequence[str], key: str, chosen: Sequence[str] = ()) -> None:
    st.multiselect(
        t("指标（可多选）"),
        codes,
        default=list(chosen),
        format_func=apart(names, names.__getitem__),
        key=key,
        placeholder=t("请选择"),
        select_all=False,  # its words are English
    )


def _take_out(file_id: str, digest: str) -> None:
    """Of the administrator: take a content out, with a reason."""
    key = f"redact_{file_id}"

    def done() -> None:
        with refusal_box():
            redaction.redact(context(), project(), digest, st.session_state[key])

    with st.popover(t("清除"), width="content"):
        st.markdown(t("违法或误传的文件：内容删去，记录和摘要保留，不能再存入，也不能恢复。"))
        st.text_input(t("理由和依据"), key=key, max_chars=MOST_TEXT)
        st.button(t("清除内容"), on_click=done, key=f"{key}_do")


def _upload(sheet: SheetView) -> None:
    of_codes, of_kind, of_files = (
        key_of(field, sheet.sheet.id) for field in ("evidence", "evidence_kind", "evidence_files")
    )

    def done() -> None:
        given = st.session_state
        codes, kind = given[of_codes], given[of_kind]
        with refusal_box():
            for file in given[of_files] or ():
                item_records.add_evidence(context(), project(), sheet.sheet.id, codes, kind, file.name, file.getvalue())

    names = choose.item_names(sheet.sheet.scheme)
    with st.form("evidence", border=False, clear_on_submit=True):
        _items(names, list(names), of_codes)
        st.selectbox(
            t("类别"), item_records.EVIDENCE_CLASSES, format_func=apart(item_records.EVIDENCE_CLASSES, say), key=of_kind
        )
        st.file_uploader(
            t("文件（PDF、图片、Office或csv、txt，每个不超过20MB）"),
            type=list(ENDINGS),
            accept_multiple_files=True,
            key=of_files,
        )
        st.form_submit_button(t("上传"), on_click=done)
