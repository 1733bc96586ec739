"""The pages /login, /logout and /password of mode `accounts`: plain HTML, no script, in both languages."""

from __future__ import annotations

from html import escape
from string import Template
from urllib.parse import parse_qs

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from core.errors import NotAllowed, RenewalError
from core.model.context import Actor
from core.service.base import identity
from core.service.manage import accounts
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
    """/login, /logout and /password."""
    pages = {"/login": login, "/logout": logout, "/password": password}
    return [Route(path, page, methods=["GET", "POST"]) for path, page in pages.items()]


async def login(request: Request) -> Response:
    """The form; and what was sent with it."""
    if request.method != "POST":  # a HEAD is a GET without its content: it does nothing
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
        # A browser is one person's: tabs that whoever was logged in before left open are theirs no longer.
        if (before := request.cookies.get(identity.COOKIE)) is not None:
            await to_thread.run_sync(accounts.log_out, before)
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
    if request.method != "POST":
        return HTMLResponse(_page("logout_form.html"))
    token = request.cookies.get(identity.COOKIE)
    if await _sent(request) is not None and token:
        await to_thread.run_sync(accounts.log_out, token)
    answer = RedirectResponse("./login", 303)
    answer.delete_cookie(identity.COOKIE, path="/")
    return answer


async def password(request: Request) -> Response:
    """The form for one's own password; and what was sent with it."""
    token = request.cookies.get(identity.COOKIE)
    try:
        found = await to_thread.run_sync(accounts.session_of, token)
    except RenewalError as error:
        return _form("./", error, status=503)
    if found is None:
        return RedirectResponse("./login?next=%2Fpassword", 303)
    if request.method != "POST":
        return _password_form(destination(request.query_params.get("next")), *found)
    form = await _sent(request)
    if form is None:
        return _password_form("./", *found, status=400)
    where = destination(form.get("next"))
    old, new, again = (form.get(name, "") for name in ("old", "new", "again"))
    try:
        await to_thread.run_sync(accounts.change_own, token, old, new, again, limiter=_limit())
    except accounts.LoginRefused as refused:
        return _password_form(where, *found, refused, status=429 if refused.locked else 401)
    except NotAllowed as refused:
        return _password_form(where, *found, refused, status=400)
    except RenewalError as error:
        return _password_form(where, *found, error, status=503)
    return RedirectResponse(where, 303)


def destination(asked: str | None) -> str:
    """Where to go after the login: a place in this dashboard, whatever a link said."""
    if not asked or not asked.startswith("/") or asked.startswith("//") or "\\" in asked or not asked.isprintable():
        return "./"
    return "./" + asked.lstrip("/")


async def _sent(request: Request) -> dict[str, str] | None:
    """The fields of a form, by name; None: it is no form of ours. That it came from our own page, deploy.guard saw."""
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
    content = _page("login_form.html", wrong=_said(wrong), login=escape(who[:64]), next=escape(where.removeprefix(".")))
    return HTMLResponse(content, status)


def _password_form(
    where: str, who: Actor, one_time: bool, wrong: RenewalError | None = None, status: int = 200
) -> Response:
    why = accounts.about_change(who, one_time=one_time)
    content = _page(
        "password_form.html",
        wrong=_said(wrong),
        why=escape(render(why, "zh_CN")),
        reason=escape(render(why, "en")),
        login=escape(who.id.removeprefix(identity.actor_id(""))),
        old="" if one_time else part("old_password.html"),
        least=str(accounts.LEAST_PASSWORD),
        most=str(accounts.MOST_PASSWORD),
        next=escape(where.removeprefix(".")),
        back="" if one_time else f'<p class="small"><a href="{escape(where)}">返回 · Back</a></p>',
    )
    return HTMLResponse(content, status)


def _said(wrong: RenewalError | None) -> str:
    if wrong is None:
        return ""
    words = " · ".join(render(wrong.message, language) for language in ("zh_CN", "en"))
    return f'<p class="wrong" role="alert">{escape(words)}</p>'


def _limit() -> CapacityLimiter:
    # Made within the running loop.
    if not _limiter:
        _limiter.append(CapacityLimiter(_AT_ONCE))
    return _limiter[0]
