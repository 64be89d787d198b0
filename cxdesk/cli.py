"""The command line: every subcommand is a few lines over Desk; records go in and out as JSON lines.

Exit codes: 0 fine, 1 found problems (check commands), 2 wrong use or unreadable input. Errors go to
stderr, one line, no traceback.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NoReturn

import click

from cxdesk import __version__, doctor, lines, record_check, settings
from cxdesk import records as convert
from cxdesk.desk import Desk, playbook_folder
from cxdesk.errors import UserError, without_words
from cxdesk.model import ImportSummary, Problem, Progress, Tier
from cxdesk.paths import Profile, default_profile

if TYPE_CHECKING:
    from cxdesk.advisor import Advisor

AT_ONCE = {Tier.DEEP: 1, Tier.FAST: 64}
"""Lines read at once: the deep tier gains nothing by more, the fast one a third."""


class _Commands(click.Group):
    """Ends as promised whatever happens: one line on stderr, exit code 2, no traceback."""

    def main(self, *args: Any, **extra: Any) -> Any:
        try:
            code = super().main(*args, **extra | {"standalone_mode": False})
        except click.Abort:
            _fail("stopped", code=130)  # as a shell says it of Ctrl+C
        except click.ClickException as error:
            _fail(error.format_message())
        except UserError as error:
            _fail(str(error))
        except OSError as error:
            _fail(": ".join(filter(None, (error.filename, error.strerror or str(error)))))
        except ImportError as error:
            _fail(f"a library is missing: {error}")
        except Exception as error:
            _fail(f"a mistake of ours: {without_words(error)}")
        sys.exit(code if isinstance(code, int) else 0)

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except BrokenPipeError:  # the reader of our output has gone, as in `| head`
            with contextlib.suppress(OSError, ValueError):  # nothing is left to be written at exit
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)


def _fail(what: str, code: int = 2) -> NoReturn:
    click.echo(f"cxdesk: {' '.join(what.split())}", err=True)
    sys.exit(code)


def main() -> None:
    """Run the command line."""
    cli(prog_name="cxdesk")


def _profile_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--profile",
        "profile",
        type=click.Path(file_okay=False),
        default=None,
        help="Folder of the profile (default: the user's data folder).",
        callback=_chosen_profile,
    )(command)


def _chosen_profile(context: click.Context, _: click.Parameter, value: str | None) -> Profile:
    """The profile named here, else the one named before the command, else the user's own."""
    named: Profile | None = context.find_root().params.get("profile")
    if value:
        return Profile(Path(value))
    return named or Profile(default_profile())


_input = click.argument("file", type=click.File("rb"), default="-")


@click.group(cls=_Commands, invoke_without_command=True)
@click.version_option(__version__, message="cxdesk %(version)s")
@_profile_option
@click.pass_context
def cli(context: click.Context, profile: Profile) -> None:
    """A desk for support agents: sees frustration and blame, and helps to answer it well.

    Without a command the desk opens. Everything stays on this computer.
    """
    if context.invoked_subcommand is None:
        from cxdesk import app

        sys.exit(app.run(profile))


@cli.command()
@click.option(
    "--screenshots",
    type=click.Path(file_okay=False),
    help="Run off-screen through the main job once and save pictures here.",
)
@click.option(
    "--profile",
    "folder",
    type=click.Path(file_okay=False),
    help="Keep the demo in this folder, which holds no desk yet.",
)
def demo(screenshots: str | None, folder: str | None) -> None:
    """Open the desk on demo conversations, in a profile that is thrown away."""
    from cxdesk import app

    pictures = Path(screenshots) if screenshots else None
    sys.exit(app.run_demo(pictures, Path(folder) if folder else None))


@cli.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON line.")
@click.option("--map", "mapping", default="", help="CSV columns, as in text=Body,customer=From.")
@_profile_option
def import_(files: tuple[str, ...], as_json: bool, mapping: str, profile: Profile) -> None:
    """Take in .eml, mbox, Maildir, folders of them, conversations .jsonl and CSV files."""
    if "" in files:  # as from a variable that is not set; it would mean the current folder
        raise UserError("one of the paths is empty")
    with contextlib.closing(Desk.open(profile)) as desk, _progress_bar() as show:
        summary = desk.import_files(
            [Path(each) for each in files], mapping=convert.csv_mapping(mapping), progress=show
        )
    _print_summary(summary, as_json)
    if summary.problems and not (summary.messages or summary.duplicates):
        sys.exit(2)


@cli.command()
@click.option("--fast", is_flag=True, help="The fast tier, for archives.")
@_input
@_profile_option
def analyze(fast: bool, file: IO[bytes], profile: Profile) -> None:
    """Level, blame, flags and cues of {"id","text"} lines."""
    advisor = _advisor(profile)
    tier = Tier.FAST if fast else Tier.DEEP

    def work(records: Sequence[lines.Json]) -> list[lines.Json]:
        found = advisor.analyze([record["text"] for record in records], tier)
        return [convert.analysis(each) for each in found]

    _answer(file, record_check.of_analyze, work, most=AT_ONCE[tier])


@cli.command()
@_input
@_profile_option
def review(file: IO[bytes], profile: Profile) -> None:
    """Findings, coverage and score of {"id","text"} drafts."""
    advisor = _advisor(profile)
    _answer(
        file,
        record_check.of_review,
        lambda records: [convert.review(advisor.review(each)) for each in records],
    )


@cli.command()
@_input
@_profile_option
def suggest(file: IO[bytes], profile: Profile) -> None:
    """At most three plays for {"id","conversation","state"} lines."""
    advisor = _advisor(profile)
    _answer(
        file,
        record_check.of_suggest,
        lambda records: [convert.guidance(advisor.suggest(each)) for each in records],
    )


@cli.command()
@_input
@_profile_option
def promises(file: IO[bytes], profile: Profile) -> None:
    """What {"id","text","now"} replies promise, and when it is due in the local time of `now`."""
    from cxdesk.nlp.promises import find_promises

    chosen, problems = settings.read(profile.settings)
    _warn(problems)

    def answer(record: lines.Json) -> lines.Json:
        now = datetime.fromisoformat(record["now"].strip())
        return convert.promises(find_promises(record["text"], now, chosen.hours))

    _answer(file, record_check.of_promises, lambda records: [answer(each) for each in records])


@cli.command()
@click.argument("text", nargs=-1, required=True)
@_profile_option
def explain(text: tuple[str, ...], profile: Profile) -> None:
    """What analyze and review see in a text, for people."""
    advisor = _advisor(profile)
    words = " ".join(text)
    click.echo(convert.explanation(advisor.analyze([words])[0], advisor.review({"text": words})))


@cli.group("playbook", no_args_is_help=False)
def playbook_group() -> None:
    """The company's playbook."""


@playbook_group.command("check")
@click.argument("folder", required=False, type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="One JSON line for each problem.")
@_profile_option
def playbook_check(folder: str | None, as_json: bool, profile: Profile) -> None:
    """Every problem of a playbook folder, with file, line and field.

    Without a folder it is the profile's playbook, and its company words are checked too.
    """
    advisor = _advisor(profile, warns=False)
    problems = advisor.check_playbook(Path(folder) if folder else playbook_folder(profile))
    problems += [] if folder else advisor.problems
    for problem in problems:
        click.echo(json.dumps(asdict(problem), ensure_ascii=False) if as_json else str(problem))
    if not as_json:
        click.echo(f"{len(problems)} problems" if problems else "No problems.", err=True)
    sys.exit(1 if problems else 0)


@cli.command()
@_profile_option
def corrections(profile: Profile) -> None:
    """What agents said against the app (key C), as JSON lines to train with.

    {"id","text","level","frustrated","blame_target"}: null where the agent said nothing.
    """
    if not profile.database.exists():
        return
    with contextlib.closing(Desk.open(profile)) as desk:
        cases = [(each.message_id, each.text, each.correction) for each in desk.store.corrections()]
        for record in convert.corrections(cases):
            click.echo(json.dumps(record, ensure_ascii=True))


@cli.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option(
    "--bundle",
    type=click.Path(dir_okay=False),
    help="Write a zip for a support request; it holds no customer's words.",
)
@_profile_option
def doctor_(as_json: bool, bundle: str | None, profile: Profile) -> None:
    """Versions, paths, every file cxdesk writes, and what is missing."""
    report = doctor.examine(profile)
    click.echo(json.dumps(report, ensure_ascii=False) if as_json else doctor.in_words(report))
    if bundle:
        doctor.write_bundle(report, profile, Path(bundle))
    sys.exit(1 if report["missing"] else 0)


def _advisor(profile: Profile, *, warns: bool = True) -> Advisor:
    """Imported here: it loads spaCy, which `--help` and the window need not wait for.

    What is wrong with the list of company words is said on stderr; the rest of it holds.
    """
    from cxdesk.advisor import Advisor

    advisor = Advisor(profile)
    _warn(advisor.problems if warns else ())
    return advisor


def _warn(problems: Iterable[Problem]) -> None:
    for problem in problems:
        click.echo(f"cxdesk: {problem}", err=True)


def _answer(
    file: IO[bytes],
    wrong: Callable[[lines.Json], str],
    work: Callable[[Sequence[lines.Json]], list[lines.Json]],
    most: int = 1,
) -> None:
    if not lines.answer(file, sys.stdout.buffer, wrong, work, most):
        sys.exit(2)


class _progress_bar:  # noqa: N801 - reads as a context manager
    """A progress line on stderr while it is a terminal, and silence otherwise."""

    def __enter__(self) -> Callable[[Progress], None]:
        self._shown = False
        return self._show

    def __exit__(self, *_: object) -> None:
        if self._shown:
            click.echo("", err=True)

    def _show(self, progress: Progress) -> None:
        if not sys.stderr.isatty():
            return
        self._shown = True
        share = f" of {progress.total}" if progress.total else ""
        click.echo(f"\r{progress.what}: {progress.done}{share}   ", err=True, nl=False)


def _print_summary(summary: ImportSummary, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(convert.summary(summary), ensure_ascii=False))
        return
    for problem in summary.problems:
        click.echo(str(problem), err=True)
    click.echo(
        f"{summary.messages} messages in {summary.conversations} conversations, "
        f"{summary.duplicates} already there, {len(summary.problems)} problems"
    )
