"""The tables of a store, by the version of the schema that brought them; what an older store lacks is added to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from core.store import clock, delivery_tables, errors, row_digests
from core.store.address import Address, Place
from core.store.session import Session

_WRITTEN: Mapping[int, tuple[str, ...]] = {
    1: (
        "schema_version", "import_batch", "scheme", "indicator", "grade_scheme", "project", "place", "budget_group",
        "budget_group_place", "funding", "spend", "renovation", "baseline", "claim", "round", "sheet", "score_event",
    ),
    2: (
        "sheet_owner", "sheet_event", "item_input", "recusal", "flag_answer", "comment", "evidence", "evidence_bytes",
        "minutes", "round_event",
    ),
    3: (
        "batch_event", "batch_file", "correction", "milestone", "delivery", "arrival", "community", "column_mapping",
        "check_answer", "finding", "finding_event",
    ),
    4: ("view", "delivery_more"),
    5: ("user_event", "redaction", row_digests.TABLE, "round_step", "funding_kind"),
    6: (
        "standard", "standard_point", "standard_check", "goal",
        "layout_mapping",
        "community_more", "not_reported",
        "payment", "comparison", "site_picture",
        "source_money",
        "sheet_target", "sheet_budget",
    ),
    7: (
        "account_event", "evidence_withdrawal", "round_setting", "assignment", "talk", "deliberation", "questionnaire",
        "comment_unit", "scheme_step",
    ),
    8: ("saved_view",),
    9: ("dated_note",),
    10: ("milestone_owner",),
    11: ("place_boundary",),
    12: ("kept_choice",),
    13: ("notice", "notice_sending"),
    14: ("reporting_period", "reported_figure", "report_step", "reporter", "review_rule"),
    15: ("reporting_community", "community_figure"),
}  # fmt: skip
"""The tables that each version of the schema has added to the one before; nothing was ever changed or taken away.

0.4.0 and 0.5.0 both wrote number 4, 0.5.0 with user_event and redaction: of a version's tables some may be there."""

ADDED = {
    version: (*_WRITTEN.get(version, ()), *delivery_tables.LATER.get(version, ()))
    for version in sorted({*_WRITTEN, *delivery_tables.LATER})
}

SCHEMA_VERSION = max(ADDED)
"""The shape of the tables that this program writes and reads."""

TABLES = tuple(table for added in ADDED.values() for table in added)
"""Every table; each has its create_ statement."""

CHAINED = (*row_digests.OWN_CHAINS, row_digests.TABLE)
"""The tables whose rows are chained by their digests."""


def check_schema(session: Session, place: Place) -> int:
    """The version of the schema that is there. Raises StoreEmpty, StoreNewer, StoreForeign."""
    tables = {name for (name,) in session.run("tables")}
    if not tables:
        raise errors.empty(place)
    found = session.run("schema_version")[0][0] if "schema_version" in tables else None
    version = cast("int | None", found)
    if version is not None and version > SCHEMA_VERSION:
        raise errors.newer(place, version, SCHEMA_VERSION)
    expected = {table for added, new in ADDED.items() if added <= (version or 0) for table in new}
    if version is None or not tables >= expected:
        raise errors.foreign(place)
    return version


def upgrade(session: Session, place: Place) -> None:
    """Add the tables of the versions since: new tables only, all of them or (also when the power fails) none."""
    with session.transaction():
        # Asked again: another process may have done it while this one waited.
        _add_tables(session, check_schema(session, place))
        note_upgrade(session)
        if isinstance(place, Address):
            session.run("postgres_indexes")


def note_upgrade(session: Session) -> None:
    """Note what was written by the upgrade and, where a store had no digests of its rows, everything in it."""
    if session.run("newest_write_digest"):
        row_digests.note(session)
    else:
        row_digests.note_all(session, TABLES)


def _add_tables(session: Session, version: int) -> None:
    """The tables of every version after `version`, within a transaction; one that is there stays as it is."""
    there = {name for (name,) in session.run("tables")}
    for added, tables in ADDED.items():
        if added > version:
            for table in tables:
                if table not in there:
                    session.run(f"create_{table}")
            session.insert("schema_version", [{"version": added, "made_at": clock.now()}])
