"""What people have said of columns: the newest counts, it can be forgotten, and what schema 3 kept is still there."""

from __future__ import annotations

from dataclasses import replace

from core.store import clock, read, snapshots
from core.store.database import Store
from core.store.event_log import signed
from core.store.said_columns import Said, forget, said_columns
from tests.core.store.test_snapshots import PROJECT, WANG


def known(store: Store) -> dict[tuple[str, str], str]:
    return {(each.layout, each.place): each.field for each in said_columns(store, PROJECT)}


def test_what_a_column_means_is_kept_until_somebody_says_otherwise(store: Store) -> None:
    first = read.facts(store, PROJECT)
    assert known(store) == {}
    told: list[tuple[str, Said]] = [
        ("b1", {("", "拨付", "拨付"): "paid", ("f1", "C", "户数|计划"): ""}),
        ("b2", {("", "拨付", "拨付"): "paid", ("f2", "C", "开工数"): "started"}),
        ("b3", {("", "拨付", "拨付"): "invested"}),
    ]
    for batch, said in told:
        snapshots.add(store, replace(first, batch=batch), WANG, said=said)
    assert known(store) == {("", "拨付"): "invested", ("f1", "C"): "", ("f2", "C"): "started"}
    with store.reading() as session:
        newest = session.run("newest_layout_mapping", project=PROJECT, layout="", place="拨付")
    assert newest == [(2,)]


def test_one_layout_is_forgotten_and_said_again(store: Store) -> None:
    first = read.facts(store, PROJECT)
    said: Said = {("f1", "C", "甲"): "paid", ("f1", "D", "乙"): "", ("f2", "C", "甲"): "paid"}
    snapshots.add(store, replace(first, batch="b1"), WANG, said=said)
    forget(store, PROJECT, [each for each in said_columns(store, PROJECT) if each.layout == "f1"], WANG)
    assert known(store) == {("f2", "C"): "paid"}
    snapshots.add(store, replace(first, batch="b2"), WANG, said={("f1", "C", "甲"): "paid"})
    assert known(store) == {("f1", "C"): "paid", ("f2", "C"): "paid"}


def test_what_an_older_version_kept_counts_until_it_is_forgotten(store: Store) -> None:
    rows = [
        {"project": PROJECT, "heading": heading, "seq": seq, "field": field, **signed(WANG, clock.now())}
        for heading, seq, field in (("拨付", 1, "invested"), ("拨付", 2, "paid"), ("备注", 1, ""))
    ]
    with store.writing("data") as session:
        session.insert("column_mapping", rows)
    assert known(store) == {("", "拨付"): "paid", ("", "备注"): ""}
    (mine,) = [each for each in said_columns(store, PROJECT) if each.place == "拨付"]
    assert mine.said_by == WANG.name
    forget(store, PROJECT, [mine], WANG)
    assert known(store) == {("", "备注"): ""}
