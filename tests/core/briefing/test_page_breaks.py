"""Page breaks of the report by choice: which headings carry one, and that the code knows it."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from docx.oxml.ns import qn

from core.briefing.report_parts import ALWAYS_ANEW, MAY_BREAK, REPORT_PARTS
from core.commands.documents import export
from core.errors import NotAllowed
from core.model.paper import PaperChoice
from core.service.briefing import evaluation, kept_choices, paper, view_codes
from tests.core.service.people import PROJECT, WANG

pytestmark = pytest.mark.usefixtures("store_path")


def broken(content: bytes) -> list[str]:
    """Headings that carry a page break, but for the first chapter's, which is there anyhow."""
    mark = f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}"
    found = [each for each in Document(io.BytesIO(content)).paragraphs if each._p.find(mark) is not None]
    return [each.text for each in found if each.text not in ("目录", "基本情况")]


def test_without_a_choice_chapters_follow_each_other() -> None:
    assert broken(evaluation.report(WANG, PROJECT).content) == []


def test_the_parts_that_are_chosen_begin_on_a_new_page_in_the_reports_order() -> None:
    made = evaluation.report(WANG, PROJECT, PaperChoice(breaks=("documents", "remedies", "analysis")))
    assert broken(made.content) == ["绩效评价指标分析", "有关建议", "资料清单"]


def test_every_part_that_is_offered_can_begin_anew() -> None:
    made = evaluation.report(WANG, PROJECT, PaperChoice(breaks=tuple(MAY_BREAK)))
    assert broken(made.content) == [REPORT_PARTS[each] for each in REPORT_PARTS if each not in ALWAYS_ANEW]


def test_a_part_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(NotAllowed, match="没有报告部分“basics”。可用：procedure、conclusion"):
        evaluation.report(WANG, PROJECT, PaperChoice(breaks=("basics",)))


def test_the_code_stands_for_the_breaks_too() -> None:
    choice = PaperChoice(breaks=("analysis",))
    view, other = (paper.view_of(WANG, PROJECT, "docx", each) for each in (choice, PaperChoice()))
    assert view_codes.view_code(view) != view_codes.view_code(other)
    assert paper.again(view) == replace(choice, round=view.round, baseline=view.baseline)


def test_breaks_are_kept_with_a_choice_and_the_command_takes_them(tmp_path: Path) -> None:
    kept_choices.keep(WANG, PROJECT, "上会稿", PaperChoice(breaks=("lessons",)))
    kept, said, none = (tmp_path / f"{n}.docx" for n in range(3))
    run = CliRunner()
    for asked, file in ((["--as", "上会稿"], kept), (["--breaks", "remedies,other"], said)):
        assert run.invoke(export, ["docx", *asked, "--out", str(file)]).exit_code == 0
    assert run.invoke(export, ["docx", "--as", "上会稿", "--breaks", "", "--out", str(none)]).exit_code == 0
    assert broken(kept.read_bytes()) == ["主要经验及做法、存在的问题及原因分析"]
    assert broken(said.read_bytes()) == ["有关建议", "其他需要说明的问题"]
    assert broken(none.read_bytes()) == []
