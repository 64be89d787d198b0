"""A moment to promise at, and what is promised then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from cxdesk.model import FoundPromise
from cxdesk.nlp.promises import find_promises

WEDNESDAY = datetime(2026, 3, 11, 10, 20)


@pytest.fixture
def now() -> datetime:
    """Wednesday 11 March 2026, 10:20."""
    return WEDNESDAY


@pytest.fixture
def promised(now: datetime) -> Callable[[str], list[FoundPromise]]:
    """What a text promises when it is sent on that Wednesday, with the usual hours."""
    return lambda text: find_promises(text, now)
