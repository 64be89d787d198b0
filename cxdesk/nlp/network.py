"""How the networks that ship are run: onnxruntime on one thread, numpy around it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions

Floats = NDArray[np.float32]


def session(content: bytes) -> InferenceSession:
    """A network from the bytes of its ONNX file; more threads would gain little and take a core
    from the window. Raises onnxruntime's error where the bytes are none."""
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return InferenceSession(content, options, providers=["CPUExecutionProvider"])


def sigmoid(logits: Floats) -> Floats:
    """Logits as probabilities, 0..1."""
    return np.asarray(1 / (1 + np.exp(-logits)), np.float32)
