"""The briefing as pictures: frames as PNG and PDF, and the A4 brief. One call a document; what is made has a 查验码."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.briefing.frames.frame import Frame
from core.errors import Message, UnknownName
from core.model.context import Context
from core.model.rights import Deed
from core.service import passports
from core.service.asking import asks
from core.service.briefing import file_name, matter
from core.service.manage import File

IDS = (
    "overview", "budget", "funding", "pace", "streets", "trend", "beneficiaries", "unit_costs", "scorecard",
    "deductions", "differences", "checks", "findings",
)  # fmt: skip
"""Every frame that there can be, in the order of a briefing."""


@dataclass(frozen=True)
class Picture:
    """One frame as it is shown, and as the file that is taken along."""

    frame: Frame
    svg: str
    png: File


@asks(Deed.SEE)
def frames(
    ctx: Context, project: str, round_id: str | None = None, checks: bool = False, baseline: str | None = None
) -> tuple[Frame, ...]:
    """The frames that there is something to show in, without codes; of the newest round unless one is named.

    Raises UnknownName, NotAllowed while the asker may not see the round's result.
    """
    from core.briefing.frames.frames import frames as made

    return made(matter(ctx, project, round_id, checks, baseline))


@asks(Deed.SEE)
def picture(
    ctx: Context, project: str, name: str, round_id: str | None = None, checks: bool = False,
    baseline: str | None = None,
) -> Picture:  # fmt: skip
    """One frame, to be shown and to be taken along.

    Raises UnknownName also where there is no such frame, InputError with what lint found, else as `frames`.
    """
    from core.briefing.frames import draw
    from core.briefing.frames.frames import frames as made

    known = matter(ctx, project, round_id, checks or name == "checks", baseline)
    every = made(known)
    found = next((each for each in every if each.id == name), None)
    if found is None:
        params = {"frame": name, "ids": tuple(each.id for each in every)}
        raise UnknownName(Message("没有图框“{frame}”。可用:{ids}。", params))
    stamped, (content,) = _pictures(ctx, project, (found,), round_id, known.checks is not None, baseline)
    called = Message("{project}_{frame}", {"project": known.facts.project.name, "frame": found.name})
    svg = draw.drawn(stamped, "svg").pages[0].decode()
    return Picture(stamped[0], svg, File(file_name(known, called, "png"), content))


@asks(Deed.SEE)
def frames_png(
    ctx: Context, project: str, round_id: str | None = None, checks: bool = False, baseline: str | None = None
) -> tuple[File, ...]:
    """All of them, a file each: 01_overview.png … Raises as `picture`."""
    every = frames(ctx, project, round_id, checks, baseline)
    found, pictures = _pictures(ctx, project, every, round_id, checks, baseline)
    named = zip(found, pictures, strict=True)
    return tuple(File(f"{n:02}_{frame.id}.png", content) for n, (frame, content) in enumerate(named, 1))


def _pictures(
    ctx: Context, project: str, found: tuple[Frame, ...], round_id: str | None, checks: bool, baseline: str | None
) -> tuple[tuple[Frame, ...], list[bytes]]:
    """Each with a code of its own that is put down (whoever sees a frame may look its code up), linted and drawn."""
    from core.briefing.frames import draw, lint

    views = [
        passports.view_of(ctx, project, "frame", frame=each.id, round_id=round_id, checks=checks, baseline=baseline)
        for each in found
    ]
    stamped = tuple(replace(each, passport=passports.passport(view)) for each, view in zip(found, views, strict=True))
    made = draw.drawn(stamped, "png")
    lint.passed(stamped, made.said)
    for view in views:
        passports.keep(ctx, view)
    return stamped, made.pages


@asks(Deed.SEE)
def frames_pdf(
    ctx: Context, project: str, round_id: str | None = None, checks: bool = False, baseline: str | None = None
) -> File:
    """All frames as pages of 16:9, text selectable. Raises as `picture`."""
    from core.briefing.frames import draw, lint
    from core.briefing.frames.frames import frames as made

    known = matter(ctx, project, round_id, checks, baseline)
    view = passports.view_of(ctx, project, "pdf", round_id=round_id, checks=checks, baseline=baseline)
    found = made(known, passports.passport(view))
    drawing = draw.drawn(found, "pdf")
    lint.passed(found, drawing.said)
    passports.keep(ctx, view)
    content = drawing.pages[0]
    return File(file_name(known, Message("{project}_图框", {"project": known.facts.project.name}), "pdf"), content)


@asks(Deed.SEE)
def brief_pdf(
    ctx: Context, project: str, round_id: str | None = None, checks: bool = False, baseline: str | None = None
) -> File:
    """The project on one page of A4. Raises as `frames`."""
    from core.briefing.brief.brief import brief_pdf as made

    known = matter(ctx, project, round_id, checks, baseline)
    view = passports.view_of(ctx, project, "brief", round_id=round_id, checks=checks, baseline=baseline)
    content = made(known, passports.passport(view))
    passports.keep(ctx, view)
    return File(file_name(known, Message("{project}_一页简报", {"project": known.facts.project.name}), "pdf"), content)
