"""Damaged files of every format: each must be read or refused in a sentence, never crash and never hang.

python -m tests.bench.mutations --count 2000 --formats pdf,scan,jpg      exit 1 on a crash or hang, with the seeds
python -m tests.bench.mutations --show 123 pdf                           makes one again and says what came of it
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from threading import local

from parser.errors import ReportError
from parser.export.record import record
from parser.pipeline import open_report
from parser.rules.check import assess
from tests.mutants import FORMATS, Mutant, mutant, without_recognition

_SECONDS = {"null": 20, "real": 60}  # after which a file is taken to hang
_MEMORY = 6 * 2**30  # bytes of addresses a worker may use
_KINDS = ("ok", "refused", "crash", "hang")


@dataclass(frozen=True)
class Outcome:
    """What came of one damaged file: one of _KINDS, the message or traceback, the seconds it took."""

    seed: int
    format: str
    kind: str
    told: str
    seconds: float


def tried(damaged: Mutant, folder: Path) -> tuple[str, str]:
    """Return whether the file is read, refused in one sentence, or crashes; with what was said."""
    path = folder / damaged.name
    path.write_bytes(damaged.data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # the user would see it on the terminal
            report = open_report(path)
            record(report, assess(report))
    except ReportError as error:
        told = str(error)
        is_sentence = "；" in told and "\n" not in told
        return (
            ("refused", told) if is_sentence else ("crash", f"not one line of what is wrong and what to do: {told!r}")
        )
    except Exception:  # noqa: BLE001 -- what the fuzzing looks for
        return "crash", traceback.format_exc(limit=-8)
    finally:
        path.unlink()
    return "ok", ""


# ── workers ──────────────────────────────────────────────────────────────────────────
def _serve(pipe: Connection, ocr: str) -> None:
    """Try the files asked for, until nobody asks."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    with without_recognition() if ocr == "null" else nullcontext(), tempfile.TemporaryDirectory() as folder:
        while True:
            try:
                seed, kind = pipe.recv()
                damaged = mutant(seed, kind)
                pipe.send("made")
                pipe.send(tried(damaged, Path(folder)))
            except (EOFError, ConnectionError):  # nobody asks any more
                return


class _Worker:
    """A process that tries files one after the other; after a hang or a crash of the process a new one is needed."""

    def __init__(self, ocr: str) -> None:
        self._seconds = _SECONDS[ocr]
        context = multiprocessing.get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other, ocr), daemon=True)
        self._process.start()
        other.close()
        self.is_dead = False

    def __call__(self, seed: int, kind: str) -> Outcome:
        self._pipe.send((seed, kind))
        begin = time.perf_counter()
        try:
            self._pipe.recv()  # made: that may take a while, the first time
            begin = time.perf_counter()
            if self._pipe.poll(self._seconds):
                found, told = self._pipe.recv()
            else:
                found, told = "hang", f"more than {self._seconds} s"
                self.stop()
        except (EOFError, ConnectionError):
            self.stop()
            found, told = "crash", f"the process died with exit code {self._process.exitcode}"
        return Outcome(seed, kind, found, told, time.perf_counter() - begin)

    def stop(self) -> None:
        """End the process."""
        self.is_dead = True
        self._process.kill()
        self._process.join()


def run(work: Sequence[tuple[int, str]], ocr: str, processes: int) -> list[Outcome]:
    """Return what came of every seed and format."""
    own = local()
    workers: list[_Worker] = []

    def act(item: tuple[int, str]) -> Outcome:
        if getattr(own, "worker", None) is None or own.worker.is_dead:
            own.worker = _Worker(ocr)
            workers.append(own.worker)
        outcome: Outcome = own.worker(*item)
        if outcome.kind in ("crash", "hang"):
            print(f"  {outcome.kind} --show {outcome.seed} {outcome.format}: {outcome.told.strip()[-300:]}", flush=True)
        return outcome

    with ThreadPoolExecutor(processes) as pool:
        outcomes = list(pool.map(act, work))
    for worker in workers:
        worker.stop()
    return outcomes


# ── printing ─────────────────────────────────────────────────────────────────────────
def print_table(outcomes: Sequence[Outcome]) -> None:
    """Print the counts by format, the slowest file and what the refusals said."""
    print(f"\n{'format':8}" + "".join(f"{kind:>9}" for kind in _KINDS) + f"{'slowest':>10}  seed")
    for name in dict.fromkeys(outcome.format for outcome in outcomes):
        group = [outcome for outcome in outcomes if outcome.format == name]
        counts = Counter(outcome.kind for outcome in group)
        slowest = max(group, key=lambda outcome: outcome.seconds)
        print(
            f"{name:8}" + "".join(f"{counts[kind]:9}" for kind in _KINDS) + f"{slowest.seconds:9.1f}s  {slowest.seed}"
        )
    refusals = Counter(outcome.told for outcome in outcomes if outcome.kind == "refused")
    print("\nrefusals:")
    for told, count in refusals.most_common(12):
        print(f"{count:7}  {told}")
    for kind in ("crash", "hang"):
        last = Counter(outcome.told.strip().splitlines()[-1] for outcome in outcomes if outcome.kind == kind)
        for told, count in last.most_common():
            print(f"{count:7}  {kind}: {told}")


def _show(seed: int, kind: str, ocr: str) -> int:
    damaged = mutant(seed, kind)
    folder = Path(tempfile.mkdtemp())
    print(f"{folder / damaged.name}: {len(damaged.data)} bytes, {damaged.how}")
    begin = time.perf_counter()
    with without_recognition() if ocr == "null" else nullcontext():
        found, told = tried(damaged, folder)
    (folder / damaged.name).write_bytes(damaged.data)
    print(f"{found} after {time.perf_counter() - begin:.1f} s\n{told}")
    return 1 if found == "crash" else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the damaged files; return 1 if one crashed or hung."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.mutations", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--count", type=int, default=2000, help="files of each format")
    parser.add_argument("--formats", default=",".join(FORMATS), help="by default all")
    parser.add_argument("--seed-from", type=int, default=0)
    parser.add_argument("--ocr", choices=("null", "real"), default="null", help="null: nothing is recognised, fast")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--show", nargs=2, metavar=("SEED", "FORMAT"))
    options = parser.parse_args(arguments)
    if options.show:
        return _show(int(options.show[0]), options.show[1], options.ocr)
    kinds = options.formats.split(",")
    if unknown := set(kinds) - set(FORMATS):
        parser.error(f"no such format: {', '.join(sorted(unknown))}")
    seeds = range(options.seed_from, options.seed_from + options.count)
    outcomes: list[Outcome] = []
    for kind in kinds:
        outcomes += run([(seed, kind) for seed in seeds], options.ocr, options.processes)
        print(f"{kind} done", flush=True)
    print_table(outcomes)
    return 1 if any(outcome.kind in ("crash", "hang") for outcome in outcomes) else 0


if __name__ == "__main__":
    raise SystemExit(main())
