"""The pages /login and /logout of mode `accounts`: plain HTML, no script, in both languages."""

from __future__ import annotations

from html import escape
from string import Template
from urllib.parse import parse_qs, urlsplit

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from core.errors import RenewalError
from core.service import accounts, identity
from core.text import render
from deploy.index_page import part

_LONGEST = 10_000
"""Bytes of a form."""
_AT_ONCE = 2
"""Passwords that are looked at together: each takes 64 MB and a core for a moment."""
_limiter: list[CapacityLimiter] = []


def _page(body: str, **fields: str) -> str:
    filled = Template(part(body)).substitute(fields)
    return Template(part("login.html")).substitute(body=filled)


def routes() -> list[Route]:
    """/login and /logout."""
    return [Route("/login", login, methods=["GET", "POST"]), Route("/logout", logout, methods=["GET", "POST"])]


async def login(request: Request) -> Response:
    """The form; and what was sent with it."""
    if request.method == "GET":
        if "still" in request.query_params:
            token = request.cookies.get(identity.COOKIE)
            known = await to_thread.run_sync(accounts.who_has, token)
            return Response(status_code=401 if known is None else 204)
        return _form(destination(request.query_params.get("next")))
    form = await _sent(request)
    if form is None:
        return _form("./", status=400)
    where, who = destination(form.get("next")), form.get("login", "")
    try:
        token = await to_thread.run_sync(accounts.log_in, who, form.get("password", ""), limiter=_limit())
    except accounts.LoginRefused as refused:
        return _form(where, refused, who, status=429 if refused.locked else 401)
    except RenewalError as error:
        return _form(where, error, who, status=503)
    answer = RedirectResponse(where, 303)
    # A cookie of the browser's session: closing it is leaving. Lax, so that a link in a mail still opens.
    answer.set_cookie(
        identity.COOKIE, token, httponly=True, samesite="lax", secure=request.url.scheme == "https", path="/"
    )
    return answer


async def logout(request: Request) -> Response:
    """A question (a link from elsewhere must not log anybody out); and the end of the session."""
    if request.method == "GET":
        return HTMLResponse(_page("logout_form.html"))
    token = request.cookies.get(identity.COOKIE)
    if await _sent(request) is not None and token:
        await to_thread.run_sync(accounts.log_out, token)
    answer = RedirectResponse("./login", 303)
    answer.delete_cookie(identity.COOKIE, path="/")
    return answer


def destination(asked: str | None) -> str:
    """Where to go after the login: a place in this dashboard, whatever a link said."""
    if not asked or not asked.startswith("/") or asked.startswith("//") or "\\" in asked or not asked.isprintable():
        return "./"
    return "./" + asked.lstrip("/")


async def _sent(request: Request) -> dict[str, str] | None:
    """The fields of a form that came from this very site, by name; None: it did not, or is no form of ours."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        return None
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _LONGEST:
            return None
    try:
        fields = parse_qs(body.decode(), max_num_fields=10)
    except ValueError:
        return None
    return {name: values[0] for name, values in fields.items()}


def _form(where: str, wrong: RenewalError | None = None, who: str = "", status: int = 200) -> Response:
    said = ""
    if wrong is not None:
        words = " · ".join(render(wrong.message, language) for language in ("zh_CN", "en"))
        said = f'<p class="wrong" role="alert">{escape(words)}</p>'
    content = _page("login_form.html", wrong=said, login=escape(who[:64]), next=escape(where.removeprefix(".")))
    return HTMLResponse(content, status)


def _limit() -> CapacityLimiter:
    # Made within the running loop.
    if not _limiter:
        _limiter.append(CapacityLimiter(_AT_ONCE))
    return _limiter[0]
