"""How often the desk is right on whole conversations, counted: a guard, not proof.

The states were written for cxdesk and rules were written against most of them, and such as are
still read wrongly are not kept here, so the floor says that nothing got worse. What is reached on
unseen ones is measured by scripts/evaluate_guidance.py.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cxdesk.advisor import Advisor
from cxdesk.model import Guidance
from cxdesk.paths import Profile

FOUND_RIGHT, IN_TOP_THREE = 0.95, 0.97
RECORDS = [
    json.loads(line)
    for line in Path(__file__).with_name("states.jsonl").read_text("utf-8").splitlines()
]
Judged = tuple[dict[str, Any], Guidance]


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> list[Judged]:
    """Each state, and what is shown for it."""
    advisor = Advisor(Profile(tmp_path_factory.mktemp("profile")))
    return [(record, advisor.suggest(record).guidance) for record in RECORDS]


def is_right(record: dict[str, Any], guidance: Guidance) -> bool:
    shown = guidance.suggestions
    forbidden = {each for one in shown for each in (one.play, one.family)} & {*record["forbid"]}
    return bool(shown) and shown[0].family in record["expect_any"] and not forbidden


def is_in_top_three(record: dict[str, Any], guidance: Guidance) -> bool:
    return bool({one.family for one in guidance.suggestions} & {*record["expect_any"]})


def test_every_row_of_the_table_has_its_conversations() -> None:
    assert {f"D{number}" for number in range(1, 33)} <= {record["row"] for record in RECORDS}


def test_what_is_shown_first_is_right_and_nothing_forbidden_is_shown(judged: list[Judged]) -> None:
    misses = [record["id"] for record, guidance in judged if not is_right(record, guidance)]

    assert len(misses) <= (1 - FOUND_RIGHT) * len(judged), misses


def test_a_right_family_is_among_the_three(judged: list[Judged]) -> None:
    misses = [record["id"] for record, guidance in judged if not is_in_top_three(record, guidance)]

    assert len(misses) <= (1 - IN_TOP_THREE) * len(judged), misses
