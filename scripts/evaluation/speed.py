"""How fast texts are read on one core, beside other tools in the same run, and what loading costs.

Times of reading are those of the processor, so that other work on the machine counts less; from one
machine to another only ratios travel. Load time and memory are those of a process of its own.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby, islice
from pathlib import Path

from labelled import letters

from cxdesk.model import Tier

ROUNDS = 3
PART = 64  # texts handed over at once
SECONDS = 2.0  # of one tool in one round; a slow one reads fewer texts
SEED = 7
SHORTEST = 1e-6  # seconds; what takes less has no rate
LONG = 150  # words of a letter that counts as long
VERY_LONG = 5_000
FIRST = "My parcel has not arrived, and this is the third time that I am asking you."
Read = Callable[[Sequence[str]], object]

# What getrusage counts on Linux includes the memory of the process that started this one.
_LOADING = """
import sys, time
begun = time.perf_counter()
from pathlib import Path
from cxdesk.model import Tier
from cxdesk.nlp.engine import Engine
Engine(model=Path(sys.argv[2])).analyze([sys.argv[3]], Tier(sys.argv[1]))
print(time.perf_counter() - begun)
if sys.platform == "linux":
    lines = Path("/proc/self/status").read_text().splitlines()
    print(next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 2**10)
elif sys.platform == "darwin":
    import resource
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20)
else:
    print("nan")
"""


def rates(texts: Sequence[str], tools: Mapping[str, Read]) -> dict[str, float]:
    """Texts a second of each tool: by turns on the same texts, the median of a few rounds."""
    mixed = random.Random(SEED).sample(texts, len(texts))
    rounds = [{tool: _rate(read, mixed) for tool, read in tools.items()} for _ in range(ROUNDS)]
    return {tool: statistics.median(each[tool] for each in rounds) for tool in tools}


def _rate(read: Read, texts: Sequence[str]) -> float:
    read(texts[:1])  # loads what is loaded when first needed
    begun = time.process_time()
    done, spent = 0, 0.0
    while done < len(texts) and spent < SECONDS:
        read(texts[done : done + PART])
        done = min(done + PART, len(texts))
        spent = time.process_time() - begun
    return done / max(spent, SHORTEST)


def long_texts(folder: Path) -> list[str]:
    """Complaint letters of some length, whole."""
    parts = groupby(letters(folder), lambda part: part.id.rpartition("/")[0])
    whole = ("".join(part.text for part in some) for _, some in parts)
    return [text for text in whole if len(text.split()) >= LONG]


def very_long_text(folder: Path) -> str:
    """A mail of 5,000 words, made of letters."""
    words = (word for text in long_texts(folder) for word in text.split())
    return " ".join(islice(words, VERY_LONG))


def loading(tier: Tier, model: Path) -> dict[str, float]:
    """Seconds until a new process has read its first message, and its peak memory in MiB.

    The shortest of a few rounds counts, for the first one may wait for the disk.
    """
    command = [sys.executable, "-c", _LOADING, str(tier), str(model), FIRST]
    outputs = [
        subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        for _ in range(ROUNDS)
    ]
    seconds, peak = min((float(seconds), float(peak)) for seconds, peak in outputs)
    return {"load seconds": seconds, "peak MiB": peak}
