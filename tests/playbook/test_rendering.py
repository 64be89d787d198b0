from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk import paths
from cxdesk.model import Filled, Phase
from cxdesk.playbook import Play, Playbook, Variant, read_playbook, render
from cxdesk.playbook.play import When

BOOK = read_playbook(paths.resources() / "playbook")[0]
WHEN = When("", frozenset({Phase.OPENING}), (0, 4))
VALUES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=40)
UGLY = st.text("aA .,;:!?{}'\n-|", max_size=12)


def saying(text: str) -> Play:
    play = BOOK.plays[0]
    return replace(play, chat=Variant("chat", text), email=Variant("email", text), when=WHEN)


def facts(**values: str) -> dict[str, Filled]:
    return {name: Filled(name, value, "test") for name, value in values.items()}


def text_of(text: str, **values: str) -> str:
    return render(saying(text), "chat", facts(**values), BOOK.slots).text


@pytest.mark.parametrize(
    ("template", "values", "expected"),
    (
        ("Hi {customer_name}, I've read it.", {}, "Hi, I've read it."),
        ("Hi {customer_name}, I've read it.", {"customer_name": "Dana"}, "Hi Dana, I've read it."),
        ("{customer_name}, i have it.", {}, "I have it."),
        ("Thank you, {customer_name}. Enjoy.", {}, "Thank you. Enjoy."),
        ("Welcome, {customer_name}!", {}, "Welcome!"),
        ("You're kind, {customer_name}", {}, "You're kind"),
        ("{customer_name}, hello {customer_name}.", {"customer_name": "Dana"}, "Dana, hello."),
        ("So: {cause}. Bye.", {"cause": "it broke."}, "So: it broke. Bye."),
        ("{cause}. Bye.", {"cause": "it broke"}, "It broke. Bye."),
        ("One thing. {question}.", {"question": "which one?"}, "One thing. Which one?"),
        ("Is it {cause}, or not", {"cause": "red?"}, "Is it red, or not"),
        ("About {issue|this}.", {}, "About this."),
        ("{issue|this} is open.", {}, "This is open."),
        ("About {issue|this}.", {"issue": "your bill"}, "About your bill."),
        ("1. I {option_a}.", {"option_a": "send a lamp"}, "1. I send a lamp."),
    ),
)
def test_a_wording_reads_as_if_written_by_hand(
    template: str, values: dict[str, str], expected: str
) -> None:
    assert text_of(template, **values) == expected


def test_an_open_slot_shows_its_label_and_where_it_stands() -> None:
    rendered = render(saying("By {time_by}. {cause}."), "chat", {}, BOOK.slots)

    assert rendered.text == "By a set time. This happened."
    shown = [rendered.text[slot.start : slot.end] for slot in rendered.open_slots]
    assert shown == ["a set time", "This happened"] == [slot.label for slot in rendered.open_slots]
    assert rendered.open_slots[0].hint


def test_what_was_filled_says_where_it_came_from() -> None:
    known = facts(cause="a van broke down", item="the lamp")

    rendered = render(saying("Because {cause}."), "chat", known, BOOK.slots)

    assert [(one.name, one.origin) for one in rendered.filled] == [("cause", "test")]


def test_greeting_and_sign_off_are_left_to_the_composer() -> None:
    mail = "Hi {customer_name},\n\nWe have it.\n\n{agent_name}\n"

    assert text_of(mail, customer_name="Dana", agent_name="Robin") == "We have it."


def test_chats_get_the_short_wording_and_mails_the_long_one(starter: Playbook) -> None:
    play = starter.by_id["step-now-next-when"]

    assert render(play, "twitter", {}, starter.slots).text.startswith("Where we are")
    assert render(play, "email", {}, starter.slots).text.startswith("Three lines")


def assert_clean(text: str) -> None:
    assert not re.search(r"[{}]", text)
    assert "  " not in text
    assert not re.search(r"(?<!\.)\.\.(?!\.)", text)
    assert not re.search(r"\s,|,\s*[,.;:!?]|,\s*\Z|\A\s*,|\n,", text)


@settings(deadline=None)
@given(
    play=st.sampled_from(BOOK.plays),
    channel=st.sampled_from(["chat", "email"]),
    values=st.dictionaries(st.sampled_from(sorted(BOOK.slots)), VALUES | UGLY),
)
def test_no_value_leaves_a_brace_a_double_space_or_a_dangling_comma(
    play: Play, channel: str, values: dict[str, str]
) -> None:
    rendered = render(play, channel, facts(**values), BOOK.slots)

    assert_clean(rendered.text)
    for slot in rendered.open_slots:
        assert rendered.text[slot.start : slot.end] == slot.label


@settings(deadline=None)
@given(play=st.sampled_from(BOOK.plays), channel=st.sampled_from(["chat", "email"]))
def test_the_name_comes_at_most_once(play: Play, channel: str) -> None:
    rendered = render(play, channel, facts(customer_name="Zaphodine"), BOOK.slots)

    assert rendered.text.count("Zaphodine") <= 1
