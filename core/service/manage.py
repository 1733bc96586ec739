"""Schemes and scorecards in and out of the house as files."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from core.errors import InputError, Message, RenewalError, RowProblem, UnknownName
from core.ingest import table_file
from core.ingest.scorecard import ScorecardFile, read_scheme, read_scorecard
from core.model.context import Actor, Context
from core.model.rights import Deed
from core.model.scorecard import GradeScheme, Indicator, Scheme, Sheet, Status
from core.scoring.whatif import margin_sentence
from core.scoring.workflow import NotAllowed, may
from core.service import home, scoring
from core.service.asking import asks, named
from core.service.scoring import Scorecard
from core.store import imports, logs, read, write
from core.store.database import Session, Store
from core.store.imports import NewProject, NewSheet
from core.text import render, word

Form = Literal["xlsx", "csv"]
ROUND = "r1"
"""The round that an imported scorecard belongs to."""
GRADES = "mof"
"""The grades of a new project."""
_MOST_SLUG = 40
_MOST_NAME = 40
_TABLE_WORDS = re.compile(r"(绩效|自评|初评|评价|指标|体系)*(评分|打分|得分)(明细|汇总|情况)?表$")
"""What a title says of the table and not of the project."""


@dataclass(frozen=True)
class File:
    """A file as it was uploaded or read; `name` is for sentences and for what is made of it."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Imported:
    """What an import has brought."""

    scheme: Scheme
    new_scheme: bool
    """Whether it was not there before."""
    project: str = ""
    sheet: str = ""
    """The scorecard's; "" for a scheme."""
    notes: tuple[RowProblem, ...] = ()
    """What was noticed and not adopted: printed sums that differ, unusual weights."""


@asks(Deed.SEE)
def schemes(ctx: Context) -> tuple[Scheme, ...]:
    """Every version of every scheme."""
    return read.schemes(home.store())


@asks(Deed.SEE)
def grade_schemes(ctx: Context) -> tuple[GradeScheme, ...]:
    """Every grade scheme."""
    return read.grade_schemes(home.store())


@asks(Deed.IMPORT)
def import_scheme(ctx: Context, source: Path | File) -> Imported:
    """Take over a scheme. One that is there already, word for word, is not made again.

    A scheme of a known name becomes its next version: what was scored by the earlier ones stays as it was.
    Raises InputError with all problems (then nothing is written), StoreError.
    """
    actor = _named(ctx)
    file = _load(source)
    store = home.store()
    found = _accepted(file, *read_scheme(file.name, file.content))
    indicators = tuple(row.indicator for row in found.rows)
    known = read.schemes(store)
    same = _same(known, indicators, rules=found.has_rules)
    if same is not None:
        return Imported(same, False, notes=found.notes)
    scheme = _new_scheme(known, found.title, Path(file.name).stem, indicators)
    imports.add_scheme(store, scheme, file.name, actor)
    return Imported(scheme, True, notes=found.notes)


@asks(Deed.IMPORT)
def import_scorecard(ctx: Context, source: Path | File, project: str | None = None) -> Imported:
    """Take over a filled scorecard; its scores count as confirmed by who imports it, with the file's reasons.

    Without `project`: a new project, named by the file's title, with a sheet r1/working. With it: a new sheet in its
    round r1, or that round and its sheet r1/working where it has none yet.
    The file's scheme is one that is there, if codes, names and full marks agree; otherwise it becomes a new scheme or,
    within a project that has one, its next version, whose rules go on for items that stay the same.
    Raises UnknownName, NotAllowed in a locked round, InputError with all problems, StoreError. Whatever is
    raised, nothing was written.
    """
    actor = _named(ctx)
    file = _load(source)
    store = home.store()
    working = None if project is None else _working(store, project)
    found = _accepted(file, *read_scorecard(file.name, file.content))
    stem = Path(file.name).stem
    indicators = tuple(row.indicator for row in found.rows)
    known = read.schemes(store)
    if working is not None and not found.has_rules:
        indicators = _with_rules(indicators, working.scheme)
    scheme = _same(known, indicators, rules=found.has_rules)
    new_scheme = scheme is None
    new_project, new_round = None, None
    if working is None:
        if project is None:
            new_project = _new_project(store, found, stem)
        elif not logs.rounds(store, project):
            new_round = (ROUND, render(word("初评"), "zh_CN"))
        of = new_project.id if new_project is not None else str(project)
        scheme = scheme or _new_scheme(known, found.title, of, indicators)
        name = render(word("评分表"), "zh_CN")
        sheet = Sheet(of, scoring.WORKING, name, scheme, _grades(store), reconstruction=False)
    else:
        scheme = scheme or _next_version(known, working.scheme, indicators)
        free = _free_sheet(store, working)
        sheet = Sheet(working.project, free, stem[:_MOST_NAME], scheme, working.grade_scheme, reconstruction=False)
    new = NewSheet(sheet, _scores(found, actor), new_project, scheme if new_scheme else None, new_round)

    def look(session: Session) -> None:
        if working is not None:
            refusal = may(ctx.actor, "score", logs.round_state_in(session, sheet.project, ROUND), sheet.id)
            if refusal is not None:
                raise NotAllowed([refusal])

    imports.add_sheet(store, new, file.name, actor, look)
    return Imported(scheme, new_scheme, sheet.project, sheet.id, found.notes)


def form_of(file: Path) -> Form:
    """The form that a file's ending asks for. Raises RenewalError."""
    if file.suffix.lower() == ".xlsx":
        return "xlsx"
    if file.suffix.lower() == ".csv":
        return "csv"
    raise RenewalError(Message("“{file}”应以.xlsx或.csv结尾。", {"file": file.name}))


@asks(Deed.SEE)
def export_scheme(ctx: Context, scheme: str, version: int | None = None, form: Form = "xlsx") -> File:
    """A scheme as a file, its newest version unless one is named. Raises UnknownName."""
    from core.briefing import spreadsheet

    found = scheme_of(ctx, scheme, version)
    make = spreadsheet.scheme_xlsx if form == "xlsx" else spreadsheet.scheme_csv
    return File(_file_name(f"{found.name}_v{found.version}", form), make(found))


@asks(Deed.SEE)
def scheme_of(ctx: Context, scheme: str, version: int | None = None) -> Scheme:
    """A scheme, its newest version unless one is named. Raises UnknownName."""
    known = read.schemes(home.store())
    found = [each for each in known if each.id == scheme and version in (None, each.version)]
    if not found:
        there = " ".join(f"{each.id}@{each.version}" for each in known)
        params = {"scheme": scheme[:_MOST_NAME], "known": there}
        raise UnknownName(Message("没有指标体系“{scheme}”(或这一版)。现有(编号@版):{known}", params))
    return found[-1]


@asks(Deed.SEE)
def export_scorecard(ctx: Context, project: str, sheet: str = scoring.WORKING, form: Form = "xlsx") -> File:
    """A sheet as a file to print, sign or fill in. Raises UnknownName, NotAllowed."""
    from core.briefing import spreadsheet

    card = scoring.scorecard(ctx, project, sheet)
    facts = read.facts(home.store(), project, ctx.version)
    table = spreadsheet.ScoreTable(
        title=f"{card.project.name}绩效评价指标评分表",
        sheet=card.sheet,
        items=card.items,
        as_of=facts.as_of,
        source=card.project.source,
        grade=card.tally.grade,
        remark=" ".join(render(each, "zh_CN") for each in (card.banner, _decided(card)) if each is not None),
    )
    make = spreadsheet.scorecard_xlsx if form == "xlsx" else spreadsheet.scorecard_csv
    return File(_file_name(f"{card.project.name}_{card.sheet.name}", form), make(table))


def _decided(card: Scorecard) -> Message | None:
    """Why the grade is not the one that the total would give."""
    sums = card.tally
    return None if sums.veto is None or sums.grade is None else margin_sentence(sums, card.sheet.grade_scheme)


def _file_name(name: str, form: Form) -> str:
    return re.sub(r'[\s\\/:*?"<>|]+', "_", name) + f".{form}"


def _named(ctx: Context) -> Actor:
    return named(ctx, Message("请先填写您的姓名,再导入文件;姓名用于记录是谁导入的。"))


def _load(source: Path | File) -> File:
    if isinstance(source, File):
        return source
    try:
        with source.open("rb") as stream:
            # One byte more than may be: enough to say that it is too much.
            return File(source.name, stream.read(table_file.MOST_BYTES + 1))
    except FileNotFoundError:
        message = Message("找不到这个文件,请检查路径。")
    except OSError:
        message = Message("无法读取这个文件,请检查其权限。")
    raise _refused(source.name, (RowProblem(source.name, None, None, message),))


def _refused(name: str, problems: tuple[RowProblem, ...]) -> InputError:
    return InputError(
        Message("《{file}》有{count}处问题,整份文件未导入。请修改后重新导入。", {"file": name, "count": len(problems)}),
        problems,
    )


def _accepted(file: File, found: ScorecardFile | None, problems: tuple[RowProblem, ...]) -> ScorecardFile:
    if found is None or problems:
        raise _refused(Path(file.name).name, problems)
    return found


def _working(store: Store, project: str) -> Sheet | None:
    """The project's own sheet; None while only its data are there."""
    read.facts(store, project)  # an unknown project is said as such
    return next((sheet for sheet in read.sheets(store, project) if sheet.id == scoring.WORKING), None)


def _identity(indicator: Indicator) -> tuple[object, ...]:
    return indicator.code, indicator.l1, indicator.l2, indicator.l3, indicator.weight


def _same(known: Sequence[Scheme], indicators: tuple[Indicator, ...], *, rules: bool) -> Scheme | None:
    """The newest scheme with these items in this order; without `rules` names and full marks are all that counts."""

    def equal(a: Indicator, b: Indicator) -> bool:
        return (vars(a) == vars(b)) if rules else _identity(a) == _identity(b)

    fitting = [
        scheme
        for scheme in known
        if len(scheme.indicators) == len(indicators)
        and all(equal(a, b) for a, b in zip(scheme.indicators, indicators, strict=True))
    ]
    return fitting[-1] if fitting else None


def _with_rules(indicators: Iterable[Indicator], scheme: Scheme) -> tuple[Indicator, ...]:
    """Items that a file only names and weighs, with the rule that the scheme has for the same code and name."""
    carried = []
    for indicator in indicators:
        before = scheme.indicator(indicator.code)
        if before is not None and before.l3 == indicator.l3:
            carried.append(replace(before, l1=indicator.l1, l2=indicator.l2, weight=indicator.weight))
        else:
            carried.append(indicator)
    return tuple(carried)


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).lower()
    short = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_MOST_SLUG].strip("-")
    return short if re.search(r"[a-z]", short) else ""


def _free(wanted: str, taken: Iterable[str]) -> str:
    """The id itself, or with the first number that makes it new."""
    used = set(taken)
    number = 2
    free = wanted
    while free in used:
        free, number = f"{wanted}-{number}", number + 1
    return free


def _new_project(store: Store, found: ScorecardFile, stem: str) -> NewProject:
    taken = [project.id for project in read.projects(store)]
    name = found.project or _TABLE_WORDS.sub("", found.title).strip() or found.title
    return NewProject(
        id=_free(_slug(stem) or "project", taken),
        name=name,
        as_of=found.as_of,
        source=stem,
        round=ROUND,
        round_name=render(word("初评"), "zh_CN"),
    )


def _new_scheme(known: Sequence[Scheme], name: str, wanted: str, indicators: tuple[Indicator, ...]) -> Scheme:
    """A new scheme or, when one of that name is there, its next version."""
    named = [scheme for scheme in known if scheme.name == name]
    if named:
        return _next_version(known, named[-1], indicators)
    return Scheme(_free(_slug(wanted) or "scheme", (scheme.id for scheme in known)), 1, name, indicators)


def _next_version(known: Sequence[Scheme], scheme: Scheme, indicators: tuple[Indicator, ...]) -> Scheme:
    newest = max(each.version for each in known if each.id == scheme.id)
    return Scheme(scheme.id, newest + 1, scheme.name, indicators)


def _grades(store: Store) -> GradeScheme:
    found = read.grade_schemes(store)
    return next((scheme for scheme in found if scheme.id == GRADES), found[0])


def _free_sheet(store: Store, working: Sheet) -> str:
    taken = {sheet.id for sheet in read.sheets(store, working.project)}
    return _free(f"{ROUND}/import", taken)


def _scores(found: ScorecardFile, actor: Actor) -> list[write.NewScore]:
    """An event for each item with an answer; a blank cell is 未评, which is no event."""
    return [
        write.NewScore(
            code=row.indicator.code,
            edit_id=secrets.token_hex(16),
            points=row.points,
            status=row.status,
            reason=row.reason,
            note=row.note,
            actor=actor,
        )
        for row in found.rows
        if row.status is not Status.UNSCORED
    ]
