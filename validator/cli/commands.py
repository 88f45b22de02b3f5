"""Commands that are imported when they are asked for: nobody waits for the others."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

import click

__all__ = ["Commands"]


class Commands(click.Group):
    """A group of commands: each a module of a package, and in it the function of its name."""

    def __init__(self, *args: Any, package: str, names: Sequence[str], **options: Any) -> None:
        """Say where the commands are, and what they are called."""
        super().__init__(*args, **options)
        self._package = package
        self._names = names

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # as click has it
        """Name all of them."""
        return list(self._names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # likewise
        """Import one."""
        if cmd_name not in self._names:
            return None
        module = importlib.import_module(f"{self._package}.{cmd_name}")
        found: click.Command = getattr(module, cmd_name)
        return found
