"""Import of a list of projects, one row a project: all of them at once, or none."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from types import MappingProxyType

from core.errors import Message, RowProblem
from core.ingest.files.document import read_document
from core.ingest.project_tables import project_list
from core.ingest.project_tables.document_problems import day_problems
from core.ingest.project_tables.place_tables import key_of
from core.ingest.project_tables.project_list import ListedProject, ProjectList
from core.ingest.report_text.claims import find_stated
from core.model.context import Context
from core.model.project import Facts, Project
from core.model.rights import Deed
from core.service.base import open_store, review_rule
from core.service.base.asking import asks, named
from core.service.base.batches import free_batch, unchanged
from core.service.base.changes import FigureChange, changes
from core.service.base.moments import local
from core.service.manage.importing import file_name, known_before
from core.store import clock, read
from core.store import snapshots as stored
from core.store.database import Session, Store
from core.store.snapshots import NewSnapshot, Snapshot

NOBODY_SAID: Mapping[str, str] = MappingProxyType({})
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,39}")
_MOST_NAMED = 20
_LEAST_ALIKE = 4
"""Letters of a name that stands in another one before they are thought to be one project."""


@dataclass(frozen=True)
class FoundProject:
    """A project of the list, as it would be imported."""

    name: str
    """As the list has it."""
    id: str
    new: bool
    changes: tuple[FigureChange, ...]
    """Changes against the snapshot before it."""


@dataclass(frozen=True)
class Several:
    """A list of projects as it was read, and what has become of it."""

    found: tuple[FoundProject, ...]
    problems: tuple[RowProblem, ...]
    """Any: nothing is written."""
    questions: tuple[RowProblem, ...]
    """Read so; to be seen before it counts."""
    as_of: date | None
    digest: str
    batches: Mapping[str, str]
    """Project -> its new batch; empty for a preview, and where nothing was written."""


@dataclass(frozen=True)
class _Row:
    """A row that becomes a snapshot."""

    found: FoundProject
    facts: Facts
    known: tuple[Snapshot, ...]
    """Snapshots of the project at the time of the preview."""


@asks(Deed.IMPORT)
def preview(
    ctx: Context,
    name: str,
    content: bytes,
    as_of: date | None = None,
    which: Mapping[str, str] = NOBODY_SAID,
    approved_on: date | None = None,
) -> Several:
    """Preview a list: its projects, which of them are there already, their changes, all problems. Nothing is written.

    `which`: name in the list -> the project that it is, "" leaves it out. `approved_on`: the day of approval of new
    projects whose row has none. Raises StoreError.
    """
    return _read(ctx, name, content, as_of, which, approved_on)[0]


@asks(Deed.IMPORT)
def several(
    ctx: Context,
    name: str,
    content: bytes,
    as_of: date | None = None,
    which: Mapping[str, str] = NOBODY_SAID,
    approved_on: date | None = None,
    *,
    hold: bool = False,
) -> Several:
    """Take over every project of a list in one go, each as a snapshot of its own, or none of them.

    `hold`: they wait for a second person's release before they count, as they do where their project says so. Problems
    are not raised. Raises NameNeeded, StoreError; whatever is raised, nothing was written.
    """
    actor = named(ctx)
    seen, rows = _read(ctx, name, content, as_of, which, approved_on)
    if seen.problems or not rows:
        return seen

    def look(session: Session) -> None:
        for row in rows:
            unchanged(row.found.id, row.known)(session)

    stored.add_each(
        open_store.of(ctx),
        [NewSnapshot(row.facts, held=hold or review_rule.needed(ctx, row.found.id)) for row in rows],
        actor,
        file=(file_name(name), seen.digest),
        look=look,
    )
    batches = {row.found.id: row.facts.batch for row in rows}
    return Several(seen.found, (), seen.questions, seen.as_of, seen.digest, batches)


def _read(
    ctx: Context, name: str, content: bytes, as_of: date | None, which: Mapping[str, str], approved_on: date | None
) -> tuple[Several, list[_Row]]:
    store, file = open_store.of(ctx), file_name(name)
    document = read_document(file, content)
    digest = hashlib.sha256(content).hexdigest()
    listed = project_list.find_list(document)
    day = as_of or find_stated(document.paragraphs, ()).as_of
    problems = [*document.problems]
    if listed is None:
        text = Message("没有找到项目清单。清单一行一个项目，表头应有“项目名称”和金额、户数等列。")
        problems.append(RowProblem(file, None, None, text))
        return Several((), tuple(problems), document.questions, day, digest, {}), []
    problems += [*listed.problems, *day_problems(document, day, local(clock.now()).date())]
    questions = [*document.questions, *listed.questions]
    rows: list[_Row] = []
    if not problems and day is not None:
        rows = _rows(store, listed, day, digest, which, approved_on, problems, questions)
    found = tuple(row.found for row in rows)
    return Several(found, tuple(problems), tuple(questions), day, digest, {}), rows


def _rows(
    store: Store,
    listed: ProjectList,
    day: date,
    digest: str,
    which: Mapping[str, str],
    approved_on: date | None,
    problems: list[RowProblem],
    questions: list[RowProblem],
) -> list[_Row]:
    names = read.project_names(store)
    said = {key_of(name): project for name, project in which.items()}
    unmet = [name for name in which if key_of(name) not in {key_of(each.name) for each in listed.projects}]
    if unmet:
        text = Message("清单里没有名为{names}的项目。", {"names": tuple(unmet)})
        problems.append(RowProblem(listed.table.file, None, None, text))
    params = {"count": len(listed.projects), "names": tuple(each.name for each in listed.projects[:_MOST_NAMED])}
    text = Message("清单里有{count}个项目：{names}。每个项目各导入为一期，一起写入或都不写入。", params)
    questions.append(RowProblem(listed.table.file, None, None, text))
    taken = {name.casefold() for name in names}
    rows: list[_Row] = []
    for each in listed.projects:
        project = said.get(key_of(each.name))
        if project == "":
            continue
        if project is None:
            project = _matched(listed, each, names, problems, questions) or _new_id(each, taken)
        if not _ID.fullmatch(project):
            _tell(problems, listed, each, Message("项目编号“{project}”不能用。", {"project": project[:40]}))
            continue
        if any(row.found.id == project for row in rows):
            text = Message("“{name}”和清单里的另一行是同一个项目“{project}”。", {"name": each.name, "project": project})
            _tell(problems, listed, each, text)
            continue
        taken.add(project.casefold())
        row = _row(store, listed, each, project, day, digest, approved_on, problems, questions)
        rows += [row] if row is not None else []
    return rows


def _tell(told: list[RowProblem], listed: ProjectList, each: ListedProject, text: Message) -> None:
    told.append(listed.table.problem(each.row, 1, None, text))


def _matched(
    listed: ProjectList,
    each: ListedProject,
    names: Mapping[str, str],
    problems: list[RowProblem],
    questions: list[RowProblem],
) -> str | None:
    """The project of the store that a row is, by code or by name; None for a new one. Both are asked about."""
    by_code = [project for project in names if each.code and project.casefold() == each.code.casefold()]
    same = by_code or [project for project, name in names.items() if key_of(name) == key_of(each.name)]
    if len(same) > 1:
        params = {"name": each.name, "projects": tuple(same)}
        text = Message("有几个项目都叫“{name}”：{projects}。请指明是哪一个。", params)
        _tell(problems, listed, each, text)
        return same[0]
    if same:
        params = {"name": each.name, "old": names[same[0]], "project": same[0]}
        text = Message("“{name}”按已有的项目“{old}”（{project}）读取，导入为它的新一期。请核对。", params)
        _tell(questions, listed, each, text)
        return same[0]
    for project, old in _alike(each.name, names):
        params = {"name": each.name, "old": old, "project": project}
        text = Message(
            "“{name}”和已有的项目“{old}”（{project}）名称相近，按新项目读取。如果是同一个项目，请指明。", params
        )
        _tell(questions, listed, each, text)
    return None


def _alike(name: str, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Projects whose name holds that one, or stands in it."""
    mine = key_of(name)
    for project, old in names.items():
        other = key_of(old)
        if min(len(mine), len(other)) >= _LEAST_ALIKE and (mine in other or other in mine):
            yield project, old


def _new_id(each: ListedProject, taken: set[str]) -> str:
    """The code of the row, or the first project-1, project-2 … that is free."""
    if _ID.fullmatch(each.code):
        return each.code
    number = 1
    while f"project-{number}" in taken:
        number += 1
    return f"project-{number}"


def _row(
    store: Store,
    listed: ProjectList,
    each: ListedProject,
    project: str,
    day: date,
    digest: str,
    approved_on: date | None,
    problems: list[RowProblem],
    questions: list[RowProblem],
) -> _Row | None:
    """A row over what is known of its project; None with a problem, and where this file has been imported for it."""
    known = stored.snapshots(store, project)
    if any(one.digest == digest and one.state != "withdrawn" for one in known):
        text = Message("“{name}”（{project}）已由这份文件导入，不重复导入。", {"name": each.name, "project": project})
        _tell(questions, listed, each, text)
        return None
    previous = known_before(store, project, day)
    old = previous.project if previous else None
    approved = each.approved_on or (old.approved_on if old else None) or approved_on
    about = project_list.project_of(each, project, approved, old, PurePath(listed.table.file).stem[:100])
    facts = project_list.facts_of(each, _empty(about, free_batch(project, day, known), day), previous)
    if isinstance(facts, Message):
        _tell(problems, listed, each, facts)
        return None
    return _Row(FoundProject(each.name, project, previous is None, changes(previous, facts)), facts, known)


def _empty(project: Project, batch: str, day: date) -> Facts:
    return Facts(project, batch, day, (), (), (), (), (), (), ())
