"""How much may be uploaded, by whom and into which connection (No wrong number, D25)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from core.model.context import Actor
from core.model.rights import Role, everywhere
from core.service.base import connections
from deploy import streamlit_uploads
from deploy.uploads import MOST_BYTES, MOST_FILES, NO_ROLE, NOT_YOURS, Uploads

ZHANG, WU = (Actor(f"user:{name}", name, everywhere(Role.CLERK)) for name in ("zhang", "wu"))
NOBODY = Actor("user:new", "new", frozenset())


@pytest.fixture(autouse=True)
def tabs() -> Iterator[None]:
    """zhang has two windows, wu has one, and somebody without a role one."""
    for tab, who in (("z1", ZHANG), ("z2", ZHANG), ("w1", WU), ("n1", NOBODY)):
        connections.opened(tab, who.id)
    yield
    connections.forget(lambda _: True)


def test_only_into_ones_own_connection_and_only_with_a_role() -> None:
    store = Uploads(lambda _: (0, 0))
    assert store.admit("z1", 1, ZHANG) is None
    assert store.admit("w1", 1, ZHANG) is NOT_YOURS
    assert store.admit("never opened", 1, ZHANG) is NOT_YOURS
    assert store.admit("n1", 1, NOBODY) is NO_ROLE
    assert store.admit("z1", 1, None) is None  # mode local: whoever knows the connection's number


@given(st.lists(st.tuples(st.sampled_from(["z1", "z2"]), st.integers(0, MOST_BYTES // 3), st.booleans()), max_size=200))
def test_whatever_is_sent_stays_within_bounds(sent: list[tuple[str, int, bool]]) -> None:
    """`ends`: whether an upload has ended (and is kept), or is still under way."""
    kept: dict[str, list[int]] = defaultdict(list)
    under_way: dict[str, list[int]] = defaultdict(list)
    store = Uploads(lambda tab: (len(kept[tab]), sum(kept[tab])))
    for tab, size, ends in sent:
        before = {each: kept[each] + under_way[each] for each in ("z1", "z2")}
        fits = len(before[tab]) < MOST_FILES and sum(before[tab]) + size <= MOST_BYTES
        assert (store.admit(tab, size, ZHANG) is None) == fits  # two windows hold what one person may
        if fits and ends:
            store.done(tab, size)
            kept[tab].append(size)
        elif fits:
            under_way[tab].append(size)
    for tab in ("z1", "z2"):
        assert len(kept[tab] + under_way[tab]) <= MOST_FILES
        assert sum(kept[tab] + under_way[tab]) <= MOST_BYTES
    assert store.admit("w1", 1, WU) is None  # nobody is kept out by what another has sent


def test_a_third_window_finds_the_persons_bound() -> None:
    connections.opened("z3", ZHANG.id)
    full = Uploads(lambda tab: (MOST_FILES, 0) if tab in ("z1", "z2") else (0, 0))
    refused = full.admit("z3", 1, ZHANG)
    assert refused is not None
    assert "过多" in str(refused)
    assert full.admit("w1", 1, WU) is None


def test_files_are_freed_once_nobody_can_come_back_to_their_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    manager, active = MemoryUploadedFileManager("/upload"), {"z1", "w1"}
    runtime = SimpleNamespace(uploaded_file_mgr=manager, is_active_session=lambda tab: tab in active)
    monkeypatch.setattr(streamlit_uploads.Runtime, "instance", lambda: runtime)
    for tab in ("z1", "w1"):
        manager.add_file(tab, UploadedFileRec("1", "a.xlsx", "", b"x" * 10))
    assert streamlit_uploads.held("z1") == (1, 10)
    clock = [1000.0]
    active.discard("z1")
    streamlit_uploads.free(lambda: clock[0])
    assert streamlit_uploads.held("z1") == (1, 10)  # it may come back
    active.add("z1")
    streamlit_uploads.free(lambda: clock[0])
    active.discard("z1")
    clock[0] += 1000
    streamlit_uploads.free(lambda: clock[0])
    assert streamlit_uploads.held("z1") == (1, 10)  # the time begins anew
    clock[0] += 121
    streamlit_uploads.free(lambda: clock[0])
    assert (streamlit_uploads.held("z1"), streamlit_uploads.held("w1")) == ((0, 0), (1, 10))
    assert connections.person_of("w1") == WU.id
    assert connections.person_of("z1") is None
