"""Every rule of what is no promise runs on its own examples."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cxdesk.model import FoundPromise
from cxdesk.nlp.promises.exempt import Exemption, exemptions

Promised = Callable[[str], list[FoundPromise]]


@pytest.mark.parametrize(
    "text", [text for rule in exemptions() for text in rule.leave], ids=lambda text: text[:60]
)
def test_a_rule_leaves_its_examples_alone(text: str, promised: Promised) -> None:
    assert promised(text) == []


@pytest.mark.parametrize(
    "text", [text for rule in exemptions() for text in rule.keep], ids=lambda text: text[:60]
)
def test_a_rule_keeps_its_look_alikes(text: str, promised: Promised) -> None:
    assert len(promised(text)) == 1


@pytest.mark.parametrize("rule", exemptions(), ids=lambda rule: rule.id)
def test_a_rule_says_where_it_looks_and_why_and_has_examples(rule: Exemption) -> None:
    assert rule.where in ("before", "clause", "after")
    assert rule.why
    assert rule.leave
    assert rule.keep
