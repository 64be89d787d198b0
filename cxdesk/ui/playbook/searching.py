"""Which plays have the words a reader types, wherever in the play they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cxdesk.playbook import Play, Playbook
from cxdesk.ui.playbook import words


@dataclass(frozen=True, slots=True)
class _Entry:
    play: Play
    text: str


class PlayIndex:
    """All plays of a book in the order of its families, by title within."""

    def __init__(self, book: Playbook) -> None:
        places = {family: place for place, family in enumerate(book.families)}
        plays = sorted(book.plays, key=lambda play: (places[play.family], play.title))
        self._entries = [_Entry(play, _text(play, book)) for play in plays]

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, query: str) -> list[Play]:
        """Those that have every word of the query, in their order; all for an empty one."""
        wanted = query.lower().split()
        return [each.play for each in self._entries if all(word in each.text for word in wanted)]

    def nearest(self, query: str, among: Sequence[Play]) -> Play | None:
        """The first that has the words in its title, else the first at all."""
        wanted = query.lower().split()
        for play in among:
            if all(word in play.title.lower() for word in wanted):
                return play
        return among[0] if among else None


def _text(play: Play, book: Playbook) -> str:
    when = play.when
    parts = (
        play.title,
        play.id,
        words.family(play.family),
        when.situation,
        *play.keywords,
        *words.chips(when.signals, book.signals),
        *words.chips(when.intents, book.intents),
        words.wording(play.chat, book.slots).text,
        words.wording(play.email, book.slots).text,
    )
    return "\n".join(parts).lower()
