from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QPushButton,
)

from cxdesk.desk import Dismissal
from cxdesk.paths import Profile
from cxdesk.settings import Settings
from cxdesk.ui.key_field import CommandFinder, KeyField
from cxdesk.ui.keymap import Keymap
from cxdesk.ui.settings_hints import NOTHING, WHEN, WHERE, HintModel
from cxdesk.ui.settings_key_rows import ClashRow, KeyRow
from cxdesk.ui.settings_page import SettingsPage

Key, Mod, LEFT = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton.LeftButton
SETTINGS = Settings(agent_name="Priya", keys={"turn": "B"})


@pytest.fixture
def page(qtbot):
    """The settings of Priya, who jumps to the turning point with B; what she changes is kept."""
    page = SettingsPage(SETTINGS, Keymap(dict(SETTINGS.keys)), profile=Profile(Path("profile")))
    page.resize(1200, 800)
    page.told = []
    page.changed.connect(page.told.append)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


def show(page, section):
    navigation = page.findChild(QListWidget)
    found = navigation.findItems(section, Qt.MatchFlag.MatchExactly)
    navigation.setCurrentItem(found[0])


def button(page, words):
    found = [each for each in page.findChildren(QPushButton) if words in each.accessibleName()]
    return found[0] if found else named(page, words)


def named(page, words):
    shown = [each for each in page.findChildren(QPushButton) if each.isVisible()]
    return next(each for each in shown if each.text() == words)


def field(page, name):
    return next(each for each in page.findChildren(QLineEdit) if each.accessibleName() == name)


def test_no_part_of_the_page_is_a_window_for_a_moment(qapp, qtbot):
    shown = []

    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Show and watched.isWidgetType() and watched.isWindow():
                shown.append(watched)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    qtbot.addWidget(SettingsPage(SETTINGS, Keymap(), profile=Profile(Path("profile"))))
    qapp.removeEventFilter(watch)

    assert shown == []


def test_the_page_shows_the_settings_it_was_given(page):
    show(page, "Writing")

    assert field(page, "Your name").text() == "Priya"
    assert button(page, "Undo send: 15 s").isChecked()
    assert button(page, "Guidance: Standard").isChecked()
    assert page.told == []


@pytest.mark.parametrize(
    ("section", "choice", "field_", "value"),
    (
        ("Appearance", "Theme: Dark", "theme", "dark"),
        ("Appearance", "Theme: High contrast", "theme", "contrast"),
        ("Writing", "Undo send: Off", "undo_seconds", 0),
        ("Writing", "Guidance: Quiet", "guidance", "quiet"),
    ),
)
def test_a_choice_holds_at_once(qtbot, page, section, choice, field_, value):
    show(page, section)

    qtbot.mouseClick(button(page, choice), LEFT)

    assert [getattr(each, field_) for each in page.told] == [value]
    assert page.told[0].agent_name == "Priya"


def test_names_and_addresses_are_told_when_they_are_written(qtbot, page):
    show(page, "Writing")
    qtbot.keyClicks(field(page, "Company"), "Blue Parcel")
    qtbot.keyClick(field(page, "Company"), Key.Key_Return)
    qtbot.keyClicks(field(page, "Own addresses"), "Help@example.com; care@example.com,")
    qtbot.keyClick(field(page, "Own addresses"), Key.Key_Return)

    last = page.told[-1]
    assert last.company == "Blue Parcel"
    assert last.own_addresses == ("help@example.com", "care@example.com")


def test_settings_from_elsewhere_are_shown_without_being_told_back(page):
    page.show_settings(Settings(theme="light", single_keys=False))

    assert button(page, "Theme: Light").isChecked()
    assert not page.findChild(QCheckBox).isChecked()
    assert page.told == []


def test_privacy_names_every_place_the_app_writes_to(page):
    show(page, "Privacy")
    words = " ".join(label.text() for label in page.findChildren(QLabel))

    ours = ("playbook", "company_words.yaml")
    for name in ("cxdesk.db", "outbox", "settings.json", *ours, "cxdesk.log"):
        assert str(Path("profile") / name) in words


# ------------------------------------------------------------------ hidden hints

NOW = datetime(2026, 3, 12, 12, tzinfo=UTC)
HINTS = (
    Dismissal("r.order", "me", "", 3, None, NOW),
    Dismissal("r.argue", "conversation", "", 2, 7, NOW - timedelta(days=1), "Maria Lopez"),
    Dismissal("r.said", "sentence", "As I said.", 1, None, NOW - timedelta(days=2)),
)


def show_hints(page, hints=HINTS):
    page.hidden_hints.show_hints(hints, lambda hint: f"Title of {hint.rule}", NOW)
    page.show_section("Hidden hints")


def hint_list(page):
    return page.hidden_hints.findChild(QListView)


def test_hidden_hints_are_listed_with_where_and_since_when(page):
    show_hints(page)

    rows = [hint_list(page).model().index(row) for row in range(3)]
    assert [row.data() for row in rows] == [f"Title of r.{n}" for n in ("order", "argue", "said")]
    assert [row.data(WHERE) for row in rows] == [
        "in everything you write",
        "in the conversation with Maria Lopez",
        "wherever you write: “As I said.”",
    ]
    assert rows[0].data(WHEN).startswith("today ")
    said = rows[1].data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Title of r.argue, hidden in the conversation with Maria Lopez, since")


@pytest.mark.parametrize("key", (Key.Key_Return, Key.Key_Delete))
def test_a_hint_is_restored_by_key(qtbot, page, key):
    show_hints(page)
    hint_list(page).setFocus()
    qtbot.keyClick(hint_list(page), Key.Key_Down)

    with qtbot.waitSignal(page.hidden_hints.restore_asked) as asked:
        qtbot.keyClick(hint_list(page), key)

    assert asked.args == [HINTS[1]]


def test_a_hint_is_restored_by_button_and_double_click(qtbot, page):
    show_hints(page)

    with qtbot.waitSignal(page.hidden_hints.restore_asked):
        qtbot.mouseClick(named(page, "Restore"), LEFT)
    with qtbot.waitSignal(page.hidden_hints.restore_asked):
        qtbot.mouseDClick(hint_list(page).viewport(), LEFT, pos=QPoint(40, 20))


def test_no_hidden_hints_teach_how_they_come_about(page):
    show_hints(page, ())

    words = [each.text() for each in page.hidden_hints.findChildren(QLabel) if each.isVisible()]
    assert NOTHING in words
    assert not hint_list(page).isVisible()
    assert not page.hidden_hints.findChild(QPushButton).isVisible()


def test_the_list_of_hints_keeps_the_rules_of_qt(qtmodeltester):
    model = HintModel()
    QAbstractItemModelTester(model)
    model.show_hints(HINTS, lambda hint: hint.rule, NOW)

    qtmodeltester.check(model)


# ------------------------------------------------------------------ keys


@pytest.fixture
def keys(page):
    """The section of keys, shown."""
    show(page, "Keys")
    return page


def row(page, action):
    return next(each for each in page.findChildren(KeyRow) if each.spec.id == action)


def clash(page):
    return page.findChild(ClashRow)


def change(qtbot, page, action, key, modifier=Mod.NoModifier):
    here = row(page, action)
    qtbot.mouseClick(here, LEFT, pos=here.rect().topLeft() + QPoint(40, 10))
    qtbot.keyClick(here.findChild(KeyField), key, modifier)


def rows(page):
    return [each.spec.id for each in page.findChildren(KeyRow) if each.isVisible()]


def test_a_changed_key_says_what_it_was(keys):
    assert row(keys, "turn").remark == "changed, was T"
    assert row(keys, "turn").key == "B"
    assert row(keys, "done").remark == ""


def test_a_free_key_is_taken_at_once(qtbot, keys):
    change(qtbot, keys, "snooze", Key.Key_S)

    assert keys.told[-1].keys == {"turn": "B", "snooze": "S"}
    assert row(keys, "snooze").key == "S"
    assert not clash(keys).isVisible()


def test_the_way_back_of_one_key_and_of_all(qtbot, keys):
    qtbot.mouseClick(button(keys, "Reset the key of Jump to turning point"), LEFT)
    assert keys.told[-1].keys == {}

    change(qtbot, keys, "snooze", Key.Key_S)
    qtbot.mouseClick(named(keys, "Reset all"), LEFT)
    assert keys.told[-1].keys == {}
    assert row(keys, "snooze").key == "H"


def test_a_clash_is_told_in_place_with_two_ways_out(qtbot, keys):
    change(qtbot, keys, "settings", Key.Key_Period, Mod.ControlModifier)

    words = [label.text() for label in clash(keys).findChildren(QLabel)]
    assert words == [
        "“Everywhere” includes the composer, where Ctrl+. is “Fixes for this finding”."
    ]
    shown = [each.text() for each in clash(keys).findChildren(QPushButton) if each.isVisible()]
    assert shown == ["Give it to Settings", "Keep it there"]
    assert keys.told == []


def test_giving_the_key_takes_it_from_the_other(qtbot, keys):
    change(qtbot, keys, "snooze", Key.Key_E)

    qtbot.mouseClick(named(keys, "Give it to Snooze"), LEFT)

    assert keys.told[-1].keys == {"turn": "B", "snooze": "E", "done": ""}
    assert row(keys, "done").key == ""
    assert not clash(keys).isVisible()


def test_keeping_it_there_changes_nothing(qtbot, keys):
    change(qtbot, keys, "snooze", Key.Key_E)

    qtbot.mouseClick(named(keys, "Keep it there"), LEFT)

    assert keys.told == []
    assert row(keys, "snooze").key == "H"


def test_a_key_that_cannot_work_is_not_given(qtbot, keys):
    change(qtbot, keys, "send", Key.Key_S)

    shown = [each.text() for each in clash(keys).findChildren(QPushButton) if each.isVisible()]
    assert shown == ["Keep the old key"]
    assert keys.told == []


def test_esc_keeps_the_key_and_backspace_takes_it_away(qtbot, keys):
    change(qtbot, keys, "done", Key.Key_Escape)
    assert keys.told == []

    change(qtbot, keys, "done", Key.Key_Backspace)
    assert keys.told[-1].keys == {"turn": "B", "done": ""}


def test_a_modifier_alone_is_waited_out(qtbot, keys):
    change(qtbot, keys, "done", Key.Key_Control, Mod.ControlModifier)

    assert keys.told == []
    assert row(keys, "done").findChild(KeyField).isVisible()


def test_keys_of_a_field_cannot_be_changed(keys):
    assert not row(keys, "back_to_thread").isEnabled()
    assert row(keys, "back_to_thread").remark == "belongs to the field"


def test_commands_are_found_by_words_by_letter_and_by_a_pressed_key(qtbot, keys):
    finder = keys.findChild(CommandFinder)

    qtbot.keyClicks(finder, "insert")
    assert rows(keys) == ["insert_1", "insert_2", "insert_3", "playbook_search"]

    qtbot.keyClick(finder, Key.Key_Period, Mod.ControlModifier)
    assert rows(keys) == ["fixes"]

    finder.clear()
    qtbot.keyClick(finder, Key.Key_F8)
    assert rows(keys) == ["next_finding"]

    finder.clear()
    assert len(rows(keys)) == len(Keymap().specs)


def test_single_letters_can_be_switched_off_here(qtbot, keys):
    box = keys.findChild(QCheckBox)

    qtbot.mouseClick(box, LEFT, pos=box.rect().topLeft() + box.rect().center() / 8)

    assert keys.told[-1].single_keys is False


def test_every_control_has_a_name(page):
    for control in (*page.findChildren(QAbstractButton), *page.findChildren(QLineEdit)):
        assert control.accessibleName() or control.text()
