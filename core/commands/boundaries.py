"""Commands over 街镇边界：import, withdraw."""

from __future__ import annotations

from pathlib import Path

import click

from core.commands.parts import FILE, Reply, dry_run_option, named_project, person, project_option, who_option


@click.group()
def boundaries() -> None:
    """街镇边界。"""


@boundaries.command("import")
@click.argument("file", type=FILE)
@project_option
@dry_run_option
@who_option
def import_boundaries(file: Path, project: str | None, dry_run: bool, by: str) -> Reply:
    """由GeoJSON导入街镇边界，受益情况据此画地图。有问题时全部列出，什么也不写入。"""
    from core.service.base.file import load
    from core.service.progress import boundaries as service

    of, given = named_project(project), load(file, service.MOST_BYTES)
    if dry_run:
        return Reply(0, f"places: {len(service.check(person(by), of, given.name, given.content))}\n")
    new = service.take_over(person(by), of, given.name, given.content)
    return Reply(0, f"boundaries: {given.name}\n" if new else f"unchanged: {given.name}\n")


@boundaries.command("withdraw")
@project_option
@who_option
def withdraw_boundaries(project: str | None, by: str) -> Reply:
    """撤回街镇边界：受益情况不再画地图；记录保留。"""
    from core.service.progress import boundaries as service

    of = named_project(project)
    service.withdraw(person(by), of)
    return Reply(0, f"withdrawn: {of}\n")
