"""Saved views: a person's own, by name; nothing is overwritten."""

from __future__ import annotations

import pytest

from core.errors import NameNeeded, NotAllowed, UnknownName
from core.model.context import Actor, Context
from core.service.base import open_store, saved_views
from core.store import saved_views as stored

PROJECT = "lingang-2023"
WANG, LI = Context(Actor("browser-wang", "王工")), Context(Actor("browser-li1", "李工"))
LATE = "findings?project=lingang-2023&show=late"

pytestmark = pytest.mark.usefixtures("store_path")


def names(ctx: Context) -> list[tuple[str, str]]:
    return [(each.name, each.address) for each in saved_views.views(ctx, PROJECT)]


def test_each_person_has_their_own() -> None:
    saved_views.save(WANG, PROJECT, " 逾期的 ", LATE)
    saved_views.save(LI, PROJECT, "逾期的", "findings?project=lingang-2023")
    assert names(WANG) == [("逾期的", LATE)]
    assert names(LI) == [("逾期的", "findings?project=lingang-2023")]


def test_a_name_used_again_leads_to_the_new_address_and_a_removed_one_stays_in_the_record() -> None:
    saved_views.save(WANG, PROJECT, "常看", LATE)
    saved_views.save(WANG, PROJECT, "总览", "?project=lingang-2023&place=%E7%92%9C%E5%9C%9F%E9%95%87")
    saved_views.save(WANG, PROJECT, "常看", "checks?project=lingang-2023")
    assert [name for name, _ in names(WANG)] == ["常看", "总览"]
    assert names(WANG)[0] == ("常看", "checks?project=lingang-2023")
    first = saved_views.views(WANG, PROJECT)[0]
    with pytest.raises(UnknownName):
        saved_views.remove(LI, PROJECT, first.id)
    saved_views.remove(WANG, PROJECT, first.id)
    assert [name for name, _ in names(WANG)] == ["总览"]
    assert stored.saved_views(open_store.store(), PROJECT)[first.id].seq == 3
    with pytest.raises(UnknownName):
        saved_views.remove(WANG, PROJECT, first.id)


@pytest.mark.parametrize(
    "address", ["", "https://example.com/?project=x", "//example.com?x", "checks", "checks?项目=x", "javascript:x?"]
)
def test_only_addresses_of_this_house_are_saved(address: str) -> None:
    with pytest.raises(NotAllowed):
        saved_views.save(WANG, PROJECT, "常看", address)
    assert names(WANG) == []


def test_a_view_needs_a_name_and_a_person() -> None:
    with pytest.raises(NotAllowed):
        saved_views.save(WANG, PROJECT, "  ", LATE)
    with pytest.raises(NotAllowed):
        saved_views.save(WANG, PROJECT, "长" * 41, LATE)
    with pytest.raises(NameNeeded):
        saved_views.save(Context(Actor("anonymous")), PROJECT, "常看", LATE)
