"""Evidence of several items: linked, withdrawn with a reason, what counts then, what the record and the list say."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from core.errors import NameNeeded, NotAllowed, UnknownName
from core.model.context import Context, Version
from core.model.panel_events import EvidenceFile
from core.service.base import open_store, redaction
from core.service.briefing import content
from core.service.scoring import history, item_records, meeting, opened_files, scorecards, taking_over
from core.store import clock
from tests.core.service.people import (
    LI,
    NOBODY,
    PANEL,
    PROJECT,
    WANG,
    WORKING,
    edit,
    has_submitted,
    save,
)
from tests.core.small_files import DOCX, pdf, picture
from tests.core.store.test_row_digests import OPERATOR_HERE

pytestmark = pytest.mark.usefixtures("store_path")
PDF = pdf()


def filed(*codes: str, name: str = "批复.pdf", content: bytes = PDF) -> str:
    return item_records.add_evidence(WANG, PROJECT, WORKING, codes, "正式资料", name, content).id


def uses(file_id: str, ctx: Context = WANG) -> dict[str, bool]:
    """Code -> whether it counts."""
    found = item_records.evidence(ctx, PROJECT, WORKING)
    return {file.code: file.withdrawn is None for file in found if file.id == file_id}


def received(sheet: str = WORKING) -> dict[str, tuple[str, ...]]:
    return {row.code: row.received for row in item_records.missing_inputs(WANG, PROJECT, sheet) if row.received}


def unbacked() -> set[str]:
    return {flag.code for flag in scorecards.scorecard(WANG, PROJECT).flags if flag.kind == "no_evidence"}


def test_one_file_backs_several_items_and_ticks_them_off() -> None:
    save(WANG, WORKING, edit("A11", 1, "2"), edit("A12", 1, "2"))
    assert {"A11", "A12"} <= unbacked()
    file = filed("A11", "A12", "A11")
    assert uses(file) == {"A11": True, "A12": True}
    assert received() == {"A11": ("批复.pdf",), "A12": ("批复.pdf",)}
    assert not {"A11", "A12"} & unbacked()
    with open_store.store().reading() as session:
        assert session.run_on("evidence_bytes", "table_rows") == [("evidence_bytes", 1)]
    item_records.link_evidence(LI, PROJECT, WORKING, file, ["A13"])
    assert received()["A13"] == ("批复.pdf",)
    linked = item_records.evidence(WANG, PROJECT, WORKING, "A13")[0]
    assert (linked.id, linked.actor_name) == (file, "李工")


def test_one_that_is_withdrawn_stays_on_record_and_does_not_count() -> None:
    save(WANG, WORKING, edit("A11", 1, "2"), edit("A12", 1, "2"))
    file = filed("A11", "A12")
    then = replace(WANG, version=Version(moment=clock.now()))
    item_records.withdraw_evidence(LI, PROJECT, WORKING, file, ["A11"], " 盖章\u3000不全 ")
    assert uses(file) == {"A11": False, "A12": True}
    assert uses(file, then) == {"A11": True, "A12": True}
    assert received() == {"A12": ("批复.pdf",)}
    assert unbacked() & {"A11", "A12"} == {"A11"}
    told = [each for each in history.timeline(WANG, PROJECT, "r1") if "批复.pdf" in str(each.message)]
    assert [(each.code, each.struck) for each in told] == [("A11", True), ("A12", False), ("A11", False)]
    assert "为A11 立项依据充分性存入佐证《批复.pdf》（正式资料）" in str(told[0].message)
    assert "李工" in str(told[2].message)
    assert "撤回A11 立项依据充分性的佐证《批复.pdf》，理由：盖章\u3000不全" in str(told[2].message)
    assert [each.struck for each in history.item_history(WANG, PROJECT, WORKING, "A11")][-2:] == [True, False]
    item_records.withdraw_evidence(WANG, PROJECT, WORKING, file, ["A12"], "重复")
    assert received() == {}
    # It is still given back, and can be filed anew.
    assert item_records.evidence_content(WANG, PROJECT, WORKING, file) == PDF
    again = filed("A11")
    assert (uses(again), received()) == ({"A11": True}, {"A11": ("批复.pdf",)})


def test_what_is_asked_of_a_link_and_a_withdrawal() -> None:
    file = filed("A11", "A12")
    withdraw, link = item_records.withdraw_evidence, item_records.link_evidence
    with pytest.raises(NotAllowed, match="请写明撤回的理由"):
        withdraw(WANG, PROJECT, WORKING, file, ["A11"], " \u3000")
    with pytest.raises(NotAllowed, match="请选择指标"):
        withdraw(WANG, PROJECT, WORKING, file, [], "误传")
    with pytest.raises(NotAllowed, match="请选择指标"):
        link(WANG, PROJECT, WORKING, file, [])
    with pytest.raises(NameNeeded):
        withdraw(NOBODY, PROJECT, WORKING, file, ["A11"], "误传")
    with pytest.raises(NameNeeded):
        link(NOBODY, PROJECT, WORKING, file, ["A13"])
    for code, name in (("Z99", file), ("A13", file), ("A11", "none")):
        with pytest.raises(UnknownName):
            withdraw(WANG, PROJECT, WORKING, name, [code], "误传")
    for code, name in (("Z99", file), ("A13", "none")):
        with pytest.raises(UnknownName):
            link(WANG, PROJECT, WORKING, name, [code])
    with pytest.raises(NotAllowed, match="已经用于A11"):
        link(WANG, PROJECT, WORKING, file, ["A13", "A11"])
    withdraw(LI, PROJECT, WORKING, file, ["A11"], "误传")
    with pytest.raises(NotAllowed, match=r"已由李工于.*撤回，理由：误传"):
        withdraw(WANG, PROJECT, WORKING, file, ["A11", "A12"], "误传")
    with pytest.raises(NotAllowed, match="已从A11撤回"):
        link(WANG, PROJECT, WORKING, file, ["A11"])
    withdraw(WANG, PROJECT, WORKING, file, ["A12"], "误传")
    with pytest.raises(NotAllowed, match="已撤回，不能再关联"):
        link(WANG, PROJECT, WORKING, file, ["A13"])
    assert uses(file) == {"A11": False, "A12": False}


def test_the_panel_sees_what_came_with_the_draft_and_an_expert_s_own_sheet_stays_theirs() -> None:
    mine = has_submitted(WANG, {})
    file = filed("A11")
    filed("A12", name="已撤.pdf", content=pdf("other"))
    item_records.withdraw_evidence(WANG, PROJECT, WORKING, next(f.id for f in _on("A12")), ["A12"], "误传")
    has_submitted(LI, {})
    item_records.add_evidence(WANG, PROJECT, mine.id, "A13", "工作资料", "我的.pdf", PDF)
    taking_over.take_over(LI, PROJECT, "r1")
    assert received(PANEL) == {"A11": ("批复.pdf",)}
    board = {item.indicator.code: item.evidence for item in meeting.meeting(WANG, PROJECT, "r1").items}
    assert [each.id for each in board["A11"]] == [file]
    assert board["A12"] == ()
    assert received(mine.id) == {"A11": ("批复.pdf",), "A13": ("我的.pdf",)}


def _on(code: str) -> tuple[EvidenceFile, ...]:
    return item_records.evidence(WANG, PROJECT, WORKING, code)


def test_documents_say_which_are_withdrawn() -> None:
    file = filed("A11", "A12")
    item_records.withdraw_evidence(LI, PROJECT, WORKING, file, ["A11"], "误传")
    found = content.evaluation_of(WANG, PROJECT, "r1")
    first, second = found.filed
    assert (first.file.code, second.title) == ("A11", "批复.pdf")
    assert first.title.startswith("批复.pdf（已由李工于")
    assert first.title.endswith("撤回，理由：误传）")
    wanted = {each.code: each.evidence for each in found.wanted}
    assert wanted["A12"] == "已收到：批复.pdf"
    assert wanted["A11"] == "立项依据文件"


def test_a_picture_is_made_small_and_a_document_is_none() -> None:
    file = filed("A11", name="现场.png", content=picture())
    small = item_records.small_picture(LI, PROJECT, WORKING, file)
    assert small is not None
    assert small.startswith(b"\xff\xd8\xff")
    assert item_records.small_picture(LI, PROJECT, WORKING, filed("A12")) is None


class TestOpened:
    def test_a_pdf_and_a_picture_are_opened_by_who_has_seen_the_list(self) -> None:
        file, shown = filed("A11", "A12"), filed("A11", name="现场.png", content=picture())
        filed("A11", name="说明.docx", content=DOCX)
        tokens = opened_files.tokens(LI, PROJECT, WORKING)
        assert set(tokens) == {file, shown}
        assert tokens == opened_files.tokens(LI, PROJECT, WORKING)
        assert not set(tokens.values()) & set(opened_files.tokens(WANG, PROJECT, WORKING).values())
        one = opened_files.opened(tokens[file], None)
        assert (one.name, one.media_type, one.content) == ("批复.pdf", "application/pdf", PDF)
        assert opened_files.opened(tokens[shown], LI.actor).media_type == "image/png"

    def test_another_person_an_unknown_and_an_old_address_open_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        file = filed("A11")
        token = opened_files.tokens(LI, PROJECT, WORKING)[file]
        for name, who in (("0" * 64, None), (token, WANG.actor)):
            with pytest.raises(UnknownName, match="已失效"):
                opened_files.opened(name, who)
        # Whoever has lost their role meanwhile is refused by the rights.
        with pytest.raises(NotAllowed):
            opened_files.opened(token, replace(LI.actor, grants=frozenset()))
        later = time.monotonic() + opened_files.WITHIN + 1
        monkeypatch.setattr(time, "monotonic", lambda: later)
        with pytest.raises(UnknownName, match="已失效"):
            opened_files.opened(token, None)

    def test_what_was_taken_out_is_not_opened(self) -> None:
        file = filed("A11")
        token = opened_files.tokens(LI, PROJECT, WORKING)[file]
        digest = item_records.evidence(LI, PROJECT, WORKING)[0].digest
        redaction.redact(OPERATOR_HERE, PROJECT, digest, "误传")
        with pytest.raises(NotAllowed, match="误传"):
            opened_files.opened(token, None)

    def test_only_so_many_addresses_are_known(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(opened_files, "MOST", 1)
        first, second = filed("A11"), filed("A12", content=pdf("other"))
        tokens = opened_files.tokens(LI, PROJECT, WORKING)
        with pytest.raises(UnknownName):
            opened_files.opened(tokens[first], None)
        assert opened_files.opened(tokens[second], None).content == pdf("other")
