"""How well customers' messages are read: frustration, blame, whom, the words, and the level."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from labelled import Labelled

from cxdesk.model import Analysis, Confidence, Level
from evaluation import figures
from evaluation.figures import Row, measured

NEGATIVE = 0.05  # from where VADER calls a text negative; TextBlob gets the same
BLAMES_US = frozenset(("blame_company", "blame_agent", "blame_product"))

Both = tuple[Labelled, Analysis]
Score = Callable[[str], float]  # how negative a text is, -1 to 1
Said = tuple[bool | None, bool, float]  # labelled, found, and how likely


def by_tier(both: Sequence[Both]) -> dict[str, Row]:
    """The figures of one tier on one source, by what is judged."""
    felt = [(one.frustrated, it.frustrated, it.frustration) for one, it in both]
    blamed = [(one.blames, it.blames_company, it.blame) for one, it in both]
    return {
        "frustrated": frustrated(felt),
        "blames us": blames(blamed),
        "whom, in which words": whom_and_words(both),
        "level": levels(both),
    }


def by_tool(score: Score, examples: Sequence[Labelled]) -> dict[str, Row]:
    """The figures of a tool that only knows how negative a text is."""
    scored = [(one, score(one.text)) for one in examples]
    return {
        "frustrated": frustrated([(one.frustrated, it >= NEGATIVE, it) for one, it in scored]),
        "blames us": blames([(one.blames, it >= NEGATIVE, it) for one, it in scored]),
    }


def frustrated(said: Sequence[Said]) -> Row:
    return {"macro-F1": measured(figures.macro_f1, _answers(said))} | _yes_or_no(said)


def blames(said: Sequence[Said]) -> Row:
    return {"F1": measured(figures.f1, _answers(said))} | _yes_or_no(said)


def _yes_or_no(said: Sequence[Said]) -> Row:
    chances = [(label, chance) for label, _, chance in said if label is not None]
    return {
        "precision": measured(figures.precision, _answers(said)),
        "recall": measured(figures.recall, _answers(said)),
        "AUC": measured(figures.auc, chances),
    }


def _answers(said: Sequence[Said]) -> list[tuple[bool, bool]]:
    return [(label, found) for label, found, _ in said if label is not None]


def whom_and_words(both: Sequence[Both]) -> Row:
    """Of messages that blame us: is it the target, and are they the words, that were labelled."""
    ours = [(one, it) for one, it in both if one.blames]
    whom = [(one.target is it.blame_target,) for one, it in ours if one.target is not None]
    words = [
        (it.blames_company, figures.characters(one.spans, _blaming(it)))
        for one, it in ours
        if one.spans
    ]
    return {
        "target": measured(figures.share, whom),
        "words": measured(figures.overlap, [counts for _, counts in words]),
        "words where found": measured(figures.overlap, [each for found, each in words if found]),
    }


def _blaming(verdict: Analysis) -> Iterator[figures.Span]:
    return ((cue.start, cue.end) for cue in verdict.cues if cue.code in BLAMES_US)


def levels(both: Sequence[Both]) -> Row:
    """How near the level is where it is labelled, and how many of all verdicts are not sure."""
    rows = _levels(both)
    return {
        "exact": measured(figures.exact, rows),
        "within one": measured(figures.within_one, rows),
        "not sure": measured(figures.share, [(it.confidence is Confidence.LOW,) for _, it in both]),
    }


def _levels(both: Sequence[Both]) -> list[tuple[int, int]]:
    return [(one.level, int(it.level)) for one, it in both if one.level is not None]


# ------------------------------------------------------------------ to read


def confusions(both: Sequence[Both]) -> list[str]:
    """What was taken for what, as tables: frustrated, and the level where it is labelled."""
    felt = [(one.frustrated, it.frustrated) for one, it in both if one.frustrated is not None]
    rows = _levels(both)
    return [
        *([figures.confusion(felt, ("not", "frustrated"))] if felt else ()),
        *([figures.confusion(rows, [each.word for each in Level])] if rows else ()),
    ]


def errors(both: Sequence[Both], count: int) -> list[str]:
    """Messages that were read wrongly, the surest first, with the words that led there."""
    wrong = [(one, it) for one, it in both if _wrong(one, it)]
    wrong.sort(key=lambda each: -max(_wrong(*each)))
    return [_error(one, it) for one, it in wrong[:count]]


def _wrong(one: Labelled, it: Analysis) -> list[float]:
    """How far each wrong answer on a message is from its label: the surer, the farther."""
    answers = (
        (one.frustrated, it.frustrated, it.frustration),
        (one.blames, it.blames_company, it.blame),
    )
    return [
        abs(label - chance)
        for label, found, chance in answers
        if label is not None and label != found
    ]


def _error(one: Labelled, it: Analysis) -> str:
    words = [one.text[start:end] for start, end in one.spans or ()]
    felt = f"frustrated {it.frustrated} ({it.frustration:.2f})"
    blamed = f"blames us {it.blames_company} ({it.blame:.2f}, {it.blame_target})"
    return "\n".join(
        (
            f"{one.id}: {figures.one_line(one.text)}",
            f"  labelled  level {one.level}, frustrated {one.frustrated}, "
            f"blames us {one.blames} ({one.target}) {words}",
            f"  found     level {int(it.level)}, {felt}, {blamed}",
            *(f"    {cue.rule}: {cue.text}" for cue in it.cues),
        )
    )
