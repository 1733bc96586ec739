"""Commands over the store itself: build, back up, restore, move, verify, redact."""

from __future__ import annotations

from pathlib import Path

import click

from core.commands.parts import (
    CONTEXT,
    FILE,
    Reply,
    as_text,
    json_option,
    named_project,
    person,
    project_option,
    who_option,
)
from core.errors import Message, RenewalError
from core.service.base import open_store
from core.service.manage import backups
from core.store.errors import StoreAway
from core.text import render


@click.command()
def build() -> Reply:
    """没有数据文件时，由随附的样例建立。"""
    made = open_store.build()
    try:
        return _built(made)
    except StoreAway as away:
        # Nothing is built on a server; that it does not answer yet keeps the dashboard from nothing: its pages say so.
        return Reply(0, err=f"{away}\n")


@click.command()
@click.option("--empty", is_flag=True, help="不装入样例项目，只装入指标体系")
def init(empty: bool) -> Reply:
    """建立数据文件，或在RENEWAL_STORE指明的空数据库里建表；已有的不改动。"""
    return _built(open_store.init(empty=empty))


def _built(made: bool) -> Reply:
    where = open_store.location()
    params = {"path": str(where)}
    if not made:
        open_store.store()
    if isinstance(where, Path):
        said = Message("已建立数据文件：{path}", params) if made else Message("数据文件已存在，未改动：{path}", params)
    else:
        said = (
            Message("已在数据库中建表：{path}", params) if made else Message("数据库里已有数据，未改动：{path}", params)
        )
    return Reply(0, render(said, "zh_CN") + "\n")


@click.command()
@click.argument("dest", type=FILE)
@click.option("--keep", type=click.IntRange(min=1), help="DEST是文件夹时，只留最近几份，更早的删去")
@json_option
def backup(dest: Path, keep: int | None, as_json: bool) -> Reply:
    """备份全部数据到一个新文件（DEST是文件夹时按时间取名）；看板开着时也能用，已有的文件不覆盖。"""
    made = backups.backup(CONTEXT, dest, keep)
    removed = [str(path) for path in made.removed]
    if as_json:
        return Reply(0, as_text({"file": str(made.path), "rows": made.rows, "digest": made.digest, "removed": removed}))
    gone = "".join(f"removed: {path}\n" for path in removed)
    note = f"{render(made.note, 'zh_CN')}\n" if made.note is not None else ""
    return Reply(0, f"file: {made.path}\nrows: {made.rows}\ndigest: {made.digest}\n{gone}", note)


@click.command()
@click.argument("file", type=FILE)
def restore(file: Path) -> Reply:
    """由备份恢复到RENEWAL_STORE指明的位置；那里须还没有数据（文件不在或是空的，或为空的数据库），绝不覆盖。"""
    return _restored(backups.restore(CONTEXT, file))


@click.command(short_help="把数据文件（或备份）搬进一个空的PostgreSQL数据库，逐表核对。")
@click.argument("file", type=FILE)
@click.argument("address")
def migrate(file: Path, address: str) -> Reply:
    """把数据文件搬进一个空的PostgreSQL数据库（postgres://用户@主机:端口/数据库）；逐表核对，不一致就整个作废。

    看板开着的数据文件搬不了：先停下看板，或者先备份，再搬备份。数据库要先建好（createdb），不必先运行init。
    """
    return _restored(backups.migrate(CONTEXT, file, address))


def _restored(made: backups.Restored) -> Reply:
    note = f"{render(made.note, 'zh_CN')}\n" if made.note is not None else ""
    return Reply(0, f"store: {made.where}\nrows: {made.rows}\ndigest: {made.digest}\n", note)


@click.command()
def accept() -> Reply:
    """数据比旁边的标记少（曾丢失）时，确认就以现状为准，恢复可写；先考虑从备份恢复。"""
    return Reply(0, render(backups.accept(CONTEXT), "zh_CN") + "\n")


@click.command()
@project_option
@json_option
def verify(project: str | None, as_json: bool) -> Reply:
    """校验全部数据是否被改动：表结构、逐行对照写入时的摘要、佐证内容、旁边的标记，并重新计算摘要链；有问题时逐条指出，退出码1。"""
    from core.service.manage import verifying

    found = verifying.verify(CONTEXT, project)
    whole = backups.check(CONTEXT)
    problems = [
        {"project": p.project, "sheet": p.sheet, "table": p.table, "code": p.code, "revision": p.revision}
        | {"message": render(p.message, "zh_CN")}
        for p in found.problems
    ]
    of_no_project = {"project": "", "sheet": "", "table": "", "code": "", "revision": 0}
    problems += [of_no_project | {"message": render(message, "zh_CN")} for message in whole.problems]
    code = 1 if problems else 0
    note = render(found.note, "zh_CN") if found.note is not None else ""
    if as_json:
        content = {
            "events": found.events,
            "note": note,
            "rows": whole.rows,
            "digest": whole.digest,
            "problems": problems,
        }
        return Reply(code, as_text(content))
    if problems:
        return Reply(code, err="".join(f"{problem['message']}\n" for problem in problems))
    chains = Message("共{count}条记录，摘要链完整。", {"count": found.events})
    tables = Message(
        "全库{rows}行，总摘要{digest}；表结构与佐证内容无误。", {"rows": whole.rows, "digest": whole.digest}
    )
    checked = Message("其余各表{rows}行与写入时的摘要相符。", {"rows": found.rows})
    said = [render(message, "zh_CN") for message in (chains, checked, tables)]
    return Reply(code, "".join(f"{line}\n" for line in (*said, note) if line))


@click.command()
@click.argument("digest")
@click.option("--reason", required=True, help="清除的理由和依据，记入过程记录")
@project_option
@who_option
def redact(digest: str, reason: str, project: str | None, by: str) -> Reply:
    """清除一份违法或误传的佐证文件（按其SHA-256）：内容删去，摘要和记录保留，不能再存入。"""
    from core.service.base import redaction

    redaction.redact(person(by), named_project(project), digest, reason)
    told = Message("已清除。数据文件里的旧字节在停下看板、运行 python -m core rewrite 之后消失；备份另行处理。")
    return Reply(0, render(told, "zh_CN") + "\n")


@click.command()
@click.pass_context
def rewrite(context: click.Context) -> Reply:
    """重写数据文件，使清除了的内容不再留在磁盘上。须先停下看板。"""
    if context.find_object(Path) is not None:  # handed over: the dashboard has the file open
        raise RenewalError(Message("看板正在运行。请先停下看板，再重写数据文件；文件未改动。"))
    open_store.rewrite()
    return Reply(0, render(Message("已重写数据文件：{path}", {"path": str(open_store.location())}), "zh_CN") + "\n")
