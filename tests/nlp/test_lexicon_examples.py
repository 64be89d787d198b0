"""Every rule of the lexicon is shown by its own examples: what it must flag and leave alone."""

import pytest

from cxdesk import paths
from cxdesk.nlp.hearing import Hearing
from cxdesk.nlp.rules import Rule, parse_example, read_rules

RULES, PROBLEMS = read_rules(paths.resources() / "lexicon")
GUIDANCE_CODES = {
    "repetition", "duration", "effort", "unmet_expectation", "broken_promise", "ignored",
    "rhetorical_question", "intensifier", "shouting", "affect", "disappointment", "resignation",
    "churn", "public_threat", "legal_threat", "sarcasm", "profanity", "abuse", "confusion",
    "urgency", "impact", "unfairness", "polite_mask", "supervisor_request", "blame_company",
    "blame_agent", "blame_product", "blame_third_party", "blame_self", "denied", "gratitude",
    "recovery", "praise", "self_harm", "threat",
}  # fmt: skip


def examples(kind: str) -> list[object]:
    return [
        pytest.param(rule, text, id=f"{rule.id}: {text}")
        for rule in RULES
        for text in getattr(rule, kind)
    ]


def test_the_lexicon_is_read_without_problems() -> None:
    assert PROBLEMS == []


def test_every_code_of_the_guidance_has_rules() -> None:
    assert {rule.code for rule in RULES} == GUIDANCE_CODES


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_says_why_and_whence_and_has_examples(rule: Rule) -> None:
    assert rule.title
    assert rule.why
    assert rule.source
    assert rule.flag
    assert rule.leave
    assert rule.id.startswith(rule.code + ".")


@pytest.mark.parametrize(("rule", "example"), examples("flag"))
def test_a_rule_flags_the_marked_words(hearing: Hearing, rule: Rule, example: str) -> None:
    text, marked = parse_example(example)

    cues = hearing.hear(text).cues

    found = [(cue.start, cue.end) for cue in cues if cue.rule == rule.id]
    assert marked
    assert all(any(meet(mark, each) for each in found) for mark in marked), [
        (cue.text, cue.rule) for cue in cues
    ]


def meet(mark: tuple[int, int], found: tuple[int, int]) -> bool:
    """Whether one of two ranges holds the other: a cue may take in a word more or less."""
    (low, high), (start, end) = mark, found
    return (low <= start and end <= high) or (start <= low and high <= end)


@pytest.mark.parametrize(("rule", "example"), examples("leave"))
def test_a_rule_leaves_these_words_alone(hearing: Hearing, rule: Rule, example: str) -> None:
    cues = hearing.hear(example).cues

    assert [(cue.text, cue.rule) for cue in cues if cue.code == rule.code] == []
