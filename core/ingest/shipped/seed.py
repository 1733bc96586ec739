"""The shipped tables from their CSV files: all rows, or all that is wrong with them.

UTF-8 with or without a mark; the first row names the columns; further columns are left alone. Names refer to rows
of other files. How a project is added: a row in project.csv and its rows in the others. How a scheme is added: a row
in schemes/scheme.csv that names the file of its items; grades are rows of schemes/grades.csv. A standard is a row in
standards/standard.csv that names the file of its points.
"""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import cast, get_type_hints

from core.errors import InputError, Message, RowProblem
from core.ingest.files import cells
from core.ingest.files.cells import Reader
from core.ingest.score_tables import scheme as scheme_checks
from core.model.fields import FIELDS
from core.model.goal import GOAL_KINDS
from core.model.project import RenovationLine, SpendLine
from core.model.rectification import KINDS
from core.model.scorecard import Grade, Status
from core.model.seed import Row, Seed
from core.model.standard import POINT_KINDS


@dataclass(frozen=True)
class ForeignKey:
    """Columns that must be found together in another table."""

    columns: tuple[str, ...]
    table: str
    there: tuple[str, ...]


@dataclass(frozen=True)
class SeedTable:
    """The columns of a file, its key, and its references to others."""

    columns: Mapping[str, Reader]
    key: tuple[str, ...]
    """Columns that together name a row."""
    references: tuple[ForeignKey, ...] = field(default=())


def _columns(names: str, **readers: Reader) -> Mapping[str, Reader]:
    """The columns of those names: raw where the name says so, text where no other reader is given."""
    return {name: readers.get(name, cells.raw if name.endswith("_raw") else cells.text) for name in names.split()}


_READERS: Mapping[object, Reader] = {
    int: cells.count, int | None: cells.maybe(cells.count),
    Decimal: cells.money, Decimal | None: cells.maybe(cells.money),
}  # fmt: skip


def _of_place(row: type) -> Mapping[str, Reader]:
    """The columns of a table by place: the attributes of its rows."""
    hints = get_type_hints(row)
    numbers = {name: _READERS[holds] for name, holds in hints.items() if holds in _READERS}
    areas = {name: cells.area for name in numbers if name in FIELDS and FIELDS[name].kind == "area"}
    return _columns(" ".join(["project", *hints]), **numbers | areas)


_PROJECT = ForeignKey(("project",), "project", ("id",))
_PLACE = ForeignKey(("project", "place"), "place", ("project", "name"))
_GROUP = ForeignKey(("project", "budget_group"), "budget_group", ("project", "id"))
_SHEET = ForeignKey(("project", "sheet"), "sheet", ("project", "id"))
_OF_SHEET = (
    _PROJECT,
    ForeignKey(("scheme", "scheme_version"), "scheme", ("id", "version")),
    ForeignKey(("grade_scheme",), "grade_scheme", ("id",)),
)

TABLES: Mapping[str, SeedTable] = {
    "project": SeedTable(
        _columns(
            "id name title_places approval approved_on source as_of",
            title_places=cells.raw, approved_on=cells.day, as_of=cells.day,
        ),
        ("id",),
    ),
    "place": SeedTable(_columns("project name"), ("project", "name"), (_PROJECT,)),
    "budget_group": SeedTable(
        _columns("project id amount amount_raw source", amount=cells.money), ("project", "id"), (_PROJECT,)
    ),
    "budget_group_place": SeedTable(
        _columns("project budget_group place"), ("project", "budget_group", "place"), (_GROUP, _PLACE)
    ),
    "funding": SeedTable(
        _columns(
            "project source name planned planned_share paid arrived section planned_raw planned_share_raw paid_raw",
            source=cells.one_of("bond", "budget"), planned=cells.money, planned_share=cells.share, paid=cells.money,
            arrived=cells.maybe(cells.money),
        ),
        ("project", "source"),
        (_PROJECT,),
    ),
    "spend": SeedTable(_of_place(SpendLine), ("project", "place"), (_PLACE, _GROUP)),
    "renovation": SeedTable(_of_place(RenovationLine), ("project", "place"), (_PLACE,)),
    "baseline": SeedTable(
        _columns(
            "project id starts_on ends_on is_default source",
            starts_on=cells.day, ends_on=cells.day, is_default=cells.flag,
        ),
        ("project", "id"),
        (_PROJECT,),
    ),
    "claim": SeedTable(
        _columns("project id value text source", value=cells.maybe_decimal, text=cells.raw),
        ("project", "id"),
        (_PROJECT,),
    ),
    "round": SeedTable(_columns("project id name"), ("project", "id"), (_PROJECT,)),
    "sheet": SeedTable(
        _columns(
            "project id name scheme scheme_version grade_scheme reconstruction",
            scheme_version=cells.count, reconstruction=cells.flag,
        ),
        ("project", "id"),
        _OF_SHEET,
    ),
    "score": SeedTable(
        _columns(
            "project sheet code points status reason note",
            points=cells.maybe(cells.points), status=cells.status, reason=cells.raw, note=cells.raw,
        ),
        ("project", "sheet", "code"),
        (_SHEET,),
    ),
    "goal": SeedTable(
        _columns("project id kind text source", kind=cells.one_of(*GOAL_KINDS)), ("project", "id"), (_PROJECT,)
    ),
    "finding": SeedTable(
        _columns("project id kind text source", kind=cells.one_of(*KINDS)), ("project", "id"), (_PROJECT,)
    ),
}  # fmt: skip
"""The files of data/seed, each <table>.csv."""

_SCHEME = SeedTable(_columns("id version name file", version=cells.count), ("id", "version"))
_STANDARD = SeedTable(_columns("id version name file", version=cells.count), ("id", "version"))
_POINT = SeedTable(
    _columns("code group text section kind", section=cells.raw, kind=cells.one_of(*POINT_KINDS)), ("code",)
)
_GRADE = SeedTable(_columns("id name grade floor", floor=cells.points), ("id", "grade"))
_INDICATOR = SeedTable(
    _columns(
        "code l1 l2 l3 weight kind params rule inputs evidence_needed source_section",
        weight=cells.points, kind=scheme_checks.read_kind, params=cells.json_object, inputs=cells.raw,
        evidence_needed=cells.raw, source_section=cells.raw,
    ),
    ("code",),
)  # fmt: skip


def load_seed(folder: Path, schemes: Path | None = None) -> Seed:
    """The seed of that folder, with `schemes` and `standards` beside it. Raises InputError with all problems."""
    seed, problems = read_seed(folder, schemes)
    if problems:
        raise InputError(
            Message("初始数据有{count}处问题，未建立数据文件。请按所列位置修改后重试。", {"count": len(problems)}),
            problems,
        )
    return seed


def read_seed(folder: Path, schemes: Path | None = None) -> tuple[Seed, tuple[RowProblem, ...]]:
    """Every row that can be read, and every problem. The rows are only to be used when there is no problem."""
    reading = _Reading()
    beside = schemes or folder.parent / "schemes"
    for name, table in TABLES.items():
        reading.take(name, table, folder / f"{name}.csv")
    reading.take("scheme", _SCHEME, beside / "scheme.csv")
    reading.take("grade_scheme", _GRADE, beside / "grades.csv")
    _take_indicators(reading, beside)
    reading.take("standard", _STANDARD, folder.parent / "standards" / "standard.csv")
    _take_points(reading, folder.parent / "standards")
    for name, table in TABLES.items():
        for reference in table.references:
            reading.refer(name, reference)
    for check, tables in _CHECKS:
        if reading.whole(*tables):
            reading.problems.extend(check(reading))
    return Seed(reading.rows), tuple(reading.problems)


class _Reading:
    """Rows and problems so far. A table of which a part could not be read is not used to judge other tables."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self.files: dict[str, str] = {}
        self.broken: set[str] = set()
        self.problems: list[RowProblem] = []

    def take(self, name: str, table: SeedTable, path: Path) -> list[Row]:
        """Read one file into the table `name`; returns the rows of this file."""
        self.files[name] = path.name
        rows, problems = read_table(table, path)
        self.rows[name].extend(rows)
        if problems:
            self.broken.add(name)
        self.problems.extend(problems)
        return rows

    def refer(self, name: str, reference: ForeignKey) -> None:
        if reference.table in self.broken:
            return
        known = {tuple(row[column] for column in reference.there) for row in self.rows[reference.table]}
        for row in self.rows[name]:
            if tuple(row[column] for column in reference.columns) not in known:
                column = reference.columns[-1]
                params = {"file": self.files[reference.table], "name": str(row[column])}
                self.problems.append(self.at(name, row, column, Message("《{file}》中没有“{name}”。", params)))

    def at(self, name: str, row: Row | None, column: str | None, message: Message) -> RowProblem:
        """A problem of the table at a row and column."""
        return RowProblem(self.files[name], None if row is None else cast(int, row["seq"]), column, message)

    def whole(self, *names: str) -> bool:
        """True when these tables could be read without a problem."""
        return not self.broken.intersection(names)


def read_table(table: SeedTable, path: Path) -> tuple[list[Row], list[RowProblem]]:
    """The rows of one file that can be read, each with its number as `seq`, and every problem of it."""

    def problem(row: int | None, column: str | None, message: Message) -> RowProblem:
        return RowProblem(path.name, row, column, message)

    try:
        content = path.read_text(encoding="utf-8-sig")
        lines = list(csv.reader(io.StringIO(content, newline=""), strict=True))
    except FileNotFoundError:
        return [], [
            problem(None, None, Message("缺少这个文件，应在文件夹“{folder}”中。", {"folder": str(path.parent)}))
        ]
    except OSError:
        return [], [problem(None, None, Message("无法读取这个文件，请检查其权限。"))]
    except UnicodeDecodeError:
        return [], [problem(None, None, Message("不是UTF-8编码。请另存为“CSV UTF-8”。"))]
    except csv.Error:
        return [], [problem(None, None, Message("不是有效的CSV文件，请检查引号是否成对。"))]
    heading = [name.strip() for name in lines[0]] if lines else []
    missing = [name for name in table.columns if name not in heading]
    if missing:
        return [], [problem(None, name, Message("缺少这一列。")) for name in missing]
    twice = [name for name, times in Counter(heading).items() if times > 1 and name in table.columns]
    if twice:
        return [], [problem(1, name, Message("这一列出现了不止一次。")) for name in twice]
    rows: list[Row] = []
    problems: list[RowProblem] = []
    for number, line in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in line):
            continue
        if len(line) != len(heading):
            problems.append(
                problem(
                    number,
                    None,
                    Message("应有{expected}个单元格，读到{found}个。", {"expected": len(heading), "found": len(line)}),
                )
            )
            continue
        cells_of = dict(zip(heading, line, strict=True))
        values = {name: read(cells_of[name]) for name, read in table.columns.items()}
        wrong = [problem(number, name, value) for name, value in values.items() if isinstance(value, Message)]
        problems.extend(wrong)
        if not wrong:
            rows.append({**values, "seq": number})
    return rows, problems + list(_repeated(table, path.name, rows))


def _repeated(table: SeedTable, file: str, rows: Iterable[Row]) -> Iterator[RowProblem]:
    first: dict[tuple[object, ...], int] = {}
    for row in rows:
        key = tuple(row[column] for column in table.key)
        if key in first:
            yield RowProblem(
                file,
                cast(int, row["seq"]),
                table.key[-1],
                Message("“{name}”与第{first}行重复。", {"name": str(key[-1]), "first": first[key]}),
            )
        first.setdefault(key, cast(int, row["seq"]))


def _take_indicators(reading: _Reading, folder: Path) -> None:
    """The items of each scheme, from the file that it names: full marks that add up to 100, rules that compute."""
    for scheme in list(reading.rows["scheme"]):
        scratch = _Reading()
        rows = scratch.take("indicator", _INDICATOR, folder / str(scheme["file"]))
        own = {"scheme": scheme["id"], "version": scheme["version"]}
        reading.rows["indicator"].extend({**row, **own} for row in rows)
        reading.files["indicator"] = str(scheme["file"])
        reading.problems.extend(scratch.problems)
        reading.broken |= scratch.broken
        if scratch.broken:
            continue
        for row in rows:
            if row["weight"] == 0:
                reading.problems.append(scratch.at("indicator", row, "weight", Message("分值应大于0。")))
            reading.problems.extend(_rule(scratch, row))
        wrong = scheme_checks.weight_problem(cast(Decimal, row["weight"]) for row in rows)
        if wrong is not None:
            reading.problems.append(scratch.at("indicator", None, "weight", wrong))


def _take_points(reading: _Reading, folder: Path) -> None:
    """The points of each standard, from the file that it names."""
    for standard in list(reading.rows["standard"]):
        rows, problems = read_table(_POINT, folder / str(standard["file"]))
        own = {"standard": standard["id"], "version": standard["version"]}
        reading.rows["standard_point"].extend(
            {name: value for name, value in row.items() if name != "group"} | {"group_name": row["group"], **own}
            for row in rows
        )
        reading.problems.extend(problems)


def _rule(scratch: _Reading, row: Row) -> Iterator[RowProblem]:
    """A shipped item has params that its rule can compute with."""
    params = scheme_checks.read_params(str(row["params"]))
    wrong = params if isinstance(params, Message) else scheme_checks.rule_problem(str(row["kind"]), params)
    if wrong is not None:
        yield scratch.at("indicator", row, "params", wrong)


def _grades(reading: _Reading) -> Iterator[RowProblem]:
    """Floors fall from grade to grade, and the last one is 0: every total has a grade."""
    schemes: dict[object, list[Row]] = defaultdict(list)
    for row in reading.rows["grade_scheme"]:
        schemes[row["id"]].append(row)
    for rows in schemes.values():
        grades = [Grade(str(row["grade"]), cast(Decimal, row["floor"])) for row in rows]
        for position, message in scheme_checks.grade_problems(grades):
            yield reading.at("grade_scheme", rows[position], "floor", message)


def _baselines(reading: _Reading) -> Iterator[RowProblem]:
    """A planned time does not end before it starts, and each project has exactly one that counts by default."""
    for row in reading.rows["baseline"]:
        if str(row["ends_on"]) < str(row["starts_on"]):
            yield reading.at("baseline", row, "ends_on", Message("结束日期早于开始日期。"))
    defaults = Counter(row["project"] for row in reading.rows["baseline"] if row["is_default"])
    for project in reading.rows["project"]:
        if defaults[project["id"]] != 1:
            yield reading.at(
                "baseline",
                None,
                "is_default",
                Message(
                    "项目“{project}”应有且只有一个默认的计划工期，现有{count}个。",
                    {"project": str(project["id"]), "count": defaults[project["id"]]},
                ),
            )


def _lines(reading: _Reading) -> Iterator[RowProblem]:
    """A table of places that has begun has a row for each place: a street left out would pass for the whole."""
    for name in ("spend", "renovation"):
        if not reading.whole(name, "place"):
            continue
        there = {(row["project"], row["place"]) for row in reading.rows[name]}
        begun = {project for project, _ in there}
        for place in reading.rows["place"]:
            if place["project"] in begun and (place["project"], place["name"]) not in there:
                yield reading.at(name, None, "place", Message("缺少“{name}”这一行。", {"name": str(place["name"])}))


def _rounds(reading: _Reading) -> Iterator[RowProblem]:
    """A sheet's id begins with its round: r1/working."""
    rounds = {(row["project"], row["id"]) for row in reading.rows["round"]}
    for row in reading.rows["sheet"]:
        name, slash, rest = str(row["id"]).partition("/")
        if not slash or not rest or (row["project"], name) not in rounds:
            params = {"file": reading.files["round"], "cell": str(row["id"])}
            yield reading.at(
                "sheet", row, "id", Message("应为“轮次/名称”，轮次须在《{file}》中，读到“{cell}”。", params)
            )


def _scores(reading: _Reading) -> Iterator[RowProblem]:
    """Points belong to an item of the sheet's scheme and stay within its full marks; a status has points or none."""
    schemes = {(row["project"], row["id"]): (row["scheme"], row["scheme_version"]) for row in reading.rows["sheet"]}
    weights = {
        (row["scheme"], row["version"], row["code"]): cast(Decimal, row["weight"]) for row in reading.rows["indicator"]
    }
    for row in reading.rows["score"]:
        scheme = schemes.get((row["project"], row["sheet"]))
        if scheme is None:
            continue
        weight = weights.get((*scheme, row["code"]))
        points = cast("Decimal | None", row["points"])
        if weight is None:
            params = {"scheme": str(scheme[0]), "name": str(row["code"])}
            yield reading.at("score", row, "code", Message("指标体系“{scheme}”中没有“{name}”。", params))
        elif (points is not None) != Status(str(row["status"])).scored:
            yield reading.at("score", row, "points", Message("已评分的项须有得分，未评分的项不能有得分。"))
        elif points is not None and points > weight:
            yield reading.at(
                "score",
                row,
                "points",
                Message("本项最高{weight}分，读到{points}。", {"weight": f"{weight:f}", "points": f"{points:f}"}),
            )


_CHECKS: tuple[tuple[Callable[[_Reading], Iterator[RowProblem]], tuple[str, ...]], ...] = (
    (_grades, ("grade_scheme",)),
    (_baselines, ("baseline", "project")),
    (_lines, ()),
    (_rounds, ("round",)),
    (_scores, ("sheet", "scheme", "indicator")),
)
"""Checks between rows, with the tables that must be read without a problem first."""
