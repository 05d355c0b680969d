"""The command line: ``nianbao extract`` and ``nianbao check`` as in the README, without ever importing Qt."""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from parser.batch import Job, Outcome, compare, process
from parser.model.finding import Severity
from parser.pipeline import find_inputs

DONE, SOME_FAILED, WRONG_USAGE, NOTHING_DONE = 0, 1, 2, 3
_DOUBTFUL = "X-DOUBT {0} 格存疑，须在核校窗口中对照原文"  # no finding about figures: how sure they are
_NO_WINDOW = "这个命令不带窗口；打开核校窗口请运行 nianbao review"
_MISUSES = (
    (r"the following arguments are required: (.+)", r"缺少 \1"),
    (r"argument 命令: invalid choice: (.+?) \(choose from .+\)", r"没有 \1 这个命令"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1 不能是 \2，只能是 \3"),
    (r"argument (.+?): expected .*", r"\1 后面缺少内容"),
    (r"argument (.+?): (.+)", r"\1 \2"),
    (r"unrecognized arguments: (.+)", r"不认识 \1"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code (0 done, 1 some inputs failed, 2 wrong usage, 3 nothing done)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a file name or title may hold what the terminal cannot show
            stream.reconfigure(errors="backslashreplace")
    arguments = sys.argv[1:] if argv is None else list(argv)
    if arguments[:1] == ["review"]:
        print(_NO_WINDOW, file=sys.stderr)
        return WRONG_USAGE
    parser = _parser()
    try:
        options = parser.parse_args(arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else WRONG_USAGE
    try:
        if options.command == "extract":
            return _extract(options.paths, options.output, options.format, options.jobs)
        if options.command == "check":
            return _check(options.paths)
    except BrokenPipeError:  # whoever read our output has seen enough (nianbao check … | head)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    parser.print_usage(sys.stderr)
    print(_NO_WINDOW, file=sys.stderr)
    return WRONG_USAGE


class _Parser(argparse.ArgumentParser):
    """Says in Chinese what is wrong with the arguments."""

    def error(self, message: str) -> NoReturn:
        for pattern, chinese in _MISUSES:
            message = re.sub(pattern, chinese, message)
        self.print_usage(sys.stderr)
        self.exit(WRONG_USAGE, f"{self.prog}: {message}；运行 {self.prog} -h 查看用法\n")


class _Formatter(argparse.HelpFormatter):
    """Writes the help in Chinese."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


def _parser() -> _Parser:
    parser = _Parser(
        prog="nianbao",
        description="年报核校：读取、检查政府信息公开工作年度报告",
        add_help=False,
        formatter_class=_Formatter,
    )
    _add_help(parser)
    commands = parser.add_subparsers(dest="command", metavar="命令", title="命令")
    extract = commands.add_parser(
        "extract", help="把报告转成 JSON 或 Excel，每份报告一个文件", add_help=False, formatter_class=_Formatter
    )
    _add_paths(extract)
    options = _add_help(extract)
    options.add_argument("-o", dest="output", type=Path, required=True, metavar="DIR", help="输出文件夹")
    options.add_argument("--format", choices=("json", "xlsx"), default="json", help="输出格式，默认 json")
    options.add_argument("--jobs", type=_positive, default=1, metavar="N", help="同时处理的进程数，默认 1")
    check = commands.add_parser("check", help="检查报告，一行列出一个问题", add_help=False, formatter_class=_Formatter)
    _add_paths(check)
    _add_help(check)
    return parser


def _add_paths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument_group("参数").add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="报告文件或文件夹"
    )


def _add_help(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    options = parser.add_argument_group("选项")
    options.add_argument("-h", "--help", action="help", help="显示本说明")
    return options


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"应为不小于 1 的整数，不能是 {text}")
    return int(text)


def _extract(paths: Sequence[Path], output: Path, form: str, jobs: int) -> int:
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        print(f"{output}: {_why_no_folder(error)}", file=sys.stderr)
        return NOTHING_DONE
    work = list(_jobs(paths, output, form))
    if not work:
        return _nothing(paths)
    outcomes: list[Outcome] = []
    for outcome in _progress(process(work, jobs), len(work)):
        if outcome.problem:
            print(f"{outcome.job.source}: {outcome.problem}", file=sys.stderr)
        if outcome.output_failed:
            return NOTHING_DONE
        outcomes.append(outcome)
    if failed := next((outcome for outcome in compare(outcomes) if outcome.output_failed), None):
        print(f"{failed.job.source}: {failed.problem}", file=sys.stderr)
        return NOTHING_DONE
    read = sum(outcome.problem is None for outcome in outcomes)
    return DONE if read == len(work) else SOME_FAILED if read else NOTHING_DONE


def _why_no_folder(error: OSError) -> str:
    if isinstance(error, (FileExistsError, NotADirectoryError)):
        return "输出位置是一个文件，不是文件夹；请用 -o 指定另一个文件夹"
    if isinstance(error, PermissionError):
        return "没有写入权限，无法建立输出文件夹；请用 -o 指定自己的文件夹"
    return f"无法建立输出文件夹（{error.strerror}）；请用 -o 指定另一个位置"


def _check(paths: Sequence[Path]) -> int:
    inputs = find_inputs(paths)
    if not inputs:
        return _nothing(paths)
    outcomes: list[Outcome] = []
    for outcome in _progress(process(list(map(Job, inputs)), 1), len(inputs)):
        if outcome.problem:
            print(f"{outcome.job.source}: {outcome.problem}", file=sys.stderr)
        outcomes.append(outcome)
    read, worst = sum(outcome.problem is None for outcome in outcomes), False
    for outcome in compare(outcomes):
        for finding in outcome.findings:
            print(f"{outcome.job.source}: {finding.severity} {finding.rule} {finding.message}")
            worst = worst or finding.severity is Severity.ERROR
        if outcome.doubtful:
            print(f"{outcome.job.source}: {Severity.INFO} {_DOUBTFUL.format(outcome.doubtful)}")
    if not read:
        return NOTHING_DONE
    return SOME_FAILED if worst or read < len(inputs) else DONE


def _nothing(paths: Sequence[Path]) -> int:
    names = "、".join(map(str, paths))
    print(
        f"{names}: 没有可读取的报告；请指定报告文件，或放有报告（docx、xlsx、pdf、图片、网页、文本）的文件夹",
        file=sys.stderr,
    )
    return NOTHING_DONE


def _jobs(paths: Sequence[Path], output: Path, form: str) -> Iterator[Job]:
    """Pair every input with an output of its own; inputs of a folder keep their subfolders."""
    taken: set[str] = set()
    for path in paths:
        for source in find_inputs([path]):
            relative = source.relative_to(path) if path.is_dir() else Path(source.name)
            target = output / relative.with_name(f"{relative.name}.{form}")
            number = 1
            while str(target).casefold() in taken:
                number += 1
                target = output / relative.with_name(f"{relative.name} ({number}).{form}")
            taken.add(str(target).casefold())
            yield Job(source, target, form)


def _progress(outcomes: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    """Pass the outcomes on, counting them on a terminal."""
    shown = sys.stderr.isatty()
    for done, outcome in enumerate(outcomes, 1):
        if shown:
            print(f"\r{done}/{total} ", end="\n" if done == total else "", file=sys.stderr, flush=True)
        yield outcome
