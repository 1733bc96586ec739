"""Rows missing of those acknowledged: a store held against its mark (core.store.acknowledged)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.errors import Message
from core.store import errors
from core.store.acknowledged import Acknowledged
from core.store.session import Session

_WORDS: Mapping[str, Message] = {
    "score_event": Message("评分记录"),
    "item_input": Message("填报记录"),
    "sheet_event": Message("流程记录"),
    "comment": Message("评议意见"),
    "evidence": Message("佐证材料"),
    "finding_event": Message("整改记录"),
    "standard_check": Message("改造标准检查记录"),
    "site_picture": Message("改造前后照片"),
    "import_batch": Message("数据批次"),
}
_OTHER = Message("其他记录")


@dataclass(frozen=True)
class Shortfall:
    """Missing rows. `rows` may be empty: as many rows as there should be, but other ones."""

    path: Path
    rows: Mapping[str, int]
    """By table."""
    acknowledged_at: datetime
    """Moment of the last acknowledged write, naive UTC."""

    @property
    def count(self) -> int:
        """Number of missing rows."""
        return sum(self.rows.values())

    def message(self) -> Message:
        """The sentence: what has happened, and what to do."""
        params: dict[str, object] = {"file": str(self.path)}
        if not self.rows:
            return Message(
                "数据文件“{file}”与旁边的标记不符：最后一条已确认保存的记录不在其中，可能换成了另一份副本。现在只能查看。"
                "请从备份恢复；确要以现状为准，请运行 python -m core accept。",
                params,
            )
        words: dict[str, int] = {}
        for table, count in self.rows.items():
            word = _WORDS.get(table, _OTHER).text
            words[word] = words.get(word, 0) + count
        what = tuple(Message("{what}{count}条", {"what": Message(word), "count": n}) for word, n in words.items())
        return Message(
            "数据文件“{file}”缺少{count}条已确认保存的记录（{what}）。可能是它的日志（.wal）丢失或损坏，或换成了较旧的副本。"
            "现在只能查看。请从备份恢复；确要以现状为准，请运行 python -m core accept。",
            params | {"count": self.count, "what": what},
        )

    def error(self) -> errors.StoreShort:
        """The error that a write meets."""
        return errors.StoreShort(self.message())


def shortfall(session: Session, noted: Acknowledged, path: Path) -> Shortfall | None:
    """Rows that the store lacks of those noted of it; None for nothing, and for another store's mark."""
    if noted.store != store_id(session):
        return None
    there = {name for (name,) in session.run("tables")}
    found = rows_of(session, there & {*noted.rows, "redaction"})
    missing = {
        table: count - found.get(table, 0)
        for table, count in noted.rows.items()
        if table != "schema_version"  # nobody's record: an older copy may lack its last row
        and found.get(table, 0) < count
    }
    lost = [
        table
        for table, head in noted.heads.items()
        if table not in there or not session.run_on(table, "head_exists", digest=head)[0][0]
    ]
    if not missing and not lost:
        return None
    return Shortfall(path, missing, datetime.fromisoformat(noted.made_at))


def store_id(session: Session) -> str:
    """The id that tells this store from any other but its copies: the moment at which it was made."""
    ((made_at,),) = session.run("store_id")
    return f"{made_at:%Y-%m-%dT%H:%M:%S.%f}"


def rows_of(session: Session, tables: Collection[str]) -> dict[str, int]:
    """Number of rows of each of these tables. Contents that were taken out on purpose count on."""
    found = {name: int(count) for name, count in session.run_on_each(sorted(tables), "table_rows")}
    if "evidence_bytes" in found:
        found["evidence_bytes"] += found.get("redaction", 0)
    return found
