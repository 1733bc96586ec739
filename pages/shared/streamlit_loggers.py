"""Streamlit's loggers, made to speak through Python's root logger as all others do; listed in docs/streamlit.md.

Streamlit gives each of its modules (and uvicorn) a logger with a handler of its own, also those that come later.
"""

from __future__ import annotations

import logging

from streamlit import logger as streamlit_logger


def take_over() -> None:
    """Take the handlers of those that there are, and of each one to come. Doing it twice changes nothing."""
    streamlit_logger.setup_formatter = _free
    for logger in streamlit_logger._loggers.values():
        _free(logger)


def _free(logger: logging.Logger) -> None:
    for each in list(logger.handlers):
        logger.removeHandler(each)
    logger.propagate = True
