"""Print nginx's configuration for the dashboard: HTTPS, each browser on the replica that has its session.

python -m deploy.nginx --name board.example --certificate FILE --key FILE [--replica 127.0.0.1:8501]...
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path
from string import Template

import click

TEMPLATE = Path(__file__).with_name("nginx.conf.template")
COOKIE = "renewal_replica"
"""In which a browser's replica stands, as r1, r2 ..."""


def configuration(
    name: str,
    certificate: Path,
    key: Path,
    replicas: Sequence[str],
    *,
    port: int = 443,
    plain_port: int = 80,
    cache: Path = Path("/var/lib/nginx/renewal"),
    strict: bool = False,
) -> str:
    """The configuration for nginx's `http`; raises ValueError for a replica that is no address with a port.

    `strict`: browsers shall never again open the name without a certificate that they trust.
    """
    for replica in replicas:
        host, _, number = replica.rpartition(":")
        if ip_address(host).version != 4 or not 0 < int(number) < 65536:
            raise ValueError(replica)
    names = [f"r{number}" for number in range(1, len(replicas) + 1)]
    groups = [_group("renewal_any", replicas, ())]
    for called, own in zip(names, replicas, strict=True):
        groups.append(_group(f"renewal_{called}", [own], [other for other in replicas if other != own]))
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        name=name,
        site=name if port == 443 else f"{name}:{port}",
        certificate=certificate,
        key=key,
        port=port,
        plain_port=plain_port,
        cache=cache,
        strict="\n        add_header Strict-Transport-Security max-age=31536000 always;" if strict else "",
        upstreams="\n".join(groups),
        by_cookie="\n".join(f"    {called} renewal_{called};" for called in names),
        # The last one: those before it in the list did not answer.
        by_address="\n".join(
            f'    "~(^|[ ,]){re.escape(replica)}$" {called};' for called, replica in zip(names, replicas, strict=True)
        ),
    )


def _group(name: str, replicas: Sequence[str], others: Sequence[str]) -> str:
    lines = [f"    server {replica} max_fails=1 fail_timeout=5s;" for replica in replicas]
    lines += [f"    server {other} max_fails=1 fail_timeout=5s backup;" for other in others]
    return "\n".join([f"upstream {name} {{", f"    zone {name} 64k;", *lines, "    keepalive 16;", "}"])


@click.command(help="打印nginx的配置 / print nginx's configuration")
@click.option("--name", required=True, help="看板的网址,如board.example / the name people type")
@click.option("--certificate", required=True, type=click.Path(path_type=Path), help="证书(含中间证书),PEM")
@click.option("--key", required=True, type=click.Path(path_type=Path), help="私钥,PEM")
@click.option(
    "--replica", "replicas", multiple=True, default=("127.0.0.1:8501",), show_default=True,
    help="看板进程的地址和端口,可多次 / a process of the dashboard; may be repeated",
)  # fmt: skip
@click.option("--port", default=443, show_default=True)
@click.option("--plain-port", default=80, show_default=True, help="转到HTTPS / leads to HTTPS")
@click.option("--cache", type=click.Path(path_type=Path), default="/var/lib/nginx/renewal", show_default=True)
@click.option("--strict", is_flag=True, help="HSTS:证书须受浏览器信任 / only with a certificate that browsers trust")
def main(
    name: str, certificate: Path, key: Path, replicas: tuple[str, ...], port: int, plain_port: int, cache: Path,
    strict: bool,
) -> None:  # fmt: skip
    """Print it."""
    try:
        text = configuration(
            name, certificate, key, replicas, port=port, plain_port=plain_port, cache=cache, strict=strict
        )
    except ValueError as error:
        raise click.ClickException(
            f"--replica应为IP地址和端口,如127.0.0.1:8501 / an IP address and a port ({error})"
        ) from error
    click.echo(text, nl=False)


if __name__ == "__main__":
    main()
