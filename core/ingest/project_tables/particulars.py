"""Particulars of a project as a person enters them: read, checked, and laid over what is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from core.errors import InputError, Message, RowProblem
from core.ingest.files import cells
from core.ingest.project_tables.details import funding_of
from core.model.particulars import Particulars
from core.model.project import FUNDING_NAMES, Baseline, Facts, Funding
from core.model.storable import too_long, unstorable
from core.text import word
from core.text.numbers import MISSING, money
from core.text.one_line import one_line

MOST_NAME = 100
"""Most characters of a project's name, and of the number of its approval."""
MOST_SOURCES = 30
"""Most sources of money in a plan."""
EXAMPLE = Message("{source} 11400", {"source": FUNDING_NAMES["bond"]})
"""A line of a plan."""
FILLED_IN = word("填报")
"""The source of what a person has entered."""
FIELD = "particulars"
"""What a correction of particulars names as its field."""
_UNIT = re.compile(r"\s*万元?\s*$")
_PARTED = re.compile(r"\s*[=＝:：\t]\s*|\s+(?=[\d０-９,，.．+-]+$)")
"""Between the name of a source and its amount."""
_FULL = Decimal("0.000001")


def read_plan(text: str) -> tuple[tuple[str, Decimal], ...]:
    """Read a plan of money, one source a line: 专项债 11400. Raises InputError with every line that is none."""
    problems: list[RowProblem] = []
    found: list[tuple[str, Decimal]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            _read_source(number, line, found, problems)
    if len(found) > MOST_SOURCES:
        problems.append(_wrong(MOST_SOURCES + 1, Message("资金来源最多{most}项。", {"most": MOST_SOURCES})))
    if problems:
        raise InputError(Message("资金计划没有读懂，未保存。"), tuple(problems))
    return tuple(found)


def _read_source(number: int, line: str, found: list[tuple[str, Decimal]], problems: list[RowProblem]) -> None:
    parts = [part for part in _PARTED.split(_UNIT.sub("", line.strip())) if part]
    if len(parts) != 2:
        text = Message(
            "应为“来源 金额（万元）”，如“{example}”，读到“{line}”。", {"example": EXAMPLE, "line": line.strip()[:60]}
        )
        problems.append(_wrong(number, text))
        return
    name, amount = one_line(parts[0])[:MOST_NAME], cells.money(parts[1])
    if isinstance(amount, Message):
        problems.append(_wrong(number, amount))
    elif funding_of(name) in {funding_of(each) for each, _ in found}:
        problems.append(_wrong(number, Message("资金来源“{name}”写了两次。", {"name": name})))
    else:
        found.append((name, amount))


def _wrong(number: int, text: Message) -> RowProblem:
    return RowProblem(word("资金计划"), number, None, text)


def checked(said: Particulars, before: Facts | None, today: date) -> Particulars:
    """Return the entries as they are kept, over those of `before`. Raises InputError with all that is wrong."""
    said = replace(said, name=one_line(said.name), approval=one_line(said.approval))
    problems = tuple(RowProblem(word("项目概况"), None, None, text) for text in _problems(said, before, today))
    if problems:
        raise InputError(Message("项目概况有{count}处问题，未保存。", {"count": len(problems)}), problems)
    return said


def _problems(said: Particulars, before: Facts | None, today: date) -> Iterator[Message]:
    for text in (said.name, said.approval):
        if (why := too_long(text, MOST_NAME)) is not None or (why := unstorable(text)) is not None:
            yield why
    if said.approved_on is not None and not (said.approval or (before and before.project.approval)):
        yield Message("填写了批复日期，请同时填写批复文号。")
    if said.approved_on is not None and said.approved_on > today:
        yield Message("批复日期{day}晚于今天（{today}）。请核对日期。", {"day": said.approved_on, "today": today})
    if (said.start is None) != (said.end is None):
        yield Message("计划工期的开始日和结束日请一并填写。")
    elif said.start is not None and said.end is not None and said.start >= said.end:
        yield Message("计划工期的结束日{end}应晚于开始日{start}。请核对日期。", {"start": said.start, "end": said.end})
    if said.funding and before is not None:
        yield from _lost(said, before)


def _lost(said: Particulars, before: Facts) -> Iterator[Message]:
    """Sources that a new plan leaves out although more is known of them than their plan."""
    kept = {funding_of(name) for name, _ in said.funding}
    for plan in before.funding:
        used = plan.paid or plan.arrived or any(each.funding == plan.source for each in before.arrivals)
        if plan.source not in kept and used:
            yield Message("“{name}”已有到位或支付的数，不能从资金计划中去掉。", {"name": plan.name})


def laid_over(said: Particulars, facts: Facts) -> Facts:
    """Lay what a person says of a project over its facts."""
    project = replace(
        facts.project,
        name=said.name or facts.project.name,
        approval=said.approval or facts.project.approval,
        approved_on=said.approved_on or facts.project.approved_on,
    )
    return replace(
        facts,
        project=project,
        funding=_funding(said, facts.funding),
        baselines=_baselines(said, facts.baselines),
    )


def _baselines(said: Particulars, before: Sequence[Baseline]) -> tuple[Baseline, ...]:
    """The planned time that a person says counts; those that were known stay to be chosen."""
    if said.start is None or said.end is None:
        return tuple(before)
    name = f"{said.start:%y%m}-{said.end:%y%m}"
    new = Baseline(name, said.start, said.end, default=True, source=FILLED_IN)
    return (new, *(replace(each, default=False) for each in before if each.id != name))


def _funding(said: Particulars, before: Sequence[Funding]) -> tuple[Funding, ...]:
    """The plan that a person says, with what is known of the use of each source."""
    if not said.funding:
        return tuple(before)
    known = {plan.source: plan for plan in before}
    whole = sum((amount for _, amount in said.funding), Decimal(0))
    made = []
    for name, amount in said.funding:
        source = funding_of(name)
        share = (amount / whole).quantize(_FULL, ROUND_HALF_UP) if whole else Decimal(0)
        old = known.get(source) or Funding(
            source, FUNDING_NAMES.get(source, name), amount, None, None, share, FILLED_IN
        )
        same = old.planned == amount and len(known) == len(said.funding)
        made.append(old if same else replace(old, planned=amount, planned_share=share, section=FILLED_IN))
    return tuple(made)


def of_facts(facts: Facts) -> Particulars:
    """Tell the particulars that are known of a project."""
    planned = facts.default_baseline if facts.baselines else None
    return Particulars(
        name=facts.project.name,
        approval=facts.project.approval,
        approved_on=facts.project.approved_on,
        start=planned.start if planned else None,
        end=planned.end if planned else None,
        funding=tuple((plan.name, plan.planned) for plan in facts.funding),
    )


def differences(old: Particulars, new: Particulars) -> tuple[tuple[Message, str, str], ...]:
    """Name what differs: (what, as it was, as it is now), as printed; "—" for nothing."""
    pairs = zip(printed(old), printed(new), strict=True)
    return tuple((what, before, after) for (what, before), (_, after) in pairs if before != after)


def printed(known: Particulars) -> tuple[tuple[Message, str], ...]:
    """Print particulars: (what, as it is), "—" for what is not known."""
    span = f"{known.start.isoformat()}—{known.end.isoformat()}" if known.start and known.end else MISSING
    plan = "、".join(f"{name}{money(amount)}" for name, amount in known.funding)
    return (
        (Message("项目名称"), known.name or MISSING),
        (Message("批复文号"), known.approval or MISSING),
        (Message("批复日期"), known.approved_on.isoformat() if known.approved_on else MISSING),
        (Message("计划工期"), span),
        (Message("资金计划"), plan or MISSING),
    )
