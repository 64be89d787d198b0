"""The pattern language, told by what each sign finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from cxdesk import paths
from cxdesk.nlp.patterns import PatternCompiler, PatternError
from cxdesk.nlp.reading import pattern_words
from cxdesk.nlp.rules import Rule, RuleMatcher, Words, parse_example, read_words

SETS = {"lost": ("lost", "mislaid"), "thing": ("parcel", "suit-case")}


def a_rule(*patterns: str, code: str = "code", **fields: object) -> Rule:
    given: dict[str, object] = {
        "id": f"{code}.rule", "code": code, "title": "", "patterns": patterns, "unless": (),
        "unless_sentence": (), "why": "", "source": "", "weight": 1.0, "flag": (), "leave": (),
    }  # fmt: skip
    return Rule(**(given | fields))  # type: ignore[arg-type]


def found(nlp: Language, text: str, *rules: Rule) -> list[str]:
    matcher = RuleMatcher(nlp, rules, Words(SETS, {"parsel": "parcel"}))
    doc = nlp(text)
    return [doc[match.start : match.end].text for match in matcher.find(doc)]


@pytest.mark.parametrize(
    ("pattern", "text", "words"),
    (
        ("third|3rd time", "The third time, the 3rd time.", ["third time", "3rd time"]),
        ("you @lost my @thing", "You LOST my parcel", ["You LOST my parcel"]),
        ("you @lost my @thing", "you mislaid my suit-case", ["you mislaid my suit-case"]),
        ("very? bad", "bad, very bad", ["bad", "very bad"]),
        ("you ...2 lost", "you have really lost it", ["you have really lost"]),
        ("you ...2 lost", "you have now really lost it", []),
        ("you ...2 lost", "It is you. Nothing lost", []),
        ("is !not|never good", "this is so good", ["is so good"]),
        ("is !not|never good", "this is not good", []),
        ("^ lost", "@shop Lost! I lost it", ["Lost"]),
        ("lost $", "I lost it, lost!!", ["lost"]),
        ("re:[0-9]+ days|weeks", "for 12 days", ["12 days"]),
        (
            "ca n't find",
            "I can’t find it, cant find, cannot find",
            ["can’t find", "cant find", "cannot find"],
        ),
        ("can't|cannot find", "I can't find, cannot find", ["can't find", "cannot find"]),
        ("so bad", "sooooo baaad", ["sooooo baaad"]),
        ("still here", "Stilllll here", ["Stilllll here"]),
        ("my parcel", "my #parcel, my parsel", ["my #parcel", "my parsel"]),
        ("do not know where it is", "I do not know\nwhere it is", []),
        (
            "know where it is",
            "I have been looking all over the whole house and still I do not know\nwhere it is",
            ["know\nwhere it is"],
        ),
    ),
)
def test_a_pattern_finds_what_its_signs_say(
    nlp: Language, pattern: str, text: str, words: list[str]
) -> None:
    assert found(nlp, text, a_rule(pattern))[: len(words) or None] == words


@pytest.mark.parametrize(
    ("pattern", "message"),
    (
        ("@nothing lost", "no set of words named @nothing"),
        ("re:[ lost", "not a regular expression"),
        ("^ $", "has no words"),
        ("very? ...3", "not optional"),
        ("", "has no words"),
    ),
)
def test_a_pattern_that_cannot_be_read_says_why(pattern: str, message: str) -> None:
    with pytest.raises(PatternError, match=message):
        PatternCompiler(SETS, lambda word: (word,)).compile(pattern)


class Everything(frozenset[str]):
    def __contains__(self, word: object) -> bool:
        return True


def test_a_word_that_is_spared_the_tokenizer_reads_as_the_tokenizer_would(nlp: Language) -> None:
    words, _ = read_words(paths.resources() / "lexicon")
    plain = {word for each in words.sets.values() for word in each} | {"dont", "cant", "im", "u"}
    special = nlp.tokenizer.rules  # type: ignore[union-attr]
    spared = pattern_words(nlp.make_doc, special)
    not_spared = pattern_words(nlp.make_doc, Everything())

    assert {word: spared(word) for word in plain} == {word: not_spared(word) for word in plain}


def test_only_single_words_can_be_excluded(nlp: Language) -> None:
    with pytest.raises(PatternError, match="only single words"):
        found(nlp, "", a_rule("is !rip-off"))


def test_unless_cancels_where_it_touches_and_unless_sentence_anywhere(nlp: Language) -> None:
    near = a_rule("lost", unless=("lost and found",))
    far = a_rule("lost", unless_sentence=("museum",))

    text = "Lost and found? You lost it. In the museum we lost it."

    assert found(nlp, text, near) == ["lost", "lost"]
    assert found(nlp, text, far) == ["Lost", "lost"]


def test_of_overlapping_matches_of_one_code_the_longest_is_kept(nlp: Language) -> None:
    rules = [a_rule("lost", code="a"), a_rule("you lost it", code="a"), a_rule("lost", code="b")]

    assert found(nlp, "you lost it", *rules) == ["you lost it", "lost"]


def test_an_example_gives_its_text_and_its_marks() -> None:
    assert parse_example("This is the [third time] I [write].") == (
        "This is the third time I write.",
        [(12, 22), (25, 30)],
    )


@given(text=st.text(max_size=80))
def test_any_text_is_read_and_its_words_lie_in_it_in_order(nlp: Language, text: str) -> None:
    reading = RuleMatcher(nlp, [a_rule("a")], Words({}, {})).read(nlp(text))

    spans = [reading.span(at, at + 1) for at in range(len(reading.words))]

    assert spans == sorted(spans)
    assert all(text[start:end].strip() for start, end in spans)
    assert sum(each.stop - each.start for each in reading.sentences) == len(reading.words)
