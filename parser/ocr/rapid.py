"""Crops recognised by the line model that RapidOCR carries in its wheel, at the width each crop needs."""

from __future__ import annotations

import importlib.util
import os
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from parser.errors import UnreadableFile
from parser.ocr.engine import NOTHING, Grey, Recognised

_MODEL = "PP-OCRv6_rec_small.onnx"
_HEIGHT = 48  # the model's input height
_STEP = 8  # widths are rounded up to multiples of it, so that crops share batches
_NARROWEST, _WIDEST = 32, 1600
_BATCH_WIDTH = 768  # pixels in one batch: bounds the memory of the output, 18,710 characters a step
_WORKERS = min(4, os.cpu_count() or 1)  # batches at a time, which is quicker than several threads for each
_FIGURES = "0123456789.,+-/—一_无"
# What looks just like a figure counts for it where nothing but figures is looked for.
_TWINS = {"0": "Oo〇○◯ＯОо０Ｏｏ", "1": "lI|丨１ｌ｜", "2": "２Z", "5": "５S", "-": "－–−―", "—": "―─－", "/": "／∕"}
_NEAR = 0.02  # a runner-up less likely than this is none


class RapidRecogniser:
    """The PP-OCR line recogniser on ONNX Runtime, crops of one width in batches."""

    def __init__(self, workers: int = _WORKERS) -> None:
        self._session = session(model_path(_MODEL), threads=1)
        self._workers = ThreadPoolExecutor(workers, "nianbao-crops")
        self._input = self._session.get_inputs()[0].name
        characters = self._session.get_modelmeta().custom_metadata_map["character"].split("\n")
        self._characters = ["", *characters, " "]
        known = set(self._characters)
        allowed = [0, *(self._characters.index(c) for c in _FIGURES if c in known)]
        self._allowed = np.array(allowed)
        self._twins = [
            (place, [self._characters.index(twin) for twin in _TWINS.get(self._characters[index], "") if twin in known])
            for place, index in enumerate(allowed)
        ]

    def read(self, crops: Sequence[Grey]) -> list[Recognised]:
        """Return what each crop says, in order."""
        by_width: dict[int, list[int]] = defaultdict(list)
        inputs = [_input(crop) for crop in crops]
        for n, image in enumerate(inputs):
            by_width[image.shape[1]].append(n)
        batches = []
        for width, members in by_width.items():
            size = max(1, _BATCH_WIDTH // width)
            batches += [members[start : start + size] for start in range(0, len(members), size)]
        batches.sort(key=lambda members: -len(members) * inputs[members[0]].shape[1])  # so that all end together
        results = [NOTHING] * len(crops)
        outputs = self._workers.map(lambda members: self._run(np.stack([inputs[n] for n in members])), batches)
        for members, output in zip(batches, outputs, strict=True):
            for n, steps in zip(members, output, strict=True):
                results[n] = self._decode(steps)
        return results

    def _run(self, batch: npt.NDArray[np.uint8]) -> Any:
        scaled = (batch.astype(np.float32) / 127.5 - 1)[:, None]
        return self._session.run(None, {self._input: np.repeat(scaled, 3, axis=1)})[0]

    def _decode(self, output: npt.NDArray[np.float32]) -> Recognised:
        best = output.argmax(axis=1)
        text, confidence, _ = self._collapse(best, output[np.arange(len(best)), best])
        allowed = output[:, self._allowed]
        for place, twins in self._twins:
            if twins:
                allowed[:, place] += output[:, twins].sum(axis=1)
        order = np.argsort(allowed, axis=1)
        first, second = order[:, -1], order[:, -2]
        steps = np.arange(len(first))
        figure, sure, weakest = self._collapse(self._allowed[first], allowed[steps, first])
        rival = ""
        if weakest >= 0 and allowed[weakest, second[weakest]] > _NEAR:
            other = first.copy()
            other[weakest] = second[weakest]
            rival = self._collapse(self._allowed[other], allowed[steps, other])[0]
        return Recognised(text, confidence, figure, sure, rival if rival != figure else "")

    def _collapse(self, indices: npt.NDArray[np.int64], shares: npt.NDArray[np.float32]) -> tuple[str, float, int]:
        """Join the steps to text; return it with the least sure character's probability and step (-1: no text)."""
        text: list[str] = []
        runs: list[tuple[float, int]] = []
        sure, weakest, before = 1.0, -1, 0
        for step, (index, share) in enumerate(zip(indices.tolist(), shares.tolist(), strict=True)):
            if index and index == before:
                if share > runs[-1][0]:
                    runs[-1] = (share, step)
            elif index:
                text.append(self._characters[index])
                runs.append((share, step))
            before = index
        for character, (share, step) in zip(text, runs, strict=True):
            if (share < sure or weakest < 0) and character != " ":  # where words stand apart is no matter of reading
                sure, weakest = share, step
        return "".join(text), sure if runs else 0.0, weakest


@cache
def recogniser() -> RapidRecogniser:
    """Return the one recogniser of this process; its model takes a moment to load."""
    return RapidRecogniser()


def session(model: Path, threads: int = 2, *, keeps_memory: bool = True) -> Any:
    """Return the model ready to run; keeping memory between runs makes small ones three times as fast."""
    import onnxruntime

    onnxruntime.set_default_logger_severity(3)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = keeps_memory
    arena = {"arena_extend_strategy": "kSameAsRequested"}  # grows by what a run asks for, not by doubling
    return onnxruntime.InferenceSession(str(model), options, providers=[("CPUExecutionProvider", arena)])


def model_path(name: str) -> Path:
    """Return where RapidOCR's wheel keeps a model; never fetches one."""
    spec = importlib.util.find_spec("rapidocr")
    folders = list(spec.submodule_search_locations or []) if spec else []
    for folder in folders:
        path = Path(folder, "models", name)
        if path.is_file():
            return path
    raise UnreadableFile("文字识别模型不在程序里；请重新安装本程序")


def _input(crop: Grey) -> Grey:
    """Return the crop at the model's height, its width padded with paper to a multiple of the step."""
    height, width = crop.shape
    wanted = min(max(1, round(width * _HEIGHT / height)), _WIDEST)
    shrinking = height > _HEIGHT
    method = cv2.INTER_AREA if shrinking else cv2.INTER_CUBIC
    image = np.asarray(cv2.resize(crop, (wanted, _HEIGHT), interpolation=method), dtype=np.uint8)
    padded = max(_NARROWEST, -(-wanted // _STEP) * _STEP)
    left = (padded - wanted) // 2
    return np.pad(image, ((0, 0), (left, padded - wanted - left)), constant_values=255)
