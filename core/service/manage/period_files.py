"""本期数据 as a file: what one import reported, who stands for it, its digest; and such a file checked again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import InputError, Message, UnknownName
from core.model.context import Context
from core.model.rights import Deed
from core.service.base import batches
from core.service.base.asking import asks
from core.service.base.batches import Snapshot
from core.service.base.file import File
from core.service.base.reviewed import reviewed
from core.text import render, word
from core.text.file_text import file_name

if TYPE_CHECKING:
    from core.briefing.period_file import Kind, Period


@dataclass(frozen=True)
class FigureDiffers:
    """A figure of which a file says another value than the import; "": one of both does not have it."""

    place: str
    id: str
    in_file: str
    in_store: str


@dataclass(frozen=True)
class PeriodChecked:
    """A file of a period, held against what was imported."""

    batch: str
    state: batches.Kind
    differing: tuple[FigureDiffers, ...]
    digest_wrong: bool
    """The file does not have the digest that it states."""
    newer: str
    """The import of that day which counts instead, as after a correction; "": none."""

    @property
    def stands(self) -> bool:
        """True where the file says what was imported, and that counts."""
        return self.state == "released" and not (self.differing or self.digest_wrong or self.newer)


@asks(Deed.SEE)
def period_file(ctx: Context, project: str, batch: str, kind: Kind) -> File:
    """Write the figures of an import as .csv or .xlsx. Raises UnknownName; InputError for one that does not count."""
    from core.briefing.period_file import written

    period, snapshot = _period(ctx, project, batch)
    if snapshot.state != "released":
        params = {"batch": batch, "state": batches.STATES[snapshot.state]}
        raise InputError(Message("批次“{batch}”{state}，不能导出为本期数据。请选已生效的一期。", params), ())
    return File(called(period.name, batch, kind), written(period, kind))


def called(name: str, batch: str, kind: Kind) -> str:
    """Name the file by its project's name and its import, which has the day in it."""
    return file_name(kind, name, word("本期数据"), batch.partition("@")[2])


@asks(Deed.SEE)
def check(ctx: Context, file: File) -> PeriodChecked:
    """Hold a file of a period against the import that it names. Raises InputError for none, UnknownName."""
    from core.briefing.period_file import BATCH, DIGEST, ID, read

    found = read(file.content, file.name.lower().rpartition(".")[2])
    period, snapshot = _period(ctx, found.lines.get(ID, ""), found.lines.get(BATCH, ""))
    stored = {(x.place, x.id): x.text for x in period.figures}
    said = {(place, id_): value for place, id_, value in found.figures}
    differing = tuple(
        FigureDiffers(*key, said.get(key, ""), stored.get(key, ""))
        for key in dict.fromkeys((*stored, *said))
        if said.get(key) != stored.get(key)
    )
    wrong = not found.lines.get(DIGEST, "") == found.digest == period.digest
    return PeriodChecked(period.batch, snapshot.state, differing, wrong, _newer(ctx, period.project, snapshot))


def _period(ctx: Context, project: str, batch: str) -> tuple[Period, Snapshot]:
    from core.briefing.period_file import Period, figures

    snapshot, facts = batches.as_imported(ctx, project, batch)
    if snapshot.as_of is None:
        raise UnknownName(Message("批次“{batch}”没有截止日，没有本期数据。", {"batch": batch}))
    by, newer = reviewed(ctx, project, batch), _newer(ctx, project, snapshot)
    counts = Message("已由批次{newer}代替", {"newer": newer}) if newer else batches.STATES[snapshot.state]
    review_of = word("未经第二人复核") if by is None else by.sentence()
    state, review = (render(each, "zh_CN") for each in (counts, review_of))
    period = Period(project, facts.project.name, snapshot.as_of, batch, state, review, tuple(figures(facts)))
    return period, snapshot


def _newer(ctx: Context, project: str, snapshot: Snapshot) -> str:
    """The import of that day which counts, where that is another one; "": none."""
    of_day = (
        x.batch for x in batches.snapshots(ctx, project) if (x.as_of, x.state) == (snapshot.as_of, "released")
    )  # the newest first
    counting = next(of_day, snapshot.batch)
    return "" if counting == snapshot.batch else counting
