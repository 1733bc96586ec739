"""Backups while people work, restoring, moving to PostgreSQL, and the check of the whole store."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.errors import Message, RenewalError
from core.model.context import Context
from core.model.rights import Deed
from core.service.base import identity, open_store
from core.service.base.asking import asks
from core.service.base.moments import day_and_time, local
from core.store import clock, copying, errors
from core.store.address import parse
from core.store.copying import Copied
from core.store.loss import Shortfall

_NAME = re.compile(r"renewal-\d{8}-\d{6}\.duckdb")
"""A backup that was named by `name_of`: the only files that are ever taken away."""
AT_A_CLICK = "manual"
"""Folder, in the server's own, of backups asked for on a page: however many, the nightly ones beside it stay."""
MOST_KEPT = 10
"""Most backups in it."""


@dataclass(frozen=True)
class Backup:
    """A backup that holds what the store held at one moment."""

    path: Path
    rows: int
    digest: str
    """Digest of the content; the store that it is restored to has an equal one."""
    removed: tuple[Path, ...] = ()
    """Older ones taken away, since only so many are kept."""
    note: Message | None = None
    """Sentence on what is not in it."""


def name_of(moment: datetime) -> str:
    """Name a backup by its moment (naive UTC): renewal-20241231-103200.duckdb."""
    return f"renewal-{local(moment):%Y%m%d-%H%M%S}.duckdb"


@asks(Deed.KEEP)
def backup(ctx: Context, where: Path, keep: int | None = None) -> Backup:
    """Write a backup while people go on working: into a new file, or into a folder under a name that says when.

    `keep`: how many of those in the folder stay, the newest first; the rest is taken away once the new one is whole.
    Raises StoreError; then nothing is left behind and nothing taken away.
    """
    if keep is not None and not where.is_dir():
        raise RenewalError(Message("“{folder}”不是文件夹，没有备份。--keep 只用于文件夹。", {"folder": str(where)}))
    return _backup(ctx, where, keep)


def _backup(ctx: Context, where: Path, keep: int | None) -> Backup:
    path = where / name_of(clock.now()) if where.is_dir() else where
    copied = copying.backup(open_store.of(ctx), path)
    removed = _thin_out(where, keep) if keep is not None else ()
    return Backup(path, copied.rows, copied.digest, removed, _without_logins())


def _without_logins() -> Message | None:
    """Say that passwords are never in a backup, and how to keep them, where people log in here."""
    if identity.mode() != "accounts":
        return None
    where = open_store.accounts()
    if isinstance(where, Path):
        return Message(
            "备份里有各人的角色，没有密码。请另行备份账号文件“{file}”（不要与备份放在一起）；"
            "没有它时，恢复后用 python -m core users password 重设密码。",
            {"file": str(where)},
        )
    return Message(
        "备份里有各人的角色，没有密码。密码在PostgreSQL的login_password表里，随数据库自己的备份；"
        "没有时，恢复后用 python -m core users password 重设密码。"
    )


def _thin_out(folder: Path, keep: int) -> tuple[Path, ...]:
    named = sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))
    old = tuple(named[: max(len(named) - keep, 0)])
    for path in old:
        try:
            path.unlink()
        except OSError as error:
            raise RenewalError(
                Message("备份已完成，但旧备份“{file}”无法删除。请检查文件夹的权限。", {"file": str(path)})
            ) from error
    return old


@asks(Deed.BACKUP)
def keep(ctx: Context) -> Backup:
    """Make a backup now on the server, among the newest `MOST_KEPT` of those asked for on a page. Raises StoreError."""
    folder = open_store.backups() / AT_A_CLICK
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        if isinstance(full := errors.of_system(error, folder), errors.StoreFull):
            raise full from error
        raise RenewalError(
            Message("备份文件夹“{folder}”无法建立，没有备份。请管理员检查权限。", {"folder": str(folder)})
        ) from error
    return _backup(ctx, folder, MOST_KEPT)


@dataclass(frozen=True)
class Restored:
    """Result of a restore."""

    where: str
    rows: int
    digest: str
    note: Message | None
    """Sentence on records that were acknowledged beside the store and that the backup lacks."""


@asks(Deed.KEEP)
def restore(ctx: Context, file: Path) -> Restored:
    """Make the store that `RENEWAL_STORE` names out of a backup; never over data. Raises StoreError."""
    where = open_store.location()
    return _restored(str(where), copying.restore(file, where))


@asks(Deed.KEEP)
def migrate(ctx: Context, file: Path, address: str) -> Restored:
    """Move a file into an empty PostgreSQL database: all of it, and held against the file. Raises StoreError."""
    where = parse(address)
    return _restored(str(where), copying.restore(file, where))


def _restored(where: str, copied: Copied) -> Restored:
    return Restored(where, copied.rows, copied.digest, _note(copied.short) if copied.short else None)


def _note(lost: Shortfall) -> Message:
    return Message(
        "注意：旁边的标记记到{when}，这份备份比它少{count}条记录。缺少的部分请按纸面或浏览器里的内容补录。",
        {"when": day_and_time(lost.acknowledged_at), "count": lost.count},
    )


@asks(Deed.KEEP)
def accept(ctx: Context) -> Message:
    """Take a store that has lost something as it is; it can be written again. Raises StoreError."""
    where = open_store.location()
    if not isinstance(where, Path):
        raise RenewalError(Message("PostgreSQL数据库没有旁边的标记，不需要这条命令。"))
    lost: Shortfall | None = None
    if not open_store.is_whole():
        open_store.close()
        lost = copying.accept(where)
    if lost is None:
        return Message("数据与旁边的标记相符，没有要接受的。")
    return Message("已以现状为准：缺少的{count}条记录不再追查，可以继续使用。", {"count": lost.count})


@dataclass(frozen=True)
class Whole:
    """Result of the check of the store itself, apart from its chains of events."""

    rows: int
    digest: str
    problems: tuple[Message, ...]


@asks(Deed.SEE_ALL)
def check(ctx: Context) -> Whole:
    """Read everything there is: tables, sums, contents of evidence, and the mark beside the file. Raises StoreError."""
    store = open_store.of(ctx)
    problems: list[Message] = []
    if store.short is not None:
        problems.append(store.short.message())
    if store.mark_failed:
        problems.append(
            Message(
                "已保存的都在，但数据文件旁边的标记无法写入，日后若有丢失将无法察觉。请检查磁盘和权限，再重启看板。"
            )
        )
    with store.reading() as session, session.transaction():
        if odd := copying.odd_columns(session):
            problems.append(Message("这些表的结构与本程序不符：{tables}。请从备份恢复。", {"tables": odd}))
        for name in copying.altered_contents(session):
            problems.append(
                Message("一份佐证的内容与其摘要{digest}不符，已被改动或损坏。请从备份恢复。", {"digest": name[:12]})
            )
        for name in copying.missing_contents(session):
            problems.append(Message("一份佐证的内容（摘要{digest}）不见了。请从备份恢复。", {"digest": name[:12]}))
        found = copying.sums(session)
    return Whole(sum(rows for rows, _ in found.values()), copying.digest_of(found), tuple(problems))
