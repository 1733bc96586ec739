"""/opened/…: filed PDFs and pictures in a tab of their own, in the browser's own viewer and a sandbox."""

from __future__ import annotations

from urllib.parse import quote

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from core.errors import RenewalError, UnknownName
from core.service.scoring import opened_files
from core.text import render
from deploy.asker import asker

SHUT_OFF = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""The Content-Security-Policy of what somebody has sent in: no scripts, no origin, nothing loaded beside it."""


def routes() -> list[Route]:
    """The one address, with its token."""
    return [Route("/opened/{token}", opened)]


async def opened(request: Request) -> Response:
    """The file; or a sentence in both languages."""
    who = await asker(request)
    headers = {"Content-Security-Policy": SHUT_OFF, "Cache-Control": "private, no-store"}
    try:
        file = await to_thread.run_sync(opened_files.opened, request.path_params["token"], who)
    except RenewalError as error:
        words = "\n".join(render(error.message, language) for language in ("zh_CN", "en"))
        return PlainTextResponse(f"{words}\n", 404 if isinstance(error, UnknownName) else 403, headers)
    headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(file.name, safe='')}"
    return Response(file.content, media_type=file.media_type, headers=headers)
