"""All documents of a project in one file."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time

from core.errors import Message
from core.model.context import Context
from core.model.paper import DEFAULT, PaperChoice
from core.model.rights import Deed
from core.service.base import project as projects
from core.service.base.asking import asks
from core.service.base.file import File
from core.service.briefing import evaluation, frames, slide_deck
from core.text import render
from core.text.file_text import file_name


@asks(Deed.SEE)
def all_documents(ctx: Context, project: str, choice: PaperChoice = DEFAULT) -> File:
    """Slides, report, workbook, all frames and the brief on one sheet of A4, as one .zip.

    Raises as each of them: where one may not be made, none is.
    """
    made = [
        slide_deck.deck(ctx, project, choice),
        evaluation.report(ctx, project, choice),
        evaluation.workbook(ctx, project, choice),
        frames.frames_pdf(ctx, project, choice),
        frames.brief_pdf(ctx, project, choice),
    ]
    facts = projects.facts(ctx, project)
    # The day of the figures, so that the same figures give the same file.
    day = datetime.combine(facts.as_of, time()).timetuple()[:6]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:  # each is packed already
        for each in made:
            archive.writestr(zipfile.ZipInfo(each.name, day), each.content)
    named = render(Message("{project}_全部文件", {"project": facts.project.name}), ctx.language)
    said = tuple(line for each in made for line in each.said)
    return File(file_name("zip", named, day=facts.as_of), stream.getvalue(), said)
