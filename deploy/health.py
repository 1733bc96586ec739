"""/health/alive and /health/ready, for whoever watches over the dashboard: a word each, nothing of what is in it."""

from __future__ import annotations

import anyio
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from core.service.manage import health

ALIVE, READY = "/health/alive", "/health/ready"
WITHIN = 3.0
"""Seconds that the store may take to answer."""


def routes() -> list[Route]:
    """Both."""
    return [Route(ALIVE, alive), Route(READY, ready)]


async def alive(request: Request) -> Response:
    """The process answers. When it does not: start it again."""
    return PlainTextResponse("alive\n")


async def ready(request: Request) -> Response:
    """200 when people can work: a write was tried. 503 with the reason otherwise (`health.not_ready`)."""
    reason: str | None = "store"
    with anyio.move_on_after(WITHIN):
        reason = await to_thread.run_sync(health.not_ready, abandon_on_cancel=True)
    return PlainTextResponse("ready\n") if reason is None else PlainTextResponse(f"not ready: {reason}\n", 503)
