from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk import paths
from cxdesk.playbook import asks, find_intents
from cxdesk.playbook.phrases import Phrases, read_phrases, sentences, shipped

FOLDER = paths.resources() / "playbook"
INTENTS = [(rule, example) for rule in shipped("intents").values() for example in rule.examples]
STATES = [(rule, example) for rule in shipped("states").values() for example in rule.examples]


def of(rule: Phrases, example: str) -> str:
    return f"{rule.code}: {example[:30]}"


@pytest.mark.parametrize("name", ("intents", "states"))
def test_the_shipped_phrases_are_read_without_a_problem(name: str) -> None:
    rules, problems = read_phrases(FOLDER / f"{name}.yaml")

    assert problems == []
    assert all(rule.examples for rule in rules.values())


@pytest.mark.parametrize(("rule", "example"), INTENTS, ids=[of(*one) for one in INTENTS])
def test_an_intent_is_found_in_its_examples(rule: Phrases, example: str) -> None:
    assert rule.code in [code for code, _ in find_intents(example)]


@pytest.mark.parametrize(("rule", "example"), STATES, ids=[of(*one) for one in STATES])
def test_a_state_is_found_in_its_examples(rule: Phrases, example: str) -> None:
    assert rule.find(sentences(example))


@pytest.mark.parametrize(
    ("code", "text"),
    (
        ("refused", "You can send it back until Friday, no charge."),
        ("asks_when", "It stopped when I pressed the button."),
        ("asks_when", "How do I stop the process when the export hangs?"),
        ("patient", "I will not wait any longer."),
        ("first_order", "First order and already wrong. Great start."),
        ("neutral_leaving", "I'm moving to another provider, terrible service."),
        ("repeat_failure", "Thanks again, it works."),
        ("stop_apologising", "No need to apologise, all good."),
        ("abuse", "Please let me know when you ship it."),
        ("abuse", "Do you know what time you open on Sunday?"),
        ("abuse", "I do not know where you keep my old address."),
        ("abuse", "I ordered a clown costume for my son."),
        ("legal_threat", "I attach the police report of the theft."),
        ("legal_threat", "The surveyor came on Tuesday and took pictures."),
        ("supervisor_request", "Can I give my ticket to someone else?"),
        ("churn", "Please let me know the date of the last order."),
        ("churn", "Somebody stole my wallet and took my card out of it."),
        ("praise", "I have told the whole story three times already."),
        ("public_threat", "He can surely run as me, who will see it?"),
    ),
)
def test_a_state_leaves_its_look_alikes_alone(code: str, text: str) -> None:
    assert not shipped("states")[code].find(sentences(text))


def test_an_intent_shows_the_words_as_they_were_written() -> None:
    assert find_intents("You Charged me TWICE for one ticket.")[0] == (
        "billing_error",
        "Charged me TWICE",
    )


def test_curly_quotes_and_straight_ones_are_the_same() -> None:
    assert find_intents("I can’t log in.") == (("account_access", "can’t log in"),)


def test_no_intent_is_made_up() -> None:
    assert find_intents("Hello there") == ()
    assert find_intents("") == ()


def test_at_most_two_intents_are_named() -> None:
    text = "You charged me twice. The app crashes. I can't log in. The lady was rude. Cancel it."

    assert len(find_intents(text)) == 2


def test_a_phrase_that_is_no_regular_expression_is_named_and_the_others_stay(
    tmp_path: Path,
) -> None:
    path = tmp_path / "some.yaml"
    path.write_text('late:\n  phrases: ["(late", "delayed"]\n', "utf-8")

    rules, problems = read_phrases(path)

    assert rules["late"].find(sentences("It is delayed."))
    assert [(p.field, p.line) for p in problems] == [("late.phrases.0", 2)]


@pytest.mark.parametrize(
    ("text", "questions"),
    (
        ("When do I get it? Thanks.", ("When do I get it?",)),
        ("it broke. can you send another one", ("can you send another one",)),
        ("Please tell me when it arrives.", ("Please tell me when it arrives.",)),
        ("Are you serious? How hard can it be?", ()),
        ("What am I paying for?", ()),
        ("When I opened it, it broke.", ()),
        ("You write “cancel it!” Does it hold for chairs?", ("Does it hold for chairs?",)),
        ("love it 😊 where can I leave a review?", ("where can I leave a review?",)),
        ("can't complain about the app otherwise", ()),
        ("???", ()),
    ),
)
def test_only_real_questions_are_asked(text: str, questions: tuple[str, ...]) -> None:
    assert asks(text) == questions


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    find_intents(text)

    for question in asks(text):
        assert question in text
