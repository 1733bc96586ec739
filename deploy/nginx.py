"""Print nginx's configuration for the dashboard: HTTPS, each browser on the replica that has its session.

python -m deploy.nginx --name board.example --certificate FILE --key FILE [--replica 127.0.0.1:8501]...
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from string import Template
from typing import Any

import click

TEMPLATE = Path(__file__).with_name("nginx.conf.template")
NOBODY = '    proxy_set_header X-Remote-User "";'
"""Mode `accounts` and `oidc`: who somebody is, the dashboard finds out itself."""
COOKIE = "renewal_replica"
"""In which a browser's replica stands, as r1, r2 ..."""


@dataclass(frozen=True)
class SignOn:
    """A single sign-on (mode `proxy`) that nginx asks for each request: 2xx with a name in a header, or 401."""

    check: str
    """Where it is asked, http或https://…"""
    header: str
    """The header of its answer that has the name."""
    start: str = ""
    """Where people log in; one that ends in = gets the page behind it that they wanted. "": they read 401."""

    def __post_init__(self) -> None:
        """Raise ValueError for what nginx would read as something else."""
        if not re.fullmatch(r"[A-Za-z0-9-]+", self.header):
            raise ValueError(self.header)
        for url in (self.check, self.start):
            if url and not re.fullmatch(r"https?://[^\s;{}$\"'\\\\]+", url):
                raise ValueError(url)


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
    sign_on: SignOn | None = None,
) -> str:
    """The configuration for nginx's `http`; raises ValueError for a replica that is no address with a port.

    `sign_on`: mode `proxy`; without it nobody's name is passed on.

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
    site = name if port == 443 else f"{name}:{port}"
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        name=name,
        site=site,
        who=_who(sign_on) if sign_on else NOBODY,
        sign_on=_locations(sign_on, site) if sign_on else "",
        open="        auth_request off;\n" if sign_on else "",
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


def _who(sign_on: SignOn) -> str:
    """The name comes from the sign-on's answer: $remote_user is whatever a Basic header says under auth_request."""
    answered = sign_on.header.lower().replace("-", "_")
    lines = [
        "auth_request /_renewal_who;",
        f"auth_request_set $renewal_user $upstream_http_{answered};",
        "proxy_set_header X-Remote-User $renewal_user;",
        'proxy_set_header Authorization "";',
        f'proxy_set_header {sign_on.header} "";' if sign_on.header.lower() != "x-remote-user" else "",
        "error_page 401 = @renewal_sign_on;" if sign_on.start else "",
    ]
    return "\n".join(f"    {line}" for line in lines if line)


def _locations(sign_on: SignOn, site: str) -> str:
    wanted = f"https://{site}$request_uri" if sign_on.start.endswith("=") else ""
    led = f"""    location @renewal_sign_on {{
        return 302 "{sign_on.start}{wanted}";
    }}
"""
    return f"""    # Asked for every request, with the browser's cookies and nothing that it says of itself.
    location = /_renewal_who {{
        internal;
        proxy_pass {sign_on.check};
        proxy_pass_request_body off;
        proxy_set_header Content-Length "";
        proxy_set_header Authorization "";
        proxy_set_header X-Remote-User "";
        proxy_set_header {sign_on.header} "";
        proxy_set_header X-Original-URI $request_uri;
        proxy_set_header X-Forwarded-For $remote_addr;
    }}
{led if sign_on.start else ""}
"""


def _group(name: str, replicas: Sequence[str], others: Sequence[str]) -> str:
    lines = [f"    server {replica} max_fails=1 fail_timeout=5s;" for replica in replicas]
    lines += [f"    server {other} max_fails=1 fail_timeout=5s backup;" for other in others]
    return "\n".join([f"upstream {name} {{", f"    zone {name} 64k;", *lines, "    keepalive 16;", "}"])


@click.command(help="打印nginx的配置 / print nginx's configuration")
@click.option("--name", required=True, help="看板的网址，如board.example / the name people type")
@click.option("--certificate", required=True, type=click.Path(path_type=Path), help="证书（含中间证书），PEM")
@click.option("--key", required=True, type=click.Path(path_type=Path), help="私钥，PEM")
@click.option(
    "--replica", "replicas", multiple=True, default=("127.0.0.1:8501",), show_default=True,
    help="看板进程的地址和端口，可多次 / a process of the dashboard; may be repeated",
)  # fmt: skip
@click.option("--port", default=443, show_default=True)
@click.option("--plain-port", default=80, show_default=True, help="转到HTTPS / leads to HTTPS")
@click.option("--cache", type=click.Path(path_type=Path), default="/var/lib/nginx/renewal", show_default=True)
@click.option(
    "--sign-on", help="统一登录的核对地址（RENEWAL_MODE=proxy），如http://127.0.0.1:4180/oauth2/auth / asked who it is"
)
@click.option(
    "--sign-on-header",
    default="X-Auth-Request-User",
    show_default=True,
    help="其回答中写姓名的头 / header with the name",
)
@click.option("--sign-on-start", default="", help="登录页；以=结尾时附上要去的网址 / where people log in")
@click.option("--strict", is_flag=True, help="HSTS：证书须受浏览器信任 / only with a certificate that browsers trust")
def main(sign_on: str | None, sign_on_header: str, sign_on_start: str, **site: Any) -> None:
    """Print it; `site`: the other arguments of `configuration`."""
    try:
        asked = SignOn(sign_on, sign_on_header, sign_on_start) if sign_on else None
    except ValueError as error:
        raise click.ClickException(
            f"--sign-on应为http或https网址和头的名称 / a URL and a header's name（{error}）"
        ) from error
    try:
        text = configuration(**site, sign_on=asked)
    except ValueError as error:
        raise click.ClickException(
            f"--replica应为IP地址和端口，如127.0.0.1:8501 / an IP address and a port ({error})"
        ) from error
    click.echo(text, nl=False)


if __name__ == "__main__":
    main()
