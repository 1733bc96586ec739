"""The evaluation as documents: a report in Word and a workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from core.briefing.content import BriefingContent
from core.errors import Message
from core.model.context import Context
from core.model.paper import DEFAULT, PaperChoice
from core.model.rights import Deed
from core.service.base.asking import asks
from core.service.base.file import File
from core.service.briefing import paper, view_codes
from core.service.briefing.content import evaluation_of
from core.text import render, word
from core.text.amounts import usual
from core.text.file_text import file_name


@asks(Deed.SEE)
def report(ctx: Context, project: str, choice: PaperChoice = DEFAULT) -> File:
    """The evaluation report as .docx.

    Raises UnknownName, NotAllowed for a choice that is none, and while the asker may not see the round's result.
    """
    from core.briefing.report import report_docx

    return _made(ctx, project, choice, "docx", _REPORT, report_docx)


@asks(Deed.SEE)
def report_in(ctx: Context, project: str, template: bytes, choice: PaperChoice = DEFAULT) -> File:
    """The same as `report` in a template of one's own (.docx); the file says what it lacks.

    Raises NoTemplate, UnknownName, NotAllowed.
    """
    from core.briefing.report import report_in_template

    said: list[Message] = []

    def make(found: BriefingContent) -> bytes:
        content, lacks = report_in_template(found, template)
        said.extend(lacks)
        return content

    made = _made(ctx, project, choice, "docx", _REPORT, make, paper.digest(template))
    return replace(made, said=tuple(said))


@asks(Deed.SEE)
def workbook(ctx: Context, project: str, choice: PaperChoice = DEFAULT) -> File:
    """The evaluation's tables as .xlsx: cover, scores, deductions, evidence, experts, workings. Raises as `report`."""
    from core.briefing.workbook import workbook_xlsx

    return _made(ctx, project, choice, "xlsx", word("绩效评价工作簿"), workbook_xlsx)


_REPORT = word("绩效评价报告")


def _made(
    ctx: Context, project: str, choice: PaperChoice, kind: str, name: str, make: Callable[[BriefingContent], bytes],
    template: str = "",
) -> File:  # fmt: skip
    # They hold all checks and all planned times, whatever is chosen.
    choice = replace(choice, checks=False, baseline=None)
    ctx = replace(ctx, unit=usual(ctx.language))
    view = paper.view_of(ctx, project, kind, choice, template=template)
    found = paper.marked(evaluation_of(ctx, project, choice.round, names=choice.names), view)
    content = make(found)
    view_codes.keep(ctx, view)
    of_round = "" if found.score is None else render(found.score.round, ctx.language)
    return File(file_name(kind, found.title, of_round, render(name, ctx.language), day=found.facts.as_of), content)
