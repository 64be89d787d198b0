"""Sentences of many trades, judged by hand: what they promise and when, or nothing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from cxdesk import yaml_files
from cxdesk.model import FoundPromise
from cxdesk.nlp.promises import find_promises

CASES = yaml_files.load(Path(__file__).with_name("fresh_sentences.yaml"))
WEDNESDAY = "2026-03-11T10:20"


def minute(promise: FoundPromise) -> str | None:
    return promise.due.isoformat(timespec="minutes") if promise.due else None


@pytest.mark.parametrize("case", CASES["promises"], ids=lambda case: case["text"])
def test_a_promise_is_found_with_its_words_and_its_due_time(case: dict[str, Any]) -> None:
    expected = [case, *case.get("also", [])]

    found = find_promises(case["text"], datetime.fromisoformat(case.get("now", WEDNESDAY)))

    assert [minute(each) for each in found] == [each["due"] for each in expected]
    for each, wanted in zip(found, expected, strict=True):
        assert wanted["words"] in each.text
        assert case["text"][each.start : each.end] == each.text
        assert each.what
        assert each.is_soft == case.get("soft", False)


@pytest.mark.parametrize("text", CASES["none"])
def test_what_binds_nobody_is_no_promise(text: str) -> None:
    assert find_promises(text, datetime.fromisoformat(WEDNESDAY)) == []
