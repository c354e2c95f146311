"""The command line: one verb a function, one file a group of verbs."""

from __future__ import annotations

import sys
from typing import Any, NoReturn

import click

from councilbench.cli import comparing, correcting, single, workspace
from councilbench.cli.shared import DONE, as_failure


class Verbs(click.Group):
    """The verbs in the order of work, not of the alphabet."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a verb; whatever goes wrong becomes a sentence and an exit status."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise  # click ends quietly when nobody reads on
        except Exception as error:
            if (failure := as_failure(error)) is None:
                raise
            raise failure from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb; an option that is given twice would be taken as the last one without a word."""
        name, verb, rest = super().resolve_command(ctx, args)
        once = (
            {o for p in verb.params if isinstance(p, click.Option) and not p.multiple for o in p.opts}
            if verb
            else set()
        )
        given = [word.partition("=")[0] for word in rest]
        for option in sorted(once):
            if given.count(option) > 1:
                raise click.UsageError(f"{option} is given twice; give it once.", ctx)
        return name, verb, rest

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="councilbench")
def cli() -> None:
    """Benchmark English councils on complaints about children's social care, from their annual reports.

    Exit status: 0 done; 1 done, but some input failed or a check found an error; 2 wrong use; 3 nothing could be done.
    """


for _verb in (
    comparing.demo,
    single.extract,
    workspace.init,
    workspace.add,
    workspace.fetch,
    workspace.update,
    workspace.remove,
    workspace.status,
    workspace.build,
    workspace.check,
    workspace.reference,
    workspace.return_form,
    comparing.compare,
    comparing.charts,
    comparing.pack,
    comparing.export_dataset,
    correcting.corrections,
    comparing.check_workbook,
    single.evaluate,
    single.ask,
    single.answer,
    single.tables,
    single.show,
):
    cli.add_command(_verb)


def main() -> NoReturn:
    """Entry point. Output never fails on a character that the console cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    cli()
    raise SystemExit(DONE)
