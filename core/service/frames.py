"""The briefing as pictures: frames as PNG, SVG and PDF, and the A4 brief; one call a document."""

from __future__ import annotations

from collections.abc import Hashable

from core.briefing.frames.frame import Frame
from core.errors import Message, UnknownName
from core.model.context import Context
from core.model.passport import Passport
from core.service.briefing import file_name, matter
from core.service.manage import File
from core.text import render

IDS = (
    "overview", "budget", "funding", "pace", "streets", "trend", "beneficiaries", "unit_costs", "scorecard",
    "deductions", "differences", "checks", "findings",
)  # fmt: skip
"""Every frame that there can be, in the order of a briefing."""


def frames(
    ctx: Context,
    project: str,
    round_id: str | None = None,
    checks: bool = False,
    passport: Passport | None = None,
) -> tuple[Frame, ...]:
    """The frames that there is something to show in; of the newest round unless one is named.

    Raises UnknownName, NotAllowed while the asker may not see the round's result.
    """
    from core.briefing.frames.frames import frames as made

    return made(matter(ctx, project, round_id, checks), passport)


def frame(
    ctx: Context,
    project: str,
    name: str,
    round_id: str | None = None,
    checks: bool = False,
    passport: Passport | None = None,
) -> Frame:
    """One of them. Raises UnknownName also where there is no such frame; else as `frames`."""
    found = frames(ctx, project, round_id, checks or name == "checks", passport)
    for each in found:
        if each.id == name:
            return each
    ids = tuple(each.id for each in found)
    raise UnknownName(Message("没有图框“{frame}”。可用:{ids}。", {"frame": name, "ids": ids}))


def frames_pdf(
    ctx: Context,
    project: str,
    round_id: str | None = None,
    checks: bool = False,
    passport: Passport | None = None,
) -> File:
    """All frames as a deck of 16:9 pages, text selectable. Raises InputError with what lint found; else as `frames`."""
    from core.briefing.frames import draw

    found = _linted(frames(ctx, project, round_id, checks, passport))
    return File(_name(ctx, found[0], project, Message("图框"), "pdf"), draw.pdf(found))


def frame_png(
    ctx: Context,
    project: str,
    name: str,
    round_id: str | None = None,
    checks: bool = False,
    passport: Passport | None = None,
) -> File:
    """One frame, 3200 × 1800 pixels. Raises as `frame`, InputError with what lint found."""
    from core.briefing.frames import draw

    found = frame(ctx, project, name, round_id, checks, passport)
    _linted((found,))
    return File(f"{found.id}.png", draw.png(found))
