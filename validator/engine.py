"""The one adapter to jsonschema-rs: schemas are compiled and documents judged here, nowhere else.

The engine gets closed schemas (`closure`) of bounded work (`admission`), documents of bounded depth
(`documents`), the linear regular expressions, and no way to fetch anything.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

import attrs
import jsonschema_rs

from validator import admission, messages
from validator.closure import Closure
from validator.documents import measure
from validator.errors import InvalidSchema
from validator.iglu import SchemaKey
from validator.limits import Limits
from validator.results import JSON, Path, Violation, clip, json_pointer

__all__ = ["Compiled", "Findings", "Formats", "compile_schema"]

#: Whether `format` decides (`assert`, as in Iglu) or only says (`annotate`).
Formats: TypeAlias = Literal["assert", "annotate"]

_CLASSES: dict[str, Callable[..., jsonschema_rs.Validator]] = {
    "draft-04": jsonschema_rs.Draft4Validator,
    "draft-06": jsonschema_rs.Draft6Validator,
    "draft-07": jsonschema_rs.Draft7Validator,
    "2019-09": jsonschema_rs.Draft201909Validator,
    "2020-12": jsonschema_rs.Draft202012Validator,
}


@attrs.frozen
class Findings:
    """What an evaluation found."""

    violations: tuple[Violation, ...] = ()
    truncated: bool = False


_NOTHING = Findings()
#: Steps for each value up to which all violations are listed: past it the list could be long.
_EXPLAINED_STEPS = 20


def compile_schema(
    closure: Closure, *, limits: Limits, formats: Formats, show_values: bool = False
) -> Compiled:
    """Make a schema ready to judge documents.

    :raises InvalidSchema: if it is not valid in its dialect, causes too much work, or has a pattern
        that the regular expressions allowed do not take.
    """
    root = closure.root
    admitted = admission.admit(closure.graph, root.uri, limits)
    resources = [(each.uri, each.for_engine()) for each in (root, *closure.others)]
    try:
        judge = _CLASSES[root.dialect.name](
            root.for_engine(),
            registry=jsonschema_rs.Registry(resources),
            base_uri=root.uri,
            offline=True,
            validate_formats=formats == "assert",
            pattern_options=_patterns(limits),
        )
    except jsonschema_rs.ValidationError as error:
        raise InvalidSchema(root.uri, _problem(error, limits)) from None
    except (ValueError, jsonschema_rs.ReferencingError) as error:
        raise InvalidSchema(root.uri, f"the engine refuses it: {error}"[: limits.message]) from None
    return Compiled(root.key, judge, admitted, limits, show_values)


def _patterns(limits: Limits) -> jsonschema_rs.RegexOptions | jsonschema_rs.FancyRegexOptions:
    if limits.backtracks:
        return jsonschema_rs.FancyRegexOptions(backtrack_limit=limits.backtracks)
    return jsonschema_rs.RegexOptions()


def _problem(error: jsonschema_rs.ValidationError, limits: Limits) -> str:
    """Say where a schema is wrong. A schema holds no personal data, so values are shown."""
    where = json_pointer(error.instance_path, limits.location) or "/"
    if error.kind.name == "format" and getattr(error.kind, "format", "") == "regex":
        shown = clip(ascii(error.instance), limits.message // 2)
        hint = "" if limits.backtracks else "; Limits(backtracks=100_000) allows look-around"
        return f"at {where}: the pattern {shown} is not one that the engine takes{hint}"
    message = messages.message(error, limits)
    return f"at {where}: {message}"


@attrs.frozen
class Compiled:
    """A schema that documents can be judged by. Safe to share between threads."""

    #: The schema's name, where it has one.
    key: SchemaKey | None
    _judge: jsonschema_rs.Validator = attrs.field(repr=False)
    _admission: admission.Admission = attrs.field(repr=False)
    _limits: Limits = attrs.field(repr=False)
    _show_values: bool = attrs.field(repr=False)
    #: The bytes of a document that needs no look at its depth and number of values.
    _free: int = attrs.field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        whole = self._admission.depth == self._limits.depth
        most_values = self._limits.evaluations // self._admission.works[-1] if whole else 0
        object.__setattr__(self, "_free", most_values * 2)

    def evaluate(self, document: JSON, size: int, at: Path = ()) -> Findings:
        """Judge a document of at most `size` bytes, which is part of another at `at`."""
        if size > self._free and (refusal := self._refusal(document, at)):
            return refusal
        if self._judge.is_valid(document):
            return _NOTHING
        return self._explain(document, at)

    def _refusal(self, document: JSON, at: Path) -> Findings | None:
        """Refuse what could take too long: by the number of its values and its depth."""
        values, depth = measure(document)
        works = self._admission.works
        if depth <= self._admission.depth and values * works[depth] <= self._limits.evaluations:
            return None
        message = (
            f"judging {values:,} values, nested {depth} deep, could take this schema more than "
            f"{self._limits.evaluations:,} steps"
        )
        location = json_pointer(at, self._limits.location)
        violation = Violation(
            code="TooComplex", message=message, instance_location=location, schema=self.key
        )
        return Findings((violation,))

    def _explain(self, document: JSON, at: Path) -> Findings:
        """List what is wrong, or the first of it where listing could be long."""
        values, depth = measure(document)
        most = self._limits.explained_values
        work = values * self._admission.works[depth]
        brief = values > most or work > most * _EXPLAINED_STEPS
        found = self._first(document) if brief else list(self._judge.iter_errors(document))
        listed = found[: self._limits.violations]
        violations = tuple(self._violation(error, at) for error in listed)
        return Findings(violations, truncated=brief or len(found) > len(listed))

    def _first(self, document: JSON) -> list[jsonschema_rs.ValidationError]:
        try:
            self._judge.validate(document)
        except jsonschema_rs.ValidationError as error:
            return [error]
        return []

    def _violation(self, error: jsonschema_rs.ValidationError, at: Path) -> Violation:
        return messages.violation(
            error, key=self.key, at=at, limits=self._limits, show_values=self._show_values
        )
