"""分工: which items an evaluator scores, in words, and which items have too few evaluators."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from core.errors import Message
from core.model.scorecard import Indicator, Scheme

MOST_CODES = 6
"""Items named in a sentence; of more their number is given."""
BELOW = " › "
"""Between the names of a level 1 group and of a level 2 group in it."""


def groups(scheme: Scheme) -> dict[str, tuple[str, ...]]:
    """Codes of each group of level 1, then of level 2, by its name; a group of one item, or of another's, is none.

    A level 2 group is named with the level 1 group above it: names of level 2 come up twice.
    """
    found: dict[str, tuple[str, ...]] = {}
    for name in [each.l1 for each in scheme.indicators] + [_second(each) for each in scheme.indicators]:
        codes = tuple(each.code for each in scheme.indicators if name in (each.l1, _second(each)))
        if len(codes) > 1 and codes not in found.values():
            found[name] = codes
    return found


def _second(each: Indicator) -> str:
    return f"{each.l1}{BELOW}{each.l2}"


def cover(scheme: Scheme, codes: Collection[str]) -> tuple[str, ...]:
    """Name items by the groups that are wholly among them, the larger ones first, then by the codes that are left."""
    left, names = set(codes), list[str]()
    for name, own in groups(scheme).items():
        if left >= set(own):
            names.append(name)
            left -= set(own)
    return (*names, *(each.code for each in scheme.indicators if each.code in left))


def in_words(scheme: Scheme, codes: Collection[str] | None) -> Message:
    """Name items as `cover` does: 产出、D11、D12（8项）; None: 全部指标."""
    if codes is None:
        return Message("全部指标")
    names = cover(scheme, codes)
    params: dict[str, object] = {"names": tuple(map(_level, names[:MOST_CODES])), "count": len(codes)}
    if len(names) > MOST_CODES:
        return Message("{names}等（{count}项）", params)
    return Message("{names}（{count}项）", params)


def _level(name: str) -> Message | str:
    first, _, second = name.partition(BELOW)
    return Message("{first} › {second}", {"first": first, "second": second}) if second else name


def thin(scores: Mapping[str, int], fewest: int) -> Message | None:
    """Say which items have fewer evaluators than `fewest`, by how many; None: there is none."""
    by_count: dict[int, list[str]] = {}
    for code, count in scores.items():
        if count < fewest:
            by_count.setdefault(count, []).append(code)
    parts = [_thin(count, by_count[count], len(scores)) for count in sorted(by_count)]
    if not parts:
        return None
    said = parts[0]
    for part in parts[1:]:
        said = Message("{none}；{few}", {"none": said, "few": part})
    return Message("{said}，少于每项{fewest}人。", {"said": said, "fewest": fewest})


def _thin(count: int, codes: Collection[str], of: int) -> Message:
    who = Message("只有{count}人评", {"count": count}) if count else Message("没有人评")
    params: dict[str, object] = {"who": who, "items": len(codes), "codes": tuple(codes)[:MOST_CODES]}
    if len(codes) == of:
        return Message("各项都{who}", params)
    if len(codes) > MOST_CODES:
        return Message("{codes}等{items}项{who}", params)
    return Message("{codes}{who}", params)


def scorers(scheme: Scheme, sheets: Iterable[Collection[str]]) -> dict[str, int]:
    """Count by item on how many sheets it is scored; a sheet is the codes that its evaluator scores."""
    of = list(sheets)
    return {each.code: sum(each.code in codes for codes in of) for each in scheme.indicators}
