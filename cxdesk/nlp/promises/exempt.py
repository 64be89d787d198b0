"""What has the form of a promise and is none: rules with their examples, kept as data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from cxdesk import paths, yaml_files
from cxdesk.nlp.promises.patterns import compiled, folded

_TAG = compiled(
    r"[,;–—(-]\s*(?:and |so |but )?(?:is|are|does|do|would|will|can|could|shall|should|ok(?:ay)?"
    r"|all right|alright|right|yes|deal|fair enough|what|which|how|sound|any|how's|isn't|fine)\b"
    r"[^,;]*\?$"
)


@dataclass(frozen=True, slots=True)
class Exemption:
    """A rule of `not_promises.yaml`; what its fields mean stands there."""

    id: str
    where: str
    why: str
    patterns: tuple[re.Pattern[str], ...]
    leave: tuple[str, ...]
    keep: tuple[str, ...]

    def covers(self, place: str) -> bool:
        anchored = self.where == "clause"
        return any(each.match(place) if anchored else each.search(place) for each in self.patterns)


@cache
def exemptions() -> tuple[Exemption, ...]:
    """The shipped rules. Raises what `yaml_files.load` raises."""
    data = yaml_files.load(paths.resources() / "promises" / "not_promises.yaml")
    return tuple(
        Exemption(
            id=rule["id"],
            where=rule["where"],
            why=rule["why"],
            patterns=tuple(compiled(folded(each)) for each in rule["patterns"]),
            leave=tuple(rule["leave"]),
            keep=tuple(rule["keep"]),
        )
        for rule in data["rules"]
    )


def exemption(sentence: str, start: int, reach: int, end: int) -> str:
    """The id of the rule by which a clause [start, end) promises nothing, or "".

    At `reach` its main part ends, and a condition may begin.
    """
    if _is_asked(sentence, end):
        return "question"
    places = {
        "before": sentence[:start],
        "clause": sentence[start:end],
        "after": sentence[reach:],
    }
    return next((rule.id for rule in exemptions() if rule.covers(places[rule.where])), "")


def _is_asked(sentence: str, end: int) -> bool:
    """A question promises nothing, unless it is only hung on: "…, is that all right?"."""
    if not sentence.rstrip(" \"')").endswith("?"):
        return False
    tag = _TAG.search(sentence.rstrip(" \"')"))
    return tag is None or tag.start() < end - 1
