"""The spaCy package folder that ships: a pipeline with both tiers, and what was used to make it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import spacy
from labelled import Labelled

from cxdesk.model import Tier
from cxdesk.nlp import component, deep, fast
from cxdesk.nlp.weights import Weights
from training.fast import FastParts
from training.network import CODES, KINDS, TARGETS

NAME = "cxdesk_language"
VERSION = "1.0.0"
META = "meta.json"
KEPT = ("README.md", "LICENSE")  # written by hand: the model card and the base's licence


def write_deep(folder: Path, network: bytes, tokenizer: str, weights: Weights) -> None:
    """The deep component's folder."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = deep.Settings(tuple(map(str, TARGETS)), tuple(map(str, KINDS)), CODES)
    (folder / deep.NETWORK).write_bytes(network)
    (folder / deep.TOKENIZER).write_text(tokenizer, "utf-8")
    (folder / component.SETTINGS).write_bytes(settings.to_bytes())
    (folder / component.WEIGHTS).write_bytes(weights.to_bytes())


def write_fast(folder: Path, parts: FastParts, weights: Weights) -> None:
    """The fast component's folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / fast.TERMS).write_bytes(parts.terms)
    (folder / fast.NUMBERS).write_bytes(parts.numbers)
    (folder / component.SETTINGS).write_bytes(parts.settings)
    (folder / component.WEIGHTS).write_bytes(weights.to_bytes())


def write_package(
    folder: Path, deep_folder: Path, fast_folder: Path, sources: Mapping[str, Sequence[Labelled]]
) -> None:
    """A folder that `spacy.load` loads; its card and licence stay."""
    nlp = spacy.blank("en")
    nlp.add_pipe(fast.FACTORY, name=fast.NAME).from_disk(fast_folder)  # type: ignore[attr-defined]
    nlp.add_pipe(deep.FACTORY, name=deep.NAME).from_disk(deep_folder)  # type: ignore[attr-defined]
    nlp.meta |= {
        "name": NAME,
        "version": VERSION,
        "description": "Frustration and blame in customers' messages, blame in agents' drafts.",
        "author": "cxdesk",
        "license": "MIT; starting weights all-MiniLM-L6-v2, Apache-2.0",
        "notes": f"Trained on {json.dumps({name: len(some) for name, some in sources.items()})}.",
    }
    kept = {name: (folder / name).read_bytes() for name in KEPT if (folder / name).exists()}
    shutil.rmtree(folder, ignore_errors=True)
    nlp.to_disk(folder)
    for name, content in kept.items():
        (folder / name).write_bytes(content)


def add_figures(folder: Path, report: Mapping[str, Any]) -> None:
    """Put what was measured (`evaluate.py --json`) into the package's meta, as spaCy keeps it."""
    meta = json.loads((folder / META).read_text("utf-8"))
    meta["performance"] = {
        f"{source}, {tier}, {subject}, {figure}": round(measured["value"], 3)
        for source, tiers in report.items()
        if source != "speed"
        for tier, subjects in tiers.items()
        if tier in tuple(Tier)
        for subject, figures in subjects.items()
        for figure, measured in figures.items()
    }
    (folder / META).write_text(json.dumps(meta, indent=2, ensure_ascii=False) + "\n", "utf-8")
