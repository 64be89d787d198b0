"""The review of an agent's draft: what may hurt, what is good, what is missing, what holds Send."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.language import Language

from cxdesk.model import Finding, GoodWord, Problem, Review, ReviewRequest, RuleCard, Severity
from cxdesk.nlp.pipeline import blank_pipeline
from cxdesk.nlp.review.blocks import blocks
from cxdesk.nlp.review.checks import run_checks, run_sentence_checks
from cxdesk.nlp.review.coverage import coverage
from cxdesk.nlp.review.fixes import Fixes, fixes, read_rewrites
from cxdesk.nlp.review.forward import moves_on_elsewhere
from cxdesk.nlp.review.good import good_words
from cxdesk.nlp.review.hits import Facts, Hit
from cxdesk.nlp.review.page import Line, Page
from cxdesk.nlp.review.pointer import BLAME, Pointer, Reads
from cxdesk.nlp.review.rulebook import MODEL, Guide, read_rulebook
from cxdesk.nlp.review.score import Case, score
from cxdesk.nlp.review.sorry import sorries
from cxdesk.nlp.rules import RuleMatch, RuleMatcher

# Findings about more than their words: nothing to replace, the agent has to know.
_NO_FIXES = frozenset(
    (
        "missing_next_step",
        "ignored_question",
        "too_long",
        "over_authority",
        "asked_again",
        "said_before",
    )
)
# What is no step forward, even where it asks or gives a time.
_SPOILING = """
    blame_customer selling feedback_too_early argue invalidation canned
"""
_SPOILS = frozenset(_SPOILING.split())
_HELPING = """
    action ownership_i apology_full alternative options time_given handover_warm
"""
_HELPS = frozenset(_HELPING.split())


class Reviewer:
    """Reviews drafts. Making one reads the rules (about half a second); reviewing is quick.

    `reader` is the network that adds what no rule has words for; without it the rules speak alone.
    `picky` adds the rules that are wrong too often to be on for everybody.
    """

    def __init__(
        self,
        nlp: Language | None = None,
        *,
        reader: Reads | None = None,
        picky: bool = False,
    ) -> None:
        self._nlp = nlp or blank_pipeline()
        book = read_rulebook(picky=picky)
        self._guides = book.guides
        self._matcher = RuleMatcher(self._nlp, book.patterns, book.words)
        self._pointer: Pointer | None = None
        if reader:
            harmless = RuleMatcher(self._nlp, book.harmless, book.words)
            self._pointer = Pointer(reader, harmless)
        self._rewrites, wrong = read_rewrites()
        self.problems: tuple[Problem, ...] = (*book.problems, *wrong)

    def review(self, request: ReviewRequest, *, quick: bool = False) -> Review:
        """Everything there is to say about a draft; offsets are characters of `request.text`.

        A quick review does not ask the network: of its word it repeats what still stands.
        """
        page = self._page(request)
        hits, facts = self._read(page, quick)
        tried: dict[str, Counter[str]] = {}
        findings = tuple(self._finding(page, hit, facts, tried) for hit in hits)
        bad = [each.code for each in findings if _is_sure(each)]
        codes = {each.code for each in facts.good}
        result = score(bad, codes, Case.of(request), _words(facts.good))
        return Review(
            findings=findings,
            good=tuple(facts.good),
            coverage=coverage(codes, bad),
            score=result.total if page.lines else 0,
            parts=result.parts,
            advice=result.advice,
            blocks=blocks(page),
            revision=request.revision,
            thorough=not quick or self._pointer is None,
        )

    def card(self, rule_id: str) -> RuleCard | None:
        """A rule in words, with its examples; None for an unknown id."""
        guide = self._guides.get(rule_id)
        return guide.card() if guide else None

    def rules(self) -> Sequence[Guide]:
        """Every rule, for what bad and for what good wording."""
        return tuple(self._guides.values())

    # -------------------------------------------------------------- finding

    def _page(self, request: ReviewRequest) -> Page:
        return Page(request, self._matcher.read(self._nlp(request.text)))

    def _read(self, page: Page, quick: bool) -> tuple[list[Hit], Facts]:
        """The places of every finding, in order, and the facts they were judged by."""
        said = sorries(page.lines)
        matches = self._matches(page)
        good = good_words(page, [each for each in matches if each[1].good], said)
        judged = list(self._judged(page, matches, good))
        against = frozenset(self._guides[each.rule].code for each in judged)
        facts = Facts(said, good, self._spoiled(page, judged), against)
        found = self._believed(page, [*judged, *self._checked(page, facts)], quick)
        found += self._pointed(page, found, quick)
        return sorted(found, key=lambda each: (each.start, each.end, each.rule)), facts

    def _matches(self, page: Page) -> list[tuple[RuleMatch, Guide]]:
        """Pattern matches that count in this conversation and are the agent's own words."""
        found = ((each, self._guides[each.rule.id]) for each in self._matcher.find_in(page.reading))
        return [each for each in found if _counts(page, *each)]

    def _judged(
        self, page: Page, matches: Sequence[tuple[RuleMatch, Guide]], good: Sequence[GoodWord]
    ) -> Iterator[Hit]:
        """The matches of what may hurt; a gift is fine once another sentence names the repair."""
        for match, guide in matches:
            start, end = match.span(page.reading.doc)
            if guide.good:
                continue
            number = page.line_at(start).number
            if guide.when.unrepaired and moves_on_elsewhere(page, good, number):
                continue
            yield Hit(guide.id, start, end)

    def _spoiled(self, page: Page, hits: Sequence[Hit]) -> frozenset[int]:
        bad = (each for each in hits if self._guides[each.rule].code in _SPOILS)
        return frozenset(page.line_at(each.start).number for each in bad)

    def _checked(self, page: Page, facts: Facts) -> Iterator[Hit]:
        for hit in run_checks(page, facts):
            if hit.rule in self._guides and not page.is_quoted(hit.start, hit.end):
                yield hit

    def _believed(self, page: Page, found: list[Hit], quick: bool) -> list[Hit]:
        """What the rules found, without advice the network knows better; blame always stays."""
        if not self._pointer or not page.lines:
            return found
        advice = {each: self._place(page, each) for each in found if self._is_advice(each)}
        cleared = set(self._pointer.clears(page, list(advice.values()), quick=quick))
        return [each for each in found if advice.get(each) not in cleared]

    def _is_advice(self, hit: Hit) -> bool:
        return (hit.severity or self._guides[hit.rule].severity) is Severity.ADVICE

    def _place(self, page: Page, hit: Hit) -> tuple[str, int]:
        return self._guides[hit.rule].code, page.line_at(hit.start).number

    def _pointed(self, page: Page, found: Sequence[Hit], quick: bool) -> list[Hit]:
        """What the network adds to what the rules found."""
        if not self._pointer or not page.lines:
            return []
        spoken = {self._place(page, each) for each in found}
        pointer = self._pointer
        return list((pointer.remembered if quick else pointer.hits)(page, spoken))

    # -------------------------------------------------------------- explaining

    def _finding(
        self, page: Page, hit: Hit, facts: Facts, tried: dict[str, Counter[str]]
    ) -> Finding:
        guide = self._guides[hit.rule]
        line = page.line_at(hit.start)
        better = self._fixes(page, line, hit, facts, tried)
        return Finding(
            code=guide.code,
            start=hit.start,
            end=hit.end,
            text=page.text[hit.start : hit.end],
            reads_as=f'{guide.reads_as} (they wrote: "{hit.said}")' if hit.said else guide.reads_as,
            fixes=better.texts,
            rule=guide.id,
            severity=hit.severity or guide.severity,
            title=guide.title,
            why=guide.why,
            rewrite=guide.rewrite,
            replace_start=better.start,
            replace_end=better.end,
        )

    def _fixes(
        self, page: Page, line: Line, hit: Hit, facts: Facts, tried: dict[str, Counter[str]]
    ) -> Fixes:
        code = self._guides[hit.rule].code
        if code in _NO_FIXES:
            return Fixes(line.start, line.end, ())
        start, end = _neighbourhood(page, line)
        before = self._codes(page, page.text[start:end], tried)
        blames = min(1, self._codes(page, page.text[line.start : line.end], tried)[BLAME])

        def is_better(text: str) -> bool:
            window = text[start : len(text) - (len(page.text) - end)]
            after = self._codes(page, window, tried)
            gone = after[code] < before[code] or not before[code]
            if hit.rule.startswith(MODEL) and self._is_pointed_at(page, code, window):
                return False
            return gone and after[BLAME] <= before[BLAME] - blames

        helps = _helps_beside(facts.good, line, hit)
        rewrites = self._rewrites.get(code, ())
        return fixes(page, line, (hit.start, hit.end), rewrites, is_better, helps)

    def _is_pointed_at(self, page: Page, code: str, text: str) -> bool:
        return self._pointer is not None and self._pointer.finds(code, page.request, text)

    def _codes(self, page: Page, text: str, tried: dict[str, Counter[str]]) -> Counter[str]:
        """How often each code is found in a few sentences of a draft, taken by themselves."""
        if text not in tried:
            part = self._page(replace(page.request, text=text))
            facts = Facts(sorries(part.lines))
            found = self._judged(part, self._matches(part), ())
            hits = [*found, *run_sentence_checks(part, facts)]
            tried[text] = Counter(self._guides[each.rule].code for each in hits)
        return tried[text]


def _is_sure(finding: Finding) -> bool:
    """Whether it counts: a guess of the model alone takes no points and unticks nothing."""
    return not finding.rule.startswith(MODEL) or finding.severity is Severity.BLAME


def _neighbourhood(page: Page, line: Line) -> tuple[int, int]:
    """Where a fix is tried: its sentence, and the next one, which may become the first."""
    after = page.lines[line.number : line.number + 2][-1]
    return line.start, after.end if line.number <= page.first else line.end


def _helps_beside(good: Sequence[GoodWord], line: Line, hit: Hit) -> bool:
    """Whether the sentence of a finding also does something good, before the finding."""
    return any(
        each.code in _HELPS and line.start <= each.start and each.end <= hit.start for each in good
    )


def _counts(page: Page, match: RuleMatch, guide: Guide) -> bool:
    if not guide.when.holds(page.request):
        return False
    start, end = match.span(page.reading.doc)
    line = page.lines[match.sentence]
    return guide.when.fits(page, line, start, end) and not page.is_quoted(start, end)


def _words(good: Sequence[GoodWord]) -> Mapping[str, tuple[str, ...]]:
    words: defaultdict[str, list[str]] = defaultdict(list)
    for each in good:
        words[each.code].append(each.text)
    return {code: tuple(texts) for code, texts in words.items()}
