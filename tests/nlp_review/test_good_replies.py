"""Good replies are left in peace: one wrong hint in five, and nobody reads the other four."""

from __future__ import annotations

from pathlib import Path

import pytest

from cxdesk import yaml_files
from cxdesk.model import ReviewRequest, Severity
from cxdesk.nlp.review import Reviewer

TRADES = yaml_files.load(Path(__file__).with_name("good_replies.yaml"))
REPLIES = [reply for replies in TRADES.values() for reply in replies]


@pytest.mark.parametrize("reply", REPLIES, ids=lambda each: each[:40])
def test_a_good_reply_blames_nobody(reviewer: Reviewer, reply: str) -> None:
    found = reviewer.review(ReviewRequest(reply)).findings

    assert [each.text for each in found if each.severity is Severity.BLAME] == []


def test_hardly_a_good_reply_is_advised_on(reviewer: Reviewer) -> None:
    flagged = [each for each in REPLIES if reviewer.review(ReviewRequest(each)).findings]

    assert len(REPLIES) == 60
    assert len(flagged) <= 2, flagged
