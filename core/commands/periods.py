"""Commands that write the figures of one period as a file, and that check such a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from core.commands.parts import (
    CONTEXT,
    FILE,
    Reply,
    as_text,
    json_option,
    named_project,
    project_option,
    table,
    written,
)
from core.errors import Message, RenewalError
from core.text import render

if TYPE_CHECKING:
    from core.briefing.period_file import Kind

_KINDS: Mapping[str, Kind] = {".csv": "csv", ".xlsx": "xlsx"}


@click.command("export-period")
@click.option("--batch", help="哪个批次，如lingang-2023@2024-12-31；省略时为当前这一期")
@project_option
@click.option("--out", "file", required=True, type=FILE, help="写到哪个文件，.csv或.xlsx")
def export_period(batch: str | None, project: str | None, file: Path) -> Reply:
    """写出一期填报的各个数，注明谁复核、校验值；之后可用check-period核对。明细和里程碑不在内。"""
    from core.service.base import project as projects
    from core.service.manage import period_files

    here, kind = named_project(project), _KINDS.get(file.suffix.lower())
    if kind is None:
        raise RenewalError(Message("“{file}”应以.csv或.xlsx结尾。", {"file": file.name}))
    wanted = batch or projects.facts(CONTEXT, here).batch
    return written(file, period_files.period_file(CONTEXT, here, wanted, kind).content)


@click.command("check-period")
@click.argument("file", type=FILE)
@json_option
def check_period(file: Path, as_json: bool) -> Reply:
    """核对一份导出的本期数据：哪些数与导入的不同、这一期是否仍然生效；都一致时退出码0，否则3。"""
    from core.service.base import batches
    from core.service.base.file import File
    from core.service.manage import importing, period_files

    found = period_files.check(CONTEXT, File(file.name, importing.load(file)))
    code = 0 if found.stands else 3
    if as_json:
        return Reply(code, as_text(vars(found) | {"differing": [vars(each) for each in found.differing]}))
    if found.stands:
        return Reply(0, render(Message("与批次{batch}一致，仍然生效。", {"batch": found.batch}), "zh_CN") + "\n")
    said = []
    if found.state != "released":
        params = {"batch": found.batch, "state": batches.STATES[found.state]}
        said.append(Message("批次{batch}现在的状态：{state}。", params))
    if found.newer:
        said.append(Message("这一天的数据已由批次{newer}代替。", {"newer": found.newer}))
    if found.digest_wrong:
        said.append(Message("校验值不符：文件导出后改过。"))
    rows = [["街镇", "数据项", "文件中", "导入时"]]
    rows += [[each.place, each.id, each.in_file or "—", each.in_store or "—"] for each in found.differing]
    sentences = "".join(f"{render(each, 'zh_CN')}\n" for each in said)
    return Reply(code, table(rows) if found.differing else "", sentences)
