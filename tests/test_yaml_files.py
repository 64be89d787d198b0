"""YAML is parsed once, and known again exactly; the cache saves time and never does harm."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from cxdesk import yaml_files
from cxdesk.yaml_files import BrokenYamlError

pytestmark = pytest.mark.usefixtures("cache")

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.dates()
    | st.binary(max_size=5)
    | st.text(max_size=12)
)
VALUES = st.recursive(
    SCALARS,
    lambda parts: (
        st.lists(parts, max_size=4)
        | st.dictionaries(st.text(max_size=5) | st.integers() | st.dates(), parts, max_size=4)
    ),
    max_leaves=12,
)
TEXTS = st.text(alphabet="ab1:-[]{}#&*!|>'\"?%, \n\u00e9\u2019", max_size=40)
ONE_FILE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def write(folder: Path, text: str, name: str = "some.yaml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def the_parser_says(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path.read_text("utf-8"))


def bundles(cache: Path) -> list[Path]:
    return sorted((cache / "yaml").glob("*"))


@pytest.fixture
def no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on nothing can be parsed: what is read must have been known."""
    monkeypatch.setitem(sys.modules, "ruamel.yaml", None)


@ONE_FILE
@given(value=VALUES)
def test_a_file_is_read_as_the_parser_reads_it_first_and_again(value: Any, tmp_path: Path) -> None:
    stream = io.StringIO()
    YAML(typ="safe", pure=True).dump(value, stream)
    path = write(tmp_path, stream.getvalue())
    try:
        expected = repr(the_parser_says(path))
    except Exception:  # what the parser writes it does not always read
        with pytest.raises(BrokenYamlError):
            yaml_files.load(path)
        return

    first, second = yaml_files.load(path), yaml_files.load(path)

    assert repr(first) == expected
    assert repr(second) == expected


@ONE_FILE
@given(text=TEXTS)
def test_any_text_is_read_or_refused_and_never_worse(text: str, tmp_path: Path) -> None:
    path = write(tmp_path, text)

    try:
        first = yaml_files.load(path)
    except BrokenYamlError:
        return

    assert repr(yaml_files.load(path)) == repr(first) == repr(the_parser_says(path))
    assert () in yaml_files.lines(path) or first is None


@pytest.mark.parametrize(
    "text",
    ("when: 2026-05-06\n", "1: one\n", "[.nan, .inf]\n", "!!set {a, b}\n", "? [a, b]\n: c\n"),
)
def test_what_json_cannot_hold_is_read_all_the_same(text: str, tmp_path: Path, cache: Path) -> None:
    path = write(tmp_path, text)

    read = [yaml_files.load(path) for _ in range(2)]

    assert [repr(each) for each in read] == [repr(the_parser_says(path))] * 2
    assert bundles(cache) == []


def test_a_file_known_from_before_needs_no_parser(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = write(tmp_path, "greeting: Grüß Gott\nnumbers: [1, 2.5, -0.0]\nnone:\n")
    before = yaml_files.load(path)

    request.getfixturevalue("no_parser")

    assert repr(yaml_files.load(path)) == repr(before)


def test_the_next_process_needs_no_parser(tmp_path: Path) -> None:
    path = write(tmp_path, "title: Say sorry\n")
    code = (
        "import sys; from pathlib import Path; from cxdesk import yaml_files\n"
        "print(yaml_files.load(Path(sys.argv[1])), 'ruamel.yaml' in sys.modules)"
    )

    said = [
        subprocess.run(
            [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
        ).stdout.strip()
        for _ in range(2)
    ]

    assert said == ["{'title': 'Say sorry'} True", "{'title': 'Say sorry'} False"]


def test_a_changed_file_is_read_anew_and_a_new_parser_reads_all_anew(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, "a: 1\n")
    yaml_files.load(path)
    kept = bundles(cache)[0].read_text("ascii")

    write(tmp_path, "a: 2\n")
    assert yaml_files.load(path) == {"a": 2}

    write(tmp_path, "a: 1\n")
    bundles(cache)[0].write_text(kept.replace("1}", "7}"), "ascii")
    assert yaml_files.load(path) == {"a": 7}, "the bundle is what is read"
    monkeypatch.setattr(yaml_files, "_parser_version", lambda: b"another")
    assert yaml_files.load(path) == {"a": 1}


def test_what_a_caller_does_to_a_value_is_not_kept(tmp_path: Path) -> None:
    path = write(tmp_path, "a: [1]\n")

    for _ in range(3):
        value = yaml_files.load(path)
        value["a"].append(2)
        value.clear()

    assert yaml_files.load(path) == {"a": [1]}


@pytest.mark.parametrize(
    "content", (b"", b"\0\xff", b"[1, 2]", b'{"some.yaml": 7}', b'{"some.yaml"')
)
def test_a_broken_cache_is_mended_without_a_word(
    content: bytes, tmp_path: Path, cache: Path
) -> None:
    path = write(tmp_path, "a: 1\n")
    yaml_files.load(path)
    sound = bundles(cache)[0].read_bytes()

    bundles(cache)[0].write_bytes(content)

    assert yaml_files.load(path) == {"a": 1}
    assert bundles(cache)[0].read_bytes() == sound


def test_a_cache_that_cannot_be_written_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, "a: 1\n")
    in_the_way = write(tmp_path, "", "a-file-not-a-folder")
    monkeypatch.setenv("CXDESK_CACHE", str(in_the_way))

    assert [yaml_files.load(path) for _ in range(2)] == [{"a": 1}, {"a": 1}]


def test_a_file_that_is_gone_leaves_its_bundle_with_the_next_new_one(
    tmp_path: Path, cache: Path
) -> None:
    paths = [write(tmp_path, f"a: {name}\n", f"{name}.yaml") for name in ("one", "two", "three")]
    for path in paths[:2]:
        yaml_files.load(path)

    paths[0].unlink()
    yaml_files.load(paths[2])

    kept = bundles(cache)[0].read_text("ascii")
    assert [f"{name}.yaml" in kept for name in ("one", "two", "three")] == [False, True, True]


def test_bundles_nobody_reads_any_more_go_and_the_others_stay(tmp_path: Path, cache: Path) -> None:
    folders = [tmp_path / name for name in ("old", "used", "new")]
    for folder in folders:
        folder.mkdir()
    read_before = [write(folder, "a: 1\n") for folder in folders[:2]]
    for path in read_before:
        yaml_files.load(path)
    for bundle in bundles(cache):
        os.utime(bundle, (time.time() - 90 * 86_400,) * 2)

    yaml_files.load(read_before[1])
    yaml_files.load(write(folders[2], "a: 1\n"))

    assert len(bundles(cache)) == 2
    assert all(time.time() - bundle.stat().st_mtime < 3_600 for bundle in bundles(cache))


def test_many_at_once_read_the_same_and_leave_a_sound_bundle(tmp_path: Path, cache: Path) -> None:
    paths = [write(tmp_path, f"number: {n}\n", f"{n}.yaml") for n in range(20)]

    with ThreadPoolExecutor(8) as pool:
        read = list(pool.map(yaml_files.load, paths * 4))

    assert read == [{"number": n} for n in range(20)] * 4
    assert [bundle.suffix for bundle in bundles(cache)] == [".json"]
    assert [yaml_files.load(path) for path in paths] == read[:20]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    (
        ("a: 1\nb: [1\n", 3, "not readable as YAML"),
        ("a: 1\na: 2\n", 2, "not readable as YAML"),
        ("a: !!python/object:os.system x\n", 1, "not readable as YAML"),
        ("a: &x [1]\nb: *x\n", 1, "anchors and aliases"),
        ("a: &x b\n? *x\n: 1\n", 1, "anchors and aliases"),
        ("a: 1\n--- \nb: 1\n", 2, "not readable as YAML"),
        ("[" * 500, None, "not readable as YAML"),
    ),
)
def test_a_broken_file_is_refused_with_its_line(
    text: str, line: int | None, says: str, tmp_path: Path
) -> None:
    path = write(tmp_path, text)

    for _ in range(2):
        with pytest.raises(BrokenYamlError, match=says) as caught:
            yaml_files.load(path)
        assert caught.value.line == line


def test_a_growing_heap_of_aliases_is_refused_at_once(tmp_path: Path) -> None:
    heap = "a: &a [lol, lol]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    )

    with pytest.raises(BrokenYamlError, match="aliases"):
        yaml_files.load(write(tmp_path, heap))


def test_bytes_that_are_no_text_and_files_that_are_not_there_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes(b"title: caf\xe9\n")

    with pytest.raises(UnicodeDecodeError):
        yaml_files.load(path)
    with pytest.raises(FileNotFoundError):
        yaml_files.load(tmp_path / "none.yaml")


def test_the_lines_of_all_fields_are_known(tmp_path: Path) -> None:
    path = write(tmp_path, "a:\n  b: 1\n  c:\n    - x\n    - {d: 2}\n")

    found = yaml_files.lines(path)

    assert found[()] == 1
    assert found["a", "b"] == 2
    assert found["a", "c", 0] == 4
    assert found["a", "c", 1, "d"] == 5
