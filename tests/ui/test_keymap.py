from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.ui.action_table import ACTIONS
from cxdesk.ui.keymap import Conflict, Keymap, is_single, normal, shown

KEYS = st.builds(
    lambda modifiers, key: "+".join([*modifiers, key]),
    st.lists(st.sampled_from(["Ctrl", "shift", "ALT", "Meta"]), unique=True),
    st.sampled_from(["k", "F8", ".", "+", "return", "Enter", "esc", "PgUp", "?", "[", "Tab", "7"]),
)


def test_ids_are_unique():
    ids = [spec.id for spec in ACTIONS]

    assert len(ids) == len(set(ids))


def test_the_default_keys_do_not_clash():
    assert Keymap().conflicts() == ()


@pytest.mark.parametrize(
    ("action", "key"),
    (
        ("palette", "Ctrl+K"),
        ("next_pane", "F6"),
        ("previous_pane", "Shift+F6"),
        ("keys", "?"),
        ("settings", "Ctrl+,"),
        ("why", "F1"),
        ("next_conversation", "J"),
        ("snooze", "H"),
        ("done", "E"),
        ("correct", "C"),
        ("search", "/"),
        ("reply", "R"),
        ("note", "N"),
        ("turn", "T"),
        ("previous_message", "["),
        ("insert_1", "Ctrl+1"),
        ("playbook_search", "Ctrl+;"),
        ("next_finding", "F8"),
        ("fixes", "Ctrl+."),
        ("tell_trainer", "Ctrl+Shift+."),
        ("send", "Ctrl+Enter"),
        ("send_and_next", "Ctrl+Shift+Enter"),
        ("back_to_thread", "Esc"),
        ("undo_send", "Z"),
        ("split_6", "Alt+6"),
    ),
)
def test_default_keys_are_those_people_were_promised(action, key):
    assert Keymap().text(action) == key


def test_a_key_of_everywhere_clashes_with_the_composer():
    keymap = Keymap().changed("settings", "Ctrl+.")

    assert keymap.conflicts() == (Conflict("Ctrl+.", "fixes", "settings"),)
    assert keymap.conflicts_of("fixes")[0].other("fixes") == "settings"


def test_list_and_thread_share_their_letters():
    keymap = Keymap().changed("turn", "H")

    assert [conflict.key for conflict in keymap.conflicts()] == ["H"]


def test_tab_means_one_thing_in_the_list_and_another_in_the_composer():
    keymap = Keymap()

    assert keymap.keys("next_split") == keymap.keys("next_field") == ("Tab",)
    assert keymap.conflicts() == ()


def test_giving_a_key_takes_it_from_the_other():
    keymap = Keymap().given("snooze", "Ctrl+.")

    assert keymap.text("snooze") == "Ctrl+."
    assert keymap.text("fixes") == ""
    assert keymap.conflicts() == ()


def test_going_back_to_the_table_leaves_no_change_behind():
    keymap = Keymap().changed("turn", "B")

    assert keymap.is_changed("turn")
    assert keymap.changed("turn", "t").changes == {}
    assert keymap.reset("turn").changes == {}


def test_keys_of_a_field_itself_stay_as_they_are():
    keymap = Keymap({"open": "O", "nobody_knows_this": "P"})

    assert keymap.text("open") == "Enter"
    assert keymap.changed("open", "O") is keymap
    assert keymap.text("nobody_knows_this") == ""


@pytest.mark.parametrize(
    ("action", "key", "said"),
    (
        ("send", "S", "single letter is typed"),
        ("snooze", "ctrl+c", "Ctrl+C copies"),
        ("open", "O", "belongs to the field"),
        ("snooze", "S", ""),
        ("send", "Ctrl+S", ""),
    ),
)
def test_a_key_that_cannot_work_is_refused_with_its_reason(action, key, said):
    objection = Keymap().objection(action, key)

    assert said in objection if said else objection == ""


@given(KEYS)
def test_one_key_has_one_spelling(key):
    once = normal(key)

    assert normal(once) == once
    assert once


@pytest.mark.parametrize(
    ("key", "spelled"),
    (
        ("shift+ctrl+return", "Ctrl+Shift+Enter"),
        ("ctrl++", "Ctrl++"),
        ("j", "J"),
        ("+", "+"),
        ("", ""),
    ),
)
def test_spellings(key, spelled):
    assert normal(key) == spelled


def test_single_keys_are_what_a_text_field_would_take():
    assert [key for key in ("J", "Shift+J", "?", "Ctrl+K", "F6", "Tab") if is_single(key)] == [
        "J",
        "Shift+J",
        "?",
    ]


def test_keys_are_written_as_the_system_writes_them():
    assert shown("Ctrl+Shift+Enter", "darwin") == "⌘⇧Enter"
    assert shown("Ctrl+K", "linux") == "Ctrl+K"
    assert shown("", "darwin") == ""
