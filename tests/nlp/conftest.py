"""Parts that are slow to make and safe to share: the blank pipeline."""

import pytest
from spacy.language import Language

from cxdesk.nlp.engine import Engine
from cxdesk.nlp.hearing import Hearing
from cxdesk.nlp.lexicon import Lexicon
from cxdesk.nlp.pipeline import blank_pipeline


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The blank English pipeline with our sentence ends."""
    return blank_pipeline()


@pytest.fixture(scope="session")
def lexicon(nlp: Language) -> Lexicon:
    """The shipped lexicon."""
    return Lexicon(nlp)


@pytest.fixture(scope="session")
def hearing(nlp: Language) -> Hearing:
    """The shipped rules, without a trained tier."""
    return Hearing(nlp)


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The engine as the worker runs it."""
    return Engine()
