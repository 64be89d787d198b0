"""The one table of commands, so that keys, palette, buttons and the key page always agree."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Where(StrEnum):
    """The place in the window where a command is at home."""

    EVERYWHERE = "everywhere"
    LIST = "list"
    THREAD = "thread"
    COMPOSER = "composer"
    AFTER_SEND = "after_send"
    PROMISES = "promises"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ").capitalize()

    @property
    def page(self) -> str:
        """The page of the rail it is part of; "" for what is on all of them."""
        on_pages = {Where.LIST: "inbox", Where.THREAD: "inbox", Where.COMPOSER: "inbox"}
        return "promises" if self is Where.PROMISES else on_pages.get(self, "")


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One command: what it is called, its keys, where it is at home.

    `inside` keys act only while the focus is in that place; all others act wherever its page is
    shown, single letters outside text fields. `fixed` keys belong to the pane itself (Enter in a
    list, Esc in the editor): they are shown, and cannot be changed. `argument` is an example of
    words that may follow the command in the palette; `words` are other names it answers to there.
    """

    id: str
    text: str
    keys: tuple[str, ...] = ()
    where: Where = Where.EVERYWHERE
    icon: str = "arrow-right"
    words: tuple[str, ...] = ()
    argument: str = ""
    inside: bool = False
    fixed: bool = False


_A = ActionSpec
# In the palette commands of equal rank keep this order: what an agent does most comes first.
_LIST, _THREAD, _COMPOSER = Where.LIST, Where.THREAD, Where.COMPOSER
_PROMISES, _SENT = Where.PROMISES, Where.AFTER_SEND

ACTIONS: tuple[ActionSpec, ...] = (
    # list
    _A("snooze", "Snooze", ("H",), _LIST, "clock", ("remind me", "later"), "snooze 2h"),
    _A("done", "Done", ("E",), _LIST, "check", ("solve", "close", "archive")),
    _A("assign_me", "Make it mine", ("A",), _LIST, "user-check", ("assign", "take")),
    _A("correct", "Correct the level", ("C",), _LIST, "pencil", ("wrong", "sarcasm", "overrule")),
    _A(
        "correct_counts",
        "Correct what is counted",
        ("Shift+C",),
        _LIST,
        "pencil",
        ("failures", "apologies", "trend", "solved", "wrong", "overrule"),
    ),
    _A("search", "Search all messages", ("/",), _LIST, "search", ("find",), "search refund"),
    _A("next_conversation", "Next conversation", ("J",), _LIST, "arrow-right"),
    _A("previous_conversation", "Previous conversation", ("K",), _LIST, "arrow-right"),
    _A("open", "Open conversation", ("Enter",), _LIST, "chevron-right", inside=True, fixed=True),
    _A("select", "Select conversation", ("X",), _LIST, "check"),
    _A("extend_down", "Extend the selection down", ("Shift+J",), _LIST, "check"),
    _A("extend_up", "Extend the selection up", ("Shift+K",), _LIST, "check"),
    _A("next_split", "Next tab", ("Tab",), _LIST, "arrow-right", inside=True),
    _A("previous_split", "Previous tab", ("Shift+Tab",), _LIST, "arrow-right", inside=True),
    # thread
    _A("reply", "Reply", ("R",), _THREAD, "pencil", ("answer", "write")),
    _A("note", "Write a note", ("N",), _THREAD, "note"),
    _A(
        "hand_over",
        "Hand over to the lead",
        ("Shift+H",),
        _THREAD,
        "user-check",
        ("escalate", "manager", "supervisor", "team lead"),
        "hand over above my limit",
    ),
    _A(
        "no_danger",
        "No danger here",
        ("Shift+D",),
        _THREAD,
        "shield",
        ("false alarm", "safety", "threat", "self-harm", "wrong"),
    ),
    _A("turn", "Jump to turning point", ("T",), _THREAD, "arrow-up-right"),
    _A("previous_message", "Previous message", ("[",), _THREAD, "arrow-right"),
    _A("next_message", "Next message", ("]",), _THREAD, "arrow-right"),
    _A("soft_view", "Soft view: hide insults", ("L",), _THREAD, "eye", ("swear words", "abuse")),
    _A(
        "harmless",
        "These words are harmless here",
        (),
        _THREAD,
        "leaf",
        ("harmless", "company words", "no complaint", "domain list"),
        "harmless dead pixel",
    ),
    # composer
    _A("insert_1", "Insert apology", ("Ctrl+1",), _COMPOSER, "heart", ("sorry",)),
    _A("insert_2", "Insert ownership", ("Ctrl+2",), _COMPOSER, "person"),
    _A("insert_3", "Insert extra mile", ("Ctrl+3",), _COMPOSER, "star", ("gift", "goodwill")),
    _A(
        "playbook_search",
        "Insert from the playbook",
        ("Ctrl+;",),
        _COMPOSER,
        "book",
        ("insert", "snippet", "play"),
        "insert delay",
    ),
    _A("next_finding", "Next finding", ("F8",), _COMPOSER, "wave"),
    _A("previous_finding", "Previous finding", ("Shift+F8",), _COMPOSER, "wave"),
    _A("fixes", "Fixes for this finding", ("Ctrl+.",), _COMPOSER, "pencil"),
    _A("tell_trainer", "Tell the trainer", ("Ctrl+Shift+.",), _COMPOSER, "bell"),
    _A("score", "Score of this draft", ("F9",), _COMPOSER, "target", ("points", "coverage")),
    _A(
        "answer_open",
        "Answer what is still open",
        ("Ctrl+Shift+A",),
        _COMPOSER,
        "help",
        ("questions", "not answered"),
    ),
    _A("next_field", "Next field", ("Tab",), _COMPOSER, "arrow-right", inside=True, fixed=True),
    _A(
        "previous_field",
        "Previous field",
        ("Shift+Tab",),
        _COMPOSER,
        "arrow-right",
        inside=True,
        fixed=True,
    ),
    _A("send", "Send", ("Ctrl+Enter",), _COMPOSER, "send", inside=True),
    _A(
        "send_and_next",
        "Send, done and next",
        ("Ctrl+Shift+Enter",),
        _COMPOSER,
        "send",
        inside=True,
    ),
    _A(
        "back_to_thread",
        "Back to the thread, draft kept",
        ("Esc",),
        _COMPOSER,
        "undo",
        inside=True,
        fixed=True,
    ),
    # after send
    _A("undo_send", "Undo send", ("Z",), _SENT, "undo", ("take back",)),
    _A("keep_promise", "Keep the promise found", ("P",), _SENT, "flag", ("remind me", "yes")),
    _A("promise_when", "Change when the promise is due", ("W",), _SENT, "clock", ("remind me",)),
    _A("not_a_promise", "That is not a promise", ("D",), _SENT, "x", ("no promise",)),
    # promises
    _A("promise_kept", "Promise kept", ("E",), _PROMISES, "check", ("done", "tick")),
    _A("promise_time", "New time for the promise", ("H",), _PROMISES, "clock", ("move", "later")),
    _A("promise_tell", "Tell the customer", ("R",), _PROMISES, "pencil", ("reply", "slip", "late")),
    _A("promise_broken", "Promise broken", ("B",), _PROMISES, "x", ("not kept", "missed")),
    _A("next_promise", "Next promise", ("J",), _PROMISES, "arrow-right"),
    _A("previous_promise", "Previous promise", ("K",), _PROMISES, "arrow-right"),
    _A("find_promise", "Find a promise", ("/",), _PROMISES, "search"),
    _A(
        "promise_open",
        "Open its conversation",
        ("Enter",),
        _PROMISES,
        "chevron-right",
        inside=True,
        fixed=True,
    ),
    # everywhere
    _A("palette", "Every command", ("Ctrl+K",), icon="search"),
    _A("next_pane", "Next pane", ("F6",), icon="arrow-right"),
    _A("previous_pane", "Previous pane", ("Shift+F6",), icon="arrow-right"),
    _A("keys", "All keys", ("?",), icon="keyboard", words=("help", "shortcuts")),
    _A("settings", "Settings", ("Ctrl+,",), icon="settings", words=("preferences",)),
    _A("hidden_hints", "Hidden hints", icon="eye", words=("dismissed", "restore", "put aside")),
    _A("notice", "Go to the notice", ("Ctrl+Shift+N",), icon="bell"),
    _A("why", "Why is this marked?", ("F1",), icon="help", words=("rule", "reason")),
    _A("inbox", "Inbox", ("Ctrl+0",), icon="inbox"),
    _A("promises", "Promises", ("Ctrl+Shift+D",), icon="flag", words=("due", "reminders", "late")),
    _A("playbook", "Playbook", ("Ctrl+Shift+P",), icon="book", words=("plays",)),
    _A(
        "import_files",
        "Import mail or conversations",
        ("Ctrl+O",),
        icon="import",
        words=("open files", "eml", "mbox", "csv"),
    ),
    *(
        _A(f"split_{n}", f"Show tab {n} of the list", (f"Alt+{n}",), icon="inbox")
        for n in range(1, 7)
    ),
    _A("theme_system", "Theme as the system has it", icon="sun"),
    _A("theme_light", "Light theme", icon="sun"),
    _A("theme_dark", "Dark theme", icon="sun", words=("night",)),
    _A("theme_contrast", "High contrast theme", icon="sun"),
)
