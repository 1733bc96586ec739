"""What a score table would become: its round, its scheme, a sheet for each column of points that is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from core.errors import Message, RenewalError
from core.ingest.score_tables.items import ScoreRow
from core.ingest.score_tables.points_columns import PointsColumn, Stage
from core.ingest.score_tables.scorecard import ScorecardFile
from core.model.context import Actor
from core.model.panel_events import RoundKind, RoundSetting
from core.model.scorecard import FINEST, GradeScheme, Indicator, Scheme, Sheet, SheetTarget, Status
from core.scoring.leading_sheet import reviewed
from core.scoring.round_state import working_id
from core.scoring.undoing import edit_id, new_step
from core.service.base.file import File
from core.service.base.project import round_titles
from core.service.manage.scheme_files import Imported, added_scheme, equal_scheme, next_version
from core.service.manage.versioned_files import free_id, slug
from core.service.scoring.rounds import KIND_WORDS, event_of
from core.store import logs, read, write
from core.store.database import Store
from core.store.imports import NewProject, NewRound, NewSheet, NewSheets
from core.text import render, word
from core.text.marks import without_width

ROUND = "r1"
"""First round of a project."""
SELF_ROUND = "self"
"""In place of a round's id: the project's round of 自评, opened where it has none."""
GRADES = "mof"
"""Grades of a new project."""
_MOST_NAME = 40
_TABLE_WORDS = re.compile(r"(绩效|自评|初评|评价|指标|体系)*(评分|打分|得分)(明细|汇总|情况)?表$")
"""Words of a title that are about the table and not the project."""


class SeveralRounds(RenewalError):  # noqa: N818 - it reads as what it is
    """More than one round and none named."""


@dataclass(frozen=True)
class Planned:
    """The sheets that a file would make."""

    new: NewSheets
    scheme: Scheme
    new_scheme: bool
    file: ScorecardFile
    joined: frozenset[str]
    """The rounds that are there already."""

    @property
    def imported(self) -> Imported:
        """Result of writing it."""
        first = self.new.sheets[0].sheet
        made = tuple(each.sheet.id for each in self.new.sheets)
        return Imported(self.scheme, self.new_scheme, first.project, first.id, self.file.notes, made)


def planned(
    store: Store,
    file: File,
    found: ScorecardFile,
    project: str | None,
    asked: str | None,
    actor: Actor,
    *,
    others: bool,
) -> Planned:
    """Plan the sheets. `asked`: the round, an id or `SELF_ROUND`. `others`: every column of points is a sheet.

    Raises UnknownName, SeveralRounds.
    """
    made = _Making(store, file, found, project, actor)
    first = made.round(asked or (SELF_ROUND if found.self_assessed else None))
    scheme, new_scheme = made.scheme(first.id)
    sheets = [made.sheet(first, found.rows, scheme, None)]
    for column, rows in found.others if others else ():
        of = made.round(SELF_ROUND) if column.stage is Stage.SELF else first
        sheets.append(made.sheet(of, rows, scheme, column))
    new = NewSheets(sheets, made.new_project, scheme if new_scheme else None, tuple(made.opened.values()))
    return Planned(new, scheme, new_scheme, found, frozenset(made.joined))


class _Making:
    """Rounds and sheets planned so far."""

    def __init__(self, store: Store, file: File, found: ScorecardFile, project: str | None, actor: Actor) -> None:
        self.store, self.found, self.project, self.actor = store, found, project, actor
        self.stem = Path(file.name).stem
        self.new_project = None if project is not None else _new_project(store, found, self.stem)
        self.of = project if self.new_project is None else self.new_project.id
        self.known = read.schemes(store)
        self.events: tuple[RoundSetting, ...] = () if project is None else logs.rounds(store, project)
        self.sheets = {} if project is None else {sheet.id: sheet for sheet in read.sheets(store, project)}
        self.taken = set(self.sheets)
        self.opened: dict[str, NewRound] = {}
        self.joined: set[str] = set()

    def round(self, asked: str | None) -> NewRound:
        """The round that is meant, opened where it has to be."""
        if asked == SELF_ROUND:
            there = [event.round for event in self.events if event.self_assessed]
            return self._there(there[-1], RoundKind.SELF) if there else self._open(RoundKind.SELF)
        if asked is not None and self.project is not None:
            return self._there(event_of(self.store, self.project, asked).round, RoundKind.INITIAL)
        judged = [event for event in self.events if not event.self_assessed]
        if len(judged) > 1:
            raise SeveralRounds(self._several())
        return self._there(judged[0].round, RoundKind.INITIAL) if judged else self._open(RoundKind.INITIAL)

    def _there(self, name: str, kind: RoundKind) -> NewRound:
        self.joined.add(name)
        return NewRound(name, "", 0, kind)

    def _open(self, kind: RoundKind) -> NewRound:
        same = [each for each in self.opened.values() if each.kind is kind]
        if not same:
            known = () if self.project is None else logs.round_ids(self.store, self.project)
            taken = {*known, *self.opened}
            number = next(n for n in range(1, len(taken) + 2) if f"r{n}" not in taken)
            seq = len(taken) + 1
            same = [NewRound(f"r{number}", render(KIND_WORDS[kind], "zh_CN"), seq, kind)]
            self.opened[same[0].id] = same[0]
        return same[0]

    def _several(self) -> Message:
        titles = round_titles(self.store, str(self.project))
        known = tuple(Message("{round}（{title}）", {"round": key, "title": title}) for key, title in titles.items())
        params = {"project": str(self.project), "rounds": known}
        return Message("项目“{project}”有多个轮次，请指明导入到哪一轮：{rounds}。", params)

    def scheme(self, round_id: str) -> tuple[Scheme, bool]:
        """The scheme of the file, and whether it is new: one that is there, else the next version of the round's."""
        found, working = self.found, self.sheets.get(working_id(round_id))
        like = working or self._reviewed()
        indicators = tuple(_under_known_names((row.indicator for row in found.rows), self.known))
        if like is not None and not found.has_rules:
            indicators = _with_rules(indicators, like.scheme)
        fitting = [each for each in self.known if found.step in (None, each.step)]
        same = equal_scheme(fitting, indicators, rules=found.has_rules)
        if same is not None:
            return same, False
        if working is not None and found.read is not None:
            return next_version(self.known, working.scheme, indicators), True
        name = found.title if not found.self_assessed else f"{found.project}{found.title}"
        return added_scheme(self.known, name, str(self.of), indicators, found.step or FINEST), True

    def _reviewed(self) -> Sheet | None:
        """The shared sheet of the newest reviewed round."""
        if not self.events:
            return None
        return self.sheets.get(working_id(reviewed(self.events)[-1].round))

    def sheet(self, of: NewRound, rows: tuple[ScoreRow, ...], scheme: Scheme, column: PointsColumn | None) -> NewSheet:
        """A sheet of that round: its shared draft where it has none, else one more, named by the column or the file."""
        working = working_id(of.id)
        free = working if working not in self.taken else free_id(f"{of.id}/import", self.taken)
        kind = word("自评表") if of.kind is RoundKind.SELF else word("评分表")
        name = render(kind, "zh_CN") if free == working else self.stem
        if column is not None and free != working:
            name = column.title
        self.taken.add(free)
        like = self.sheets.get(working) or self._reviewed()
        grades = like.grade_scheme if like is not None else _grades(self.store)
        sheet = Sheet(str(self.of), free, name[:_MOST_NAME], scheme, grades, reconstruction=False)
        targets = [
            SheetTarget(row.indicator.code, row.target, row.actual, row.reason)
            for row in rows
            if row.target or row.actual
        ]
        return NewSheet(sheet, _scores(rows, self.actor), targets, self.found.budget)


def _under_known_names(indicators: Iterable[Indicator], known: Iterable[Scheme]) -> Iterator[Indicator]:
    """Name items as a scheme that is there does, where they have its names in English: so has a workbook in English."""
    names = {_in_english(each): each for scheme in known for each in scheme.indicators}
    for indicator in indicators:
        same = names.get((indicator.code, indicator.l1, indicator.l2, indicator.l3))
        yield indicator if same is None else replace(indicator, l1=same.l1, l2=same.l2, l3=same.l3)


def _in_english(indicator: Indicator) -> tuple[str, ...]:
    l1, l2, l3 = (render(each, "en") for each in (indicator.l1, indicator.l2, indicator.l3))
    return indicator.code, l1, l2, l3


def _with_rules(indicators: Iterable[Indicator], scheme: Scheme) -> tuple[Indicator, ...]:
    """Add the scheme's rules, by code and name, to items that a file only names and weighs."""
    carried = []
    for indicator in indicators:
        before = scheme.indicator(indicator.code)
        if before is not None and without_width(before.l3) == without_width(indicator.l3):
            carried.append(replace(before, l1=indicator.l1, l2=indicator.l2, weight=indicator.weight))
        else:
            carried.append(indicator)
    return tuple(carried)


def _new_project(store: Store, found: ScorecardFile, stem: str) -> NewProject:
    taken = [project.id for project in read.projects(store)]
    name = found.project or _TABLE_WORDS.sub("", found.title).strip() or found.title
    return NewProject(id=free_id(slug(stem) or "project", taken), name=name, as_of=found.as_of, source=stem)


def _grades(store: Store) -> GradeScheme:
    found = read.grade_schemes(store)
    return next((scheme for scheme in found if scheme.id == GRADES), found[0])


def _scores(rows: Iterable[ScoreRow], actor: Actor) -> list[write.NewScore]:
    """Make an event of each item with an answer; a blank cell is 未评, which is no event."""
    step = new_step()
    return [
        write.NewScore(
            code=row.indicator.code,
            edit_id=edit_id(step),
            points=row.points,
            status=row.status,
            reason=row.reason,
            note=row.note,
            actor=actor,
        )
        for row in rows
        if row.status is not Status.UNSCORED
    ]
