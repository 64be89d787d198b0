"""Fixtures of the review tests."""

from __future__ import annotations

import pytest

from cxdesk.nlp.review import Reviewer


@pytest.fixture(scope="session")
def reviewer() -> Reviewer:
    """A reviewer with the shipped rules."""
    return Reviewer()


@pytest.fixture(scope="session")
def picky_reviewer() -> Reviewer:
    """The reviewer with the rules that ship switched off."""
    return Reviewer(picky=True)
