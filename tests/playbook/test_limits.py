"""What a play may grant: read, stated, checked, and spent once for each customer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cxdesk.model import Fault, Filled, Level, Moment, Past, Phase, PlayUse
from cxdesk.playbook import Playbook, check, most_granted, read_playbook, search, suggest
from cxdesk.playbook.limits import Lead, Limit

AMoment = Callable[..., Moment]
PLAY = Path("plays/apo-one.yaml")
MAY = datetime(2026, 5, 12, 9, tzinfo=UTC)


def with_limit(folder: Path, limit: str) -> Path:
    text = (folder / PLAY).read_text("utf-8")
    (folder / PLAY).write_text(f"{text}limit: {limit}\n", "utf-8")
    return folder


@pytest.fixture
def after_the_fix(a_moment: AMoment) -> Moment:
    """Solved, our fault, a little annoyed at what it cost them: the moment for a gesture."""
    return a_moment(
        phase=Phase.PROBLEM_SOLVING,
        level=Level.ANNOYED,
        fault=Fault.COMPANY,
        signals=["impact", "recovery", "disappointment"],
        failures=1,
        apologies=1,
    )


@pytest.mark.parametrize(
    ("limit", "says"),
    (
        (Limit(), ""),
        (Limit("goodwill", 20, "$"), "goodwill up to $20"),
        (
            Limit("", 20, "EUR", None, True, Lead.ABOVE),
            "up to 20 EUR, once per customer, lead above",
        ),
        (Limit("", 1250.5, "CHF"), "up to 1,250.50 CHF"),
        (Limit("a discount", None, "", 10), "a discount up to 10 % of the order"),
        (Limit("", 30, "€", 10), "up to €30 or 10 % of the order"),
        (Limit(needs_lead=Lead.ALWAYS), "needs the lead"),
        (Limit("no promise", needs_lead=Lead.ALWAYS), "no promise, needs the lead"),
    ),
)
def test_a_limit_says_itself_in_a_line(limit: Limit, says: str) -> None:
    assert limit.text == says


def test_a_limit_is_read_from_its_fields(folder: Path) -> None:
    fields = "{grants: goodwill, amount: 20, currency: EUR, once_per_customer: true"

    book, problems = read_playbook(with_limit(folder, f"{fields}, needs_lead: above}}"))

    assert problems == []
    assert book.plays[0].limit == Limit("goodwill", 20, "EUR", None, True, Lead.ABOVE)


@pytest.mark.parametrize(
    ("limit", "field", "says"),
    (
        ("{amount: plenty, currency: $}", "limit.amount", "expected an amount"),
        ("{amount: -5, currency: $}", "limit.amount", "expected an amount"),
        ("{amount: 20}", "limit.currency", "name the currency"),
        ("{percent: 120}", "limit.percent", "from 1 to 100"),
        ("{needs_lead: above}", "limit.needs_lead", "above what"),
        ("{needs_lead: sometimes}", "limit.needs_lead.0", "unknown: sometimes"),
        ("{once_per_customer: 1}", "limit.once_per_customer", "true or false"),
        ("{ammount: 20}", "limit.ammount", "unknown field"),
        ("20", "limit", "expected named fields"),
    ),
)
def test_a_wrong_limit_is_named_with_its_line(
    folder: Path, limit: str, field: str, says: str
) -> None:
    lines = len((folder / PLAY).read_text("utf-8").splitlines())

    found = [each for each in check(with_limit(folder, limit)) if each.field == field]

    assert len(found) == 1
    assert says in found[0].message
    assert (found[0].file, found[0].line) == (PLAY.as_posix(), lines + 1)


def test_a_play_that_grants_an_amount_has_to_say_up_to_how_much(folder: Path) -> None:
    shared = (folder / "playbook.yaml").read_text("utf-8")
    slot = "  amount_given: {kind: money, label: this amount}\n"
    (folder / "playbook.yaml").write_text(shared + slot, "utf-8")
    text = (folder / PLAY).read_text("utf-8")
    (folder / PLAY).write_text(text.replace("{cause}", "{amount_given}"), "utf-8")

    unbounded = check(folder)
    bounded = check(with_limit(folder, "{amount: 20, currency: $}"))

    assert [each.field for each in unbounded] == ["limit"]
    assert "up to how much" in unbounded[0].message
    assert bounded == []


def test_the_card_states_the_limit_and_what_comes_after(
    starter: Playbook, after_the_fix: Moment
) -> None:
    gift = next(
        one for one in suggest(starter, after_the_fix).suggestions if one.play == "xm-goodwill"
    )

    assert gift.limit == "goodwill up to $20, once per customer, lead above"
    assert gift.follow_up == "book the credit and note why (now)"


@pytest.mark.parametrize(
    "granted",
    (
        {"past": Past((PlayUse("xm-goodwill", 7, MAY),))},
        {"said_plays": ("xm-goodwill",)},
    ),
    ids=("in another conversation", "in this one"),
)
def test_what_is_granted_once_per_customer_is_held_back_the_second_time(
    starter: Playbook, after_the_fix: Moment, granted: dict[str, object]
) -> None:
    again = replace(after_the_fix, **granted)  # type: ignore[arg-type]

    guidance = suggest(starter, again)

    assert "xm-goodwill" not in [one.play for one in guidance.suggestions]
    held = next(one for one in guidance.held_back if one.need == "extra_mile")
    assert (held.play, held.because) == ("xm-goodwill", "given to this customer before")
    assert held.opens_when
    found = {one.play: one for one in search(starter, "goodwill", again)}
    assert "given to this customer before" in found["xm-goodwill"].because[0]


def test_a_draft_may_grant_what_its_most_generous_play_may(starter: Playbook) -> None:
    assert most_granted(starter, ["xm-goodwill"]) == 20
    assert most_granted(starter, ["xm-goodwill", "apo-billing", "unknown"]) == 35


def test_without_such_a_play_the_company_says_what_may_be_granted(starter: Playbook) -> None:
    assert most_granted(starter, ["ack-specific"]) == starter.authority.amount == 50
    assert most_granted(Playbook(), []) is None


def test_a_value_of_the_conversation_never_fills_what_is_granted(
    starter: Playbook, after_the_fix: Moment
) -> None:
    known = {"amount": Filled("amount", "$490", "the one amount they name")}

    gift = next(
        one
        for one in suggest(starter, replace(after_the_fix, known=known)).suggestions
        if one.play == "xm-goodwill"
    )

    assert "490" not in gift.text
    assert "amount_given" in {slot.name for slot in gift.open_slots}
