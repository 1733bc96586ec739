"""What is laid ready by schedule: the briefing of every project, with what crosses an alarm limit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from core.errors import Message, RenewalError
from core.model.context import Context
from core.model.rights import Deed
from core.service.base.asking import asks
from core.service.base.file import File
from core.service.base.moments import local
from core.service.base.project import projects
from core.service.briefing import frames, kept_choices, slide_deck
from core.service.evidence import alarms
from core.text import render, word

KINDS = {"pptx": slide_deck.deck, "pdf": frames.frames_pdf, "brief": frames.brief_pdf}
"""Slides, all frames, and the brief on one sheet of A4."""
ALARMS = word("预警")


@dataclass(frozen=True)
class ScheduledFile:
    """A file of one project, or why it could not be made."""

    project: str
    kind: str
    """pptx, pdf, brief, alarms."""
    file: File | None
    problem: Message | None = None


def folder_of(moment: datetime) -> str:
    """What the folder of that moment (naive UTC) is called: 20241231-103200."""
    return f"{local(moment):%Y%m%d-%H%M%S}"


@asks(Deed.SEE_ALL)
def scheduled_files(ctx: Context) -> Iterator[ScheduledFile]:
    """One after the other, every project's briefing, as its default choice asks, and alarms.

    What cannot be made keeps nothing else from being made.

    Raises StoreError.
    """
    for project in projects(ctx):
        chosen = kept_choices.default(ctx, project.id)
        for kind, make in KINDS.items():
            try:
                yield ScheduledFile(project.id, kind, make(ctx, project.id, chosen))
            except RenewalError as error:
                yield ScheduledFile(project.id, kind, None, error.message)
        name = f"{render(ALARMS, ctx.language)}.txt"
        yield ScheduledFile(project.id, "alarms", File(name, alarm_text(ctx, project.id).encode()))


@asks(Deed.SEE)
def alarm_text(ctx: Context, project: str) -> str:
    """The project's alarms as lines of text, with what they are compared with and the limits."""
    view = alarms.alarms(ctx, project)
    lines = tuple(" ".join(cell for cell in row if cell) for row in view.table.rows)
    said: tuple[Message | str, ...] = (view.title, view.compared, *(lines or (alarms.NONE,)), view.limits)
    return "".join(f"{render(each, ctx.language)}\n" for each in said)
