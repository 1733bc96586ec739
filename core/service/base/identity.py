"""Identity of the one who asks: the mode that establishes it, and the person with their roles.

RENEWAL_MODE: `local` (a name is a label), `accounts` (people log in here), `proxy` (a server in front has logged them
in and says who it is), `oidc` (another server of the organisation logs them in, through Streamlit's st.login).
"""

from __future__ import annotations

import ipaddress
import os
from pathlib import Path
from typing import Literal, get_args

from core.errors import Message, RenewalError
from core.model.context import Actor
from core.service.base import open_store
from core.store import people
from core.store.secret_file import open_to_others

Mode = Literal["local", "accounts", "proxy", "oidc"]
MODES: tuple[Mode, ...] = get_args(Mode)
NOBODY = Actor("anonymous", None, frozenset())
"""Actor without an identity, where one is asked for."""
COOKIE = "renewal_session"
"""Mode `accounts`: its value says nothing; who it stands for is kept on the server."""
HEADER = "X-Remote-User"
"""Mode `proxy`: who the server in front has logged in."""
LONGEST_NAME = 64
"""Characters of what somebody logs in as."""


SECRETS = (open_store.ROOT / ".streamlit" / "secrets.toml", Path("~/.streamlit/secrets.toml").expanduser())
"""Files from which Streamlit reads what st.login needs."""


OIDC = ("server_metadata_url", "client_id", "client_secret", "redirect_uri", "cookie_secret")
"""Mode `oidc`: each is RENEWAL_OIDC_… in the environment, or a line under [auth] in secrets.toml (0600)."""

HOST_UNKNOWN = Message("这个网址不是本系统的（见STREAMLIT_SERVER_ALLOWED_HOSTS）。请从正确的网址进入。")
FOREIGN_PAGE = Message("请求来自别的网页，未受理。请在本系统的页面上操作。")
NO_HEADER = Message("前面的服务器没有提供您的身份，不能使用。请从单位的入口进入，或联系管理员。")
NOT_IN = Message("您还没有登录，或登录已结束。")


class WrongMode(RenewalError):  # noqa: N818 - it reads as what it is
    """The mode does not exist, or does not go with where the dashboard is to be reached."""


def mode() -> Mode:
    """Read RENEWAL_MODE, `local` when nothing is said. Raises WrongMode."""
    said = os.environ.get("RENEWAL_MODE") or "local"
    if said not in MODES:
        raise WrongMode(
            Message(
                "RENEWAL_MODE应为{modes}之一，现为“{said}”。请改正后重新启动。",
                {"modes": MODES, "said": said[:LONGEST_NAME]},
            )
        )
    return said


def is_loopback(address: str | None) -> bool:
    """True where only this machine reaches it: a loopback address, `localhost`, or None (a unix socket)."""
    if address is None or address == "localhost" or address.startswith(("/", "unix:")):
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def check_address(address: str | None) -> None:
    """Raise WrongMode when the mode does not go with listening there (None: on a unix socket)."""
    chosen = mode()
    if is_loopback(address) or chosen in ("accounts", "oidc"):
        return
    params = {"address": address or "0.0.0.0"}
    if chosen == "proxy":
        raise WrongMode(
            Message(
                "RENEWAL_MODE=proxy时只能监听127.0.0.1或unix套接字，不能监听{address}："
                "否则任何人都能冒用他人的身份。请让前面的服务器转发到127.0.0.1。",
                params,
            )
        )
    raise WrongMode(
        Message(
            "本机方式（RENEWAL_MODE=local）的姓名只是标签，只能监听127.0.0.1，不能监听{address}。"
            "要让别的机器访问，请设RENEWAL_MODE=accounts（在本系统登录）、proxy（由前面的服务器登录）或oidc（统一身份认证）。",
            params,
        )
    )


guarded = False
"""True where deploy/asgi.py stands in front in this process: the login page, the check of the header."""


def check_secrets(*files: Path) -> None:
    """Raise WrongMode for a file with secrets in it that others on this machine may read."""
    for file in files or SECRETS:
        if file.exists() and (why := open_to_others(file)) is not None:
            raise WrongMode(why)


def oidc() -> dict[str, str]:
    """Settings of st.login from the environment; none where secrets.toml has them (or another mode holds).

    Raises WrongMode when only part of it is given.
    """
    if mode() != "oidc":
        return {}
    given = {name: os.environ.get(f"RENEWAL_OIDC_{name.upper()}", "") for name in OIDC}
    missing = tuple(f"RENEWAL_OIDC_{name.upper()}" for name, value in given.items() if not value)
    if missing and len(missing) < len(OIDC):
        raise WrongMode(Message("RENEWAL_MODE=oidc还缺：{missing}。请补齐后重新启动。", {"missing": missing}))
    return {} if missing else given


def check_served(address: str | None) -> None:
    """Raise WrongMode where the dashboard is not reached as the mode asks: also by plain `streamlit run app.py`."""
    check_address(address or "0.0.0.0")
    check_secrets()
    if mode() in ("accounts", "proxy") and not guarded:
        raise WrongMode(
            Message(
                "RENEWAL_MODE={mode}要用make run（或streamlit run deploy/asgi.py）启动：直接运行app.py没有登录这一步。",
                {"mode": mode()},
            )
        )


def known_as(login: str) -> Actor:
    """Actor whose identity another server vouches for, with the roles that they have here; none when unknown."""
    login = login.strip()
    if not login or len(login) > LONGEST_NAME:
        return NOBODY
    found = people.known(open_store.store()).get(login)
    if found is None:
        return Actor(actor_id(login), login, frozenset())
    return Actor(actor_id(login), found.name, found.grants if found.active else frozenset())


def actor_id(login: str) -> str:
    """Id under which somebody's deeds are recorded."""
    return f"user:{login}"
