"""Parts that are slow to make and safe to share: the blank pipeline."""

import pytest
from spacy.language import Language

from cxdesk.nlp.pipeline import blank_pipeline


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The blank English pipeline with our sentence ends."""
    return blank_pipeline()
