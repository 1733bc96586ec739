"""A scheme edited on the page: saved as a version of its own, or refused with everything that is wrong."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from core.errors import NameNeeded, NotAllowed, UnknownName
from core.model.scorecard import Indicator, Scheme
from core.service.manage import scheme_editing, scheme_files
from core.service.scoring import setting_up
from tests.core.service.people import LI, NOBODY, PROJECT, WANG

D = Decimal

pytestmark = pytest.mark.usefixtures("store_path")

OLD = "old-community-32"


def edited(scheme: Scheme, **marks: D) -> tuple[Indicator, ...]:
    """The items with other full marks."""
    return tuple(replace(item, weight=marks.get(item.code, item.weight)) for item in scheme.indicators)


def test_it_becomes_the_next_version_and_the_earlier_one_stays() -> None:
    before = scheme_files.scheme_of(WANG, OLD)
    made = scheme_editing.save(WANG, PROJECT, OLD, 1, 1, before.name, edited(before, A11=D("1.5"), A12=D("2.5")))
    assert (made.id, made.version, made.name) == (OLD, 2, before.name)
    assert scheme_files.scheme_of(WANG, OLD, 1) == before
    kept = scheme_files.scheme_of(WANG, OLD)
    assert [(item.code, item.weight) for item in kept.indicators[:3]] == [
        ("A11", D("1.5")),
        ("A12", D("2.5")),
        ("A13", D("2")),
    ]
    # The round that was scored stays with its own; a new one may choose.
    start = setting_up.start(WANG, PROJECT)
    assert start.scheme is not None
    assert start.scheme.version == 1
    assert [each.version for each in start.schemes if each.id == OLD] == [1, 2]


def test_another_name_makes_a_scheme_of_its_own() -> None:
    before = scheme_files.scheme_of(WANG, OLD)
    made = scheme_editing.save(WANG, PROJECT, OLD, 1, 1, " 本区指标体系 ", before.indicators)
    assert (made.version, made.name) == (1, "本区指标体系")
    assert made.id != OLD
    assert [each.version for each in scheme_files.schemes(WANG) if each.id == OLD] == [1]


def test_everything_wrong_is_said_at_once_and_nothing_written() -> None:
    before = scheme_files.scheme_of(WANG, OLD)
    known = scheme_files.schemes(WANG)
    items = (replace(before.indicators[0], code=""), *edited(before, A12=D("2.5"))[1:])
    with pytest.raises(NotAllowed) as refused:
        scheme_editing.save(WANG, PROJECT, OLD, 1, 1, " ", items)
    assert [str(reason) for reason in refused.value.reasons] == [
        "请给指标体系一个名称。",
        "1 立项依据充分性：缺少编号，每项指标须有自己的编号。",
        "分值合计应为100，现为100.50。",
    ]
    with pytest.raises(NotAllowed, match="与第1版一样，没有可保存的修改。"):
        scheme_editing.save(WANG, PROJECT, OLD, 1, 1, before.name, before.indicators)
    assert scheme_files.schemes(WANG) == known
    # Another step alone is a change.
    assert scheme_editing.save(WANG, PROJECT, OLD, 1, 1, before.name, before.indicators, D("0.5")).step == D("0.5")
    assert scheme_files.scheme_of(WANG, OLD).step == D("0.5")


def test_nobody_without_a_name_and_no_scheme_that_is_not_there() -> None:
    before = scheme_files.scheme_of(WANG, OLD)
    with pytest.raises(NameNeeded):
        scheme_editing.save(NOBODY, PROJECT, OLD, 1, 1, before.name, edited(before))
    with pytest.raises(UnknownName):
        scheme_editing.save(WANG, PROJECT, OLD, 7, 7, before.name, edited(before))


def test_who_has_not_seen_the_newest_version_does_not_undo_it_unawares() -> None:
    before = scheme_files.scheme_of(WANG, OLD)
    scheme_editing.save(LI, PROJECT, OLD, 1, 1, before.name, edited(before, A11=D("1.5"), A12=D("2.5")))
    mine = edited(before, A21=D("1.5"), A22=D("2.5"))
    with pytest.raises(NotAllowed, match="另一处已保存第2版，本次未保存"):
        scheme_editing.save(WANG, PROJECT, OLD, 1, 1, before.name, mine)
    assert scheme_files.scheme_of(WANG, OLD).version == 2
    # Knowing of it they may go on from the first one all the same.
    assert scheme_editing.save(WANG, PROJECT, OLD, 1, 2, before.name, mine).version == 3
