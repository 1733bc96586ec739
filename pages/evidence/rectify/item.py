"""One finding: where it stands, who has to act by when, and the steps that may be taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import streamlit as st

from core.ingest.files.kept_kinds import ENDINGS
from core.model.context import Context
from core.model.rectification import Rectification
from core.model.rights import Deed
from core.model.storable import MOST_TEXT
from core.service.evidence import findings
from core.service.evidence.findings import KIND_WORDS, MOST_NAME
from pages.shared.download import SENT_IN, download_button
from pages.shared.errors import error_box
from pages.shared.fields import day_field, day_of, text_form
from pages.shared.session import context, key_of, may
from pages.shared.who import named
from pages.shared.words import bullets, plain, say, t


def show(here: str, found: Rectification) -> None:
    """What is known of the finding, with its next steps for those who may take them."""
    with st.container(key=f"finding_{found.point.id}", gap="xsmall"):
        heading = plain(t("经过"))
        st.caption(plain(" · ".join(_known(found))))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            _steps(here, found)
            _proof(here, found)
        st.markdown(f"**{heading}**")
        st.markdown(bullets(findings.sentences(found)))


def _known(found: Rectification) -> Iterator[str]:
    """Its kind, and what is known of it."""
    yield say(KIND_WORDS[found.point.kind])
    if found.owner:
        yield t("责任：{owner}", owner=found.owner)
    if found.due:
        yield t("期限：{due}", due=found.due)
    if found.point.source:
        yield t("来源：{source}", source=found.point.source)


def _steps(here: str, found: Rectification) -> None:
    name = found.point.id
    if found.state in ("open", "working") and may(Deed.ANSWER):
        label = t("开始整改") if found.state == "open" else t("修改责任或期限")
        _step(label, f"assign_open_{name}", partial(_assignment, here, found))
    if found.state == "working" and may(Deed.ANSWER):
        _step(t("报告已整改"), f"report_open_{name}", partial(_report, here, name))
    if found.state == "done" and may(Deed.REVIEW):
        said = partial(_said, t("复核意见（可不填）"), "review", findings.review, here, name)
        _step(t("复核通过"), f"review_open_{name}", said)
        _step(t("退回整改"), f"back_open_{name}", partial(_said, t("理由"), "back", findings.send_back, here, name))


def _step(label: str, key: str, form: Callable[[], None]) -> None:
    if named(label, key):
        with st.popover(label, width="content", key=key):
            form()


def _assignment(here: str, found: Rectification) -> None:
    name = found.point.id
    owner, due = key_of("owner", name), key_of("due", name)
    call = findings.start if found.state == "open" else findings.assign

    def done() -> None:
        with error_box():
            call(context(), here, name, st.session_state[owner] or "", day_of(due))

    with st.form(f"assign_{name}", border=False):
        st.text_input(t("责任单位（人）"), value=found.owner, key=owner, max_chars=MOST_NAME)
        day_field(t("整改期限"), due, found.due)
        st.form_submit_button(t("确定"), on_click=done)


def _report(here: str, name: str) -> None:
    of_proof, of_file, of_note = (key_of(field, name) for field in ("proof", "file", "note"))

    def done() -> None:
        file = st.session_state[of_file]
        stored = (file.name, file.getvalue()) if file is not None else None
        proof, note = (st.session_state[field] or "" for field in (of_proof, of_note))
        with error_box():
            findings.done(context(), here, name, proof, note, stored)

    with st.form(f"report_{name}", border=False):
        st.text_input(t("证明材料的名称或文号"), key=of_proof, max_chars=MOST_NAME)
        st.file_uploader(t("文件（可不传）"), type=list(ENDINGS), key=of_file)
        st.text_area(t("整改情况"), key=of_note, max_chars=MOST_TEXT, height=90)
        st.form_submit_button(t("报告已整改"), on_click=done)


def _said(label: str, field: str, call: Callable[[Context, str, str, str], object], here: str, name: str) -> None:
    key = key_of(field, name)
    text_form(f"form_{key}", key, label, t("确定"), lambda said: call(context(), here, name, said), clear=False)


def _proof(here: str, found: Rectification) -> None:
    proof = found.proof
    if proof.digest:
        download_button(
            t("下载证明材料"),
            partial(findings.proof_content, context(), here, found.point.id, proof.digest),
            proof.name,
            kind=SENT_IN,
            key=f"proof_of_{found.point.id}",
        )
    if proof.name:
        st.caption(plain(t("证明材料：{name}", name=proof.name)), width="content")
