"""What holds for every text, and how several promises of one sentence are told apart."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk import yaml_files
from cxdesk.model import FoundPromise
from cxdesk.nlp.promises import find_promises

Promised = Callable[[str], list[FoundPromise]]

CASES = yaml_files.load(Path(__file__).with_name("fresh_sentences.yaml"))
SENTENCES = [case["text"] for case in CASES["promises"]]
NONE = CASES["none"]
WEDNESDAY = datetime(2026, 3, 11, 10, 20)
WORDS = re.findall(
    r"\S+",
    "I'll we will you'll it won't our driver the app call send be sent have it and if you like once"
    " by before in at on the next every Monday tomorrow 5 3 pm 31st February 14 12:30 two half an"
    " hour working days week month end of first thing noon tonight , . ? ! — ( ) “ ” 's",
)
TEXTS = st.text(max_size=80) | st.lists(
    st.sampled_from(WORDS) | st.text(max_size=4), max_size=25
).map(" ".join)
MOMENTS = st.datetimes() | st.datetimes(
    timezones=st.sampled_from([UTC, ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Apia")])
)

IN_ITS_TIME = settings(deadline=None)  # the first text waits for the rules to be read


@IN_ITS_TIME
@given(TEXTS, MOMENTS)
def test_any_text_is_read_and_spans_are_in_range_and_in_order(text: str, now: datetime) -> None:
    found = find_promises(text, now)

    ends = [0]
    for each in found:
        assert ends[-1] <= each.start < each.end <= len(text)
        assert text[each.start : each.end] == each.text
        ends.append(each.end)


@IN_ITS_TIME
@given(TEXTS, MOMENTS)
def test_nothing_is_due_before_now(text: str, now: datetime) -> None:
    for each in find_promises(text, now):
        assert each.due is None or each.due >= now


@IN_ITS_TIME
@given(st.sampled_from(SENTENCES), st.sampled_from(NONE), st.booleans())
def test_a_sentence_without_promise_changes_nothing(
    promise: str, other: str, is_first: bool
) -> None:
    alone = find_promises(promise, WEDNESDAY)
    shift = len(other) + 1 if is_first else 0

    found = find_promises(f"{other} {promise}" if is_first else f"{promise} {other}", WEDNESDAY)

    assert [(each.start - shift, each.text, each.due) for each in found] == [
        (each.start, each.text, each.due) for each in alone
    ]


@IN_ITS_TIME
@given(st.sampled_from(SENTENCES), st.integers(0, 6))
def test_a_later_moment_is_due_no_earlier(text: str, days: int) -> None:
    later = WEDNESDAY + timedelta(days=days)

    for before, after in zip(
        find_promises(text, WEDNESDAY), find_promises(text, later), strict=True
    ):
        assert before.due is None or after.due is None or before.due <= after.due


@pytest.mark.parametrize(
    ("text", "expected"),
    (
        ("I'll mend it today and call you tomorrow.", ["I'll mend it today", "call you tomorrow"]),
        ("I'll mend it and call you tomorrow.", ["I'll mend it and call you tomorrow"]),
        ("I'll mend it today and let you know.", ["I'll mend it today"]),
        ("I'll mend it and Ana will call you.", ["I'll mend it", "Ana will call you"]),
        ("I'll make sure Ana calls you at four.", ["I'll make sure Ana calls you at four"]),
        ("We'll send cup and plate by Friday.", ["We'll send cup and plate by Friday"]),
    ),
)
def test_two_deeds_with_their_own_times_are_two_promises(
    text: str, expected: list[str], promised: Promised
) -> None:
    assert [each.text for each in promised(text)] == expected


def test_the_same_day_is_that_of_the_promise_before(promised: Promised) -> None:
    one, other = promised("We'll collect it on the 25th, and we'll pay you the same day.")

    assert one.due == other.due == datetime(2026, 3, 25, 17)


@pytest.mark.parametrize(
    ("text", "what"),
    (
        ("I'll release the payment on Monday.", "release the payment"),
        ("We will be crediting your account today.", "credit the account"),
        ("Your son's record will be corrected by noon.", "correct the son's record"),
        ("You'll have a reply from Ana tomorrow.", "reply from Ana"),
        ("Expect a call from our installer on Tuesday.", "call from our installer"),
        ("The missing shelf ships next week.", "missing shelf"),
        ("It'll be there by noon.", "be there"),
    ),
)
def test_a_deed_is_named_in_a_few_words(text: str, what: str, promised: Promised) -> None:
    assert [each.what for each in promised(text)] == [what]


def test_a_mail_is_read_sentence_by_sentence(promised: Promised) -> None:
    mail = (
        "Hi Maria,\n\nI'm sorry about the wait. I've asked the depot, and they’ll ship the\n"
        "panel on Friday.\n\n- I'll refund the postage today\n"
        "- we'll call you at 3 p.m. tomorrow\n\n"
        "You wrote “I'll send it back on Monday”, that is fine.\n\nBest,\nSam"
    )

    assert [each.text for each in promised(mail)] == [
        "they’ll ship the\npanel on Friday",
        "I'll refund the postage today",
        "we'll call you at 3 p.m. tomorrow",
    ]


def test_a_long_text_takes_no_longer_than_its_length() -> None:
    text = (
        "I'll send you the papers for the house on the hill and the barn behind it by Friday. " * 60
    )

    assert len(find_promises(text, WEDNESDAY)) == 60
    assert find_promises("and so we will be " * 400, WEDNESDAY) is not None


def test_the_window_may_import_it() -> None:
    heavy = (
        "import sys, cxdesk.nlp.promises; print({'spacy', 'ruamel.yaml', 'numpy'} & {*sys.modules})"
    )

    shown = subprocess.run(
        [sys.executable, "-c", heavy], capture_output=True, text=True, check=True
    )

    assert shown.stdout.strip() == "set()"
