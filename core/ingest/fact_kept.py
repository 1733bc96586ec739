"""What a file says nothing of: figures that go on from the snapshot before it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from core.errors import Message
from core.ingest.fact_headings import NAMES, PART_NAMES, PARTS, Section
from core.model.project import Facts

_BY_COLUMN = ("spend", "renovation")
"""Parts of which a column that is missing goes on; of the others all is new, or all goes on."""


def kept(sections: Mapping[str, Section], told: Collection[str], previous: Facts | None) -> Message | None:
    """The sentence about the columns and tables that are not in the file; None: nothing goes on.

    `sections`: the tables by place that there are, by part. `told`: all parts that the file speaks of; `split` stands
    for the approved amounts as well.
    """
    if previous is None:
        return None
    there = {
        "spend": previous.spend,
        "renovation": previous.renovation,
        "delivery": previous.deliveries,
        "arrivals": previous.arrivals,
        "milestones": previous.milestones,
    }
    gone = [part for part, rows in there.items() if rows and part not in told]
    columns = [
        name
        for part in _BY_COLUMN
        if part in sections and there[part]
        for name in PARTS[part]
        if name not in sections[part].columns
    ]
    if "split" in told or not previous.budget_groups:
        columns = [name for name in columns if name != "estimate"]
    names = [Message("“{name}”列", {"name": NAMES[name]}) for name in columns]
    names += [Message("“{name}”", {"name": PART_NAMES[part]}) for part in gone]
    if not names:
        return None
    return Message(
        "文件中没有{names};这些数沿用现有的(截至{day},批次{batch}),导入后不变。",
        {"names": tuple(names), "day": previous.as_of, "batch": previous.batch},
    )
