"""What the model learns from and what it is measured on never meet."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))

import labelled

OURS = [
    *labelled.ours(),
    *(each for each in labelled.drafts(Path("nowhere")) if each.id.startswith("draft-")),
]


def write(path: Path, records: Iterable[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with forty threads labelled as b, of which some texts are hand-labelled as well."""
    threads = [f"thread-{at}" for at in range(40)]
    write(
        tmp_path / "conversations.jsonl",
        (
            {"id": each, "messages": [{"role": "customer", "text": f"Message of {each}!"}]}
            for each in threads
        ),
    )
    label = {"message": 0, "level": 2, "frustrated": True, "blame_target": "company"}
    write(
        tmp_path / "labels_conversations_b.jsonl",
        (label | {"id": each, "spans": [[0, 7]], "cues": []} for each in threads),
    )
    write(
        tmp_path / "frustration_hand.jsonl",
        (
            {"id": each, "text": f"message of {each}", "label": 1, "source": "ibm"}
            for each in threads[:10]
        ),
    )
    return tmp_path


def texts(sources: dict[str, list[labelled.Labelled]]) -> set[str]:
    return {labelled._plain(each.text) for some in sources.values() for each in some}


def test_nothing_is_trained_on_what_it_is_measured_on(data: Path) -> None:
    learned, measured = labelled.for_training(data), labelled.kept_apart(data)

    assert texts(learned) & texts(measured) == set()
    assert learned["conversations"]
    assert measured["support"]


def test_nothing_is_trained_on_what_says_how_far_the_model_is_believed(data: Path) -> None:
    weighed = {
        each.id for each in labelled.for_weighing(data) if each.source.startswith("messages")
    }

    learned = {each.id for each in labelled.for_training(data)["ours"]}

    assert weighed
    assert learned
    assert weighed & learned == set()


def test_a_thread_with_swapped_roles_is_left_out(data: Path) -> None:
    found = {each.id for each in labelled.conversations(data, "b")}

    assert "thread-10" in found
    assert "thread-11" not in found


def is_sound(each: labelled.Labelled) -> bool:
    marks = [*(each.spans or ()), *((start, end) for start, end, _ in each.cues or ())]
    in_place = all(0 <= start < end <= len(each.text) for start, end in marks)
    blames = each.blames if each.is_draft else each.target != "none"
    calm = each.frustrated is False
    return (
        bool(each.text.strip())
        and in_place
        and bool(each.spans) == blames
        and (not calm or each.level is None or each.level < 2)
    )


def test_what_we_wrote_is_labelled_soundly() -> None:
    assert [each.id for each in OURS if not is_sound(each)] == []


def test_nothing_we_wrote_stands_twice() -> None:
    plain = [each.text for each in OURS]

    assert len(plain) == len(set(plain))


def test_labels_of_outside_texts_hold_no_text() -> None:
    for path in labelled.OURS.glob("labels_*.jsonl"):
        for record in labelled.lines(path):
            assert not {"text", "message_text"} & set(record)
