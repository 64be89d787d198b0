"""Findings stay at their words while the agent types on."""

from __future__ import annotations

from dataclasses import replace

from cxdesk.model import Block, Finding, Review, Severity
from cxdesk.ui.composer.findings import Findings
from cxdesk.ui.composer.placement import edit_between

TEXT = "So. You should have asked. Bye."
SAID = Finding(
    "blame_customer", 4, 19, "You should have", "", ("x",), "r1", replace_start=4, replace_end=26
)


def _found(*found: Finding, blocks: tuple[Block, ...] = ()) -> Findings:
    findings = Findings()
    findings.take(Review(found, blocks=blocks))
    return findings


def _after(findings: Findings, new: str) -> list[str]:
    findings.follow(edit_between(TEXT, new))
    return [new[each.start : each.end] for each in findings.all]


def test_words_typed_before_move_the_finding() -> None:
    assert _after(_found(SAID), "Hello. " + TEXT) == ["You should have"]


def test_words_typed_within_drop_it() -> None:
    assert _after(_found(SAID), TEXT.replace("should", "could")) == []


def test_a_changed_sentence_keeps_the_mark_but_not_the_fixes() -> None:
    findings = _found(SAID)

    assert findings.has_fresh_fixes(findings.all[0])
    _after(findings, TEXT.replace("asked", "told us"))

    assert len(findings.all) == 1
    assert not findings.has_fresh_fixes(findings.all[0])


def test_stale_fixes_stay_stale_when_other_text_moves() -> None:
    findings = _found(SAID)
    changed = TEXT.replace("asked", "told us")
    _after(findings, changed)

    findings.follow(edit_between(changed, "Hi. " + changed))

    assert not findings.has_fresh_fixes(findings.all[0])


def test_a_block_is_marked_with_a_solid_line() -> None:
    findings = _found(blocks=(Block("open_slot", 0, 2, "Fill it"),))

    assert [each.severity for each in findings.marks] == [Severity.BLOCK]


def test_walking_goes_round() -> None:
    first, second = SAID, replace(SAID, start=20, end=25, rule="r2", text="asked")
    findings = _found(second, first)

    assert findings.after(0) == first
    assert findings.after(4) == second
    assert findings.after(20) == first
    assert findings.before(20) == first
    assert findings.before(0) == second


def test_of_two_at_the_cursor_blame_comes_first() -> None:
    advice = replace(SAID, end=26, rule="r2", severity=Severity.ADVICE)
    blame = replace(SAID, end=26, rule="r3", severity=Severity.BLAME)

    assert _found(advice, blame).at(10) == blame


def test_one_finding_is_dropped_or_all_of_its_rule() -> None:
    other = replace(SAID, start=20, end=25, text="asked")
    findings = _found(SAID, other)

    findings.drop(SAID, everywhere=False)
    assert findings.all == (other,)

    findings.take(Review((SAID, other)))
    findings.drop(SAID, everywhere=True)
    assert findings.all == ()
