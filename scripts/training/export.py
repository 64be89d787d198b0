"""A trained network as an ONNX file with weights of 8 bits: a quarter of the size, twice as fast.

Dynamic quantization of the matrix products and of the word table (onnxruntime).
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.network import Network
from training.reader import Network as Reader

_OPSET = 17
_BOTH = {0: "texts", 1: "tokens"}
_EACH = {0: "texts"}


class _Exported(nn.Module):
    """The deep tier's network without the head that only shaped it."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self._network = network

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        message, words, codes, _ = self._network(ids, mask)
        return message, words, codes


def exported(network: Network) -> bytes:
    """The deep tier: ids and mask (texts, tokens) in; message, words and codes out."""
    axes = {"ids": _BOTH, "mask": _BOTH, "message": _EACH, "words": _BOTH, "codes": _BOTH}
    mask = torch.ones(3, 12, dtype=torch.long)
    mask[1, 8:] = 0
    return _small(_Exported(network), (_some_ids(), mask), axes)


def exported_reader(network: Reader) -> bytes:
    """The reader of drafts: ids and kinds (texts, tokens) in; codes and words out."""
    axes = {"ids": _BOTH, "kinds": _BOTH, "codes": _EACH, "words": _BOTH}
    kinds = torch.ones(3, 12, dtype=torch.long)
    kinds[:, :5] = 0
    kinds[1, 8:] = 2
    return _small(network, (_some_ids(), kinds), axes)


def _some_ids() -> Tensor:
    return torch.randint(5, 2000, (3, 12), generator=torch.Generator().manual_seed(0))


def _small(
    network: nn.Module, example: tuple[Tensor, Tensor], axes: Mapping[str, Mapping[int, str]]
) -> bytes:
    """An ONNX file with weights of 8 bits; `axes` names its inputs, then its outputs."""
    names = list(axes)
    with TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole, small = Path(folder) / "whole.onnx", Path(folder) / "small.onnx"
        torch.onnx.export(
            network.eval(),
            example,
            str(whole),
            input_names=names[: len(example)],
            output_names=names[len(example) :],
            dynamic_axes=axes,
            opset_version=_OPSET,
            dynamo=False,
        )
        quantize_dynamic(
            whole,
            small,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather", "Gemm"],
            per_channel=True,  # one scale for all would cost a point of AUC (measured)
            extra_options={"MatMulConstBOnly": True},
        )
        return small.read_bytes()
