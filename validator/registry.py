"""Which schemas there are: found by retrievers, decoded, and made sure of.

A `Registry` makes sure that the bytes that a retriever finds are what their name says.
"""

from __future__ import annotations

import difflib

import attrs

from validator import documents
from validator.dialects import DEFAULT, Dialect, dialect_of
from validator.errors import (
    InvalidSchema,
    NoSuchSchema,
    RegistryUnavailable,
    WrongUse,
    shown,
)
from validator.iglu import SchemaCriterion, SchemaKey
from validator.limits import Limits
from validator.results import JSON
from validator.retrievers import FirstOf, Packaged, Retriever, key_of, schema_bounds, self_key

__all__ = ["GIVEN", "Registry", "Schema", "schema_of"]

#: The URI of a schema that was handed over without a name.
GIVEN = "schema:given"

_FORMAT = "jsonschema"


@attrs.frozen
class Schema:
    """A schema that was decoded; whether it is valid in its dialect is for the engine to say."""

    #: The URI that its `$ref`s are relative to: its Iglu URI, where it has one.
    uri: str
    #: The schema.
    contents: JSON = attrs.field(repr=False)
    #: What it is written in.
    dialect: Dialect
    #: Its name; None for one that was handed over without a `self`.
    key: SchemaKey | None

    def for_engine(self) -> JSON:
        """Give the contents with a `$schema` that engines know.

        Iglu's own `$schema` means draft-04; engines take it for an unknown meta-schema.
        """
        if isinstance(self.contents, dict):
            return {**self.contents, "$schema": self.dialect.uri}
        return self.contents


def _bounds(limits: Limits | None) -> Limits:
    if limits is None:
        return Limits()
    if type(limits) is not Limits:
        message = f"limits is a Limits, not {shown(limits)}"
        raise WrongUse(message)
    return limits


def _version_of(key: SchemaKey, version: JSON) -> SchemaKey | None:
    return key_of(key.vendor, key.name, key.format, version) if type(version) is str else None


class Registry:
    """The schemas that can be named, from one retriever or several.

    >>> criterion = SchemaCriterion.parse("iglu:com.tracardi/tracker_payload/jsonschema/1-0-*")
    >>> str(Registry().newest(criterion))
    'iglu:com.tracardi/tracker_payload/jsonschema/1-0-1'
    """

    def __init__(self, *retrievers: Retriever) -> None:
        """Take retrievers in the order they are to be asked; with none, the packaged schemas.

        :raises WrongUse: if one is no retriever.
        """
        self._retriever = FirstOf(*(retrievers or (Packaged(),)))
        self._names = tuple(retriever.name for retriever in retrievers) or ("packaged",)

    def keys(self, vendor: str | None = None, name: str | None = None) -> list[SchemaKey]:
        """Give the keys of the schemas there are, sorted; of a vendor and a name, where given.

        :raises RegistryUnavailable: if a registry did not answer.
        :raises WrongUse: if a vendor or a name is no str.
        """
        for each in (vendor, name):
            if each is not None and type(each) is not str:
                message = f"the keys of a vendor, and a name, are found by a str, not {shown(each)}"
                raise WrongUse(message)
        return sorted(
            key
            for key in self._retriever.keys()  # noqa: SIM118  # not a dict
            if vendor in (None, key.vendor) and name in (None, key.name)
        )

    def newest(self, criterion: SchemaCriterion) -> SchemaKey:
        """Give the greatest key that fits.

        :raises NoSuchSchema: if none does.
        :raises RegistryUnavailable: if a registry did not answer.
        :raises WrongUse: if it is no SchemaCriterion.
        """
        if type(criterion) is not SchemaCriterion:
            message = f"the newest schema is found by a SchemaCriterion, not by {shown(criterion)}"
            raise WrongUse(message)
        fitting = [
            key for key in self.keys(criterion.vendor, criterion.name) if criterion.matches(key)
        ]
        if not fitting:
            raise self._no_such_schema(criterion)
        return fitting[-1]

    def read(
        self, key: SchemaKey, limits: Limits | None = None, *, suggesting: bool = True
    ) -> bytes:
        """Give a schema's bytes, as they are kept.

        With `suggesting`, NoSuchSchema tells what was probably meant: it looks at all keys.

        :raises NoSuchSchema: if every registry answered and none has it.
        :raises RegistryUnavailable: if one did not answer.
        :raises InvalidSchema: if it has too many bytes, or lies outside its registry.
        :raises WrongUse: if `key` is no SchemaKey, or `limits` no Limits; or if a retriever gave
            what are no bytes.
        """
        if type(key) is not SchemaKey:
            message = f"a schema is found by its SchemaKey, not by {shown(key)}"
            raise WrongUse(message)
        most = _bounds(limits).schema_bytes
        kept = self._retriever.retrieve(key, most)
        if kept is None:
            raise self._no_such_schema(key, suggesting=suggesting is True)
        found = documents.as_bytes(kept)
        if found is None:
            message = f"a retriever gives bytes, or None; not {shown(kept)}"
            raise WrongUse(message)
        if len(found) > most:
            raise InvalidSchema(key, f"a schema may have {most:,} bytes; this one has more")
        return found

    def retrieve(
        self,
        key: SchemaKey,
        limits: Limits | None = None,
        dialect: Dialect = DEFAULT,
        *,
        suggesting: bool = True,
    ) -> Schema:
        """Find and decode a schema, and make sure that it is the one its name says.

        `dialect` is for a schema without `$schema`; for `suggesting` see `read`.

        :raises NoSuchSchema: if every registry answered and none has it.
        :raises RegistryUnavailable: if one did not answer.
        :raises InvalidSchema: if it is not JSON, past the limits, or its `self` disagrees.
        """
        limits = _bounds(limits)
        raw = self.read(key, limits, suggesting=suggesting)
        if key.format != _FORMAT:
            raise InvalidSchema(key, f"its format is {key.format}; this package knows {_FORMAT}")
        try:
            contents = documents.parse(raw, schema_bounds(limits))
        except documents.Refused as refused:
            raise InvalidSchema(key, refused.violation.message) from None
        own = self_key(contents)
        if own is None:
            raise InvalidSchema(key, "it has no `self` with vendor, name, format and version")
        if own != key:
            raise InvalidSchema(key, f"its `self` says that it is {own}")
        return schema_of(contents, uri=str(key), dialect=dialect)

    def superseding(
        self,
        key: SchemaKey,
        limits: Limits | None = None,
        dialect: Dialect = DEFAULT,
        *,
        suggesting: bool = True,
    ) -> Schema:
        """Find and decode the schema that data naming a schema is checked by: itself, mostly.

        Another takes its place if the schema says `$supersededBy`, or a newer one that can be
        listed says `$supersedes`; and so on from there. Source: Iglu. Arguments and errors are
        those of `retrieve`.
        """
        schema = self.retrieve(key, limits, dialect, suggesting=suggesting)
        while (newer := self._superseded_by(key, schema.contents, limits)) is not None:
            try:
                key, schema = newer, self.retrieve(newer, limits, dialect, suggesting=False)
            except NoSuchSchema as error:
                asked = error.registries
                raise NoSuchSchema(newer, registries=asked, referrer=str(key)) from None
        return schema

    def _superseded_by(self, key: SchemaKey, own: JSON, limits: Limits | None) -> SchemaKey | None:
        said = own.get("$supersededBy") if isinstance(own, dict) else None
        found = [_version_of(key, said)] if said is not None else []
        try:
            newer = [each for each in self.keys(key.vendor, key.name) if each > key]
        except RegistryUnavailable:  # a registry that has no list still says `$supersededBy`
            newer = []
        found += [each for each in newer if self._supersedes(each, key, limits)]
        return max((each for each in found if each is not None and each > key), default=None)

    def _supersedes(self, newer: SchemaKey, key: SchemaKey, limits: Limits | None) -> bool:
        if newer.format != key.format:
            return False
        try:
            contents = self.retrieve(newer, limits, suggesting=False).contents
        except (InvalidSchema, NoSuchSchema):  # what is no schema takes nobody's place
            return False
        said = contents.get("$supersedes") if isinstance(contents, dict) else None
        return isinstance(said, list) and str(key.version) in said

    def _no_such_schema(
        self, wanted: SchemaKey | SchemaCriterion, *, suggesting: bool = True
    ) -> NoSuchSchema:
        suggestion = self._meant(wanted) if suggesting else None
        return NoSuchSchema(wanted, registries=self._names, suggestion=suggestion)

    def _meant(self, wanted: SchemaKey | SchemaCriterion) -> SchemaKey | None:
        """Give the key that is spelled most alike, if any is."""
        try:
            keys = self.keys()
        except RegistryUnavailable:  # it did say that the schema is not there; this only guesses
            return None
        names = {f"{key.vendor}/{key.name}" for key in keys}
        close = difflib.get_close_matches(f"{wanted.vendor}/{wanted.name}", names, n=1, cutoff=0.8)
        alike = [key for key in keys if f"{key.vendor}/{key.name}" in close]
        of_version = (
            key for key in alike if isinstance(wanted, SchemaKey) and key.version == wanted.version
        )
        return next(of_version, alike[-1] if alike else None)


def schema_of(contents: JSON, *, uri: str, dialect: Dialect) -> Schema:
    """Make a Schema of contents that are JSON; `dialect` is for one without `$schema`.

    :raises InvalidSchema: if it is neither an object nor a boolean, or its `$schema` is unknown.
    """
    if not isinstance(contents, dict | bool):
        raise InvalidSchema(uri, "a schema is an object or a boolean")
    own = dialect_of(contents)
    if own is None and isinstance(contents, dict) and "$schema" in contents:
        shown = ascii(contents["$schema"])[:120]
        raise InvalidSchema(
            uri, f"its `$schema`, {shown}, is neither Iglu's nor that of a known draft"
        )
    return Schema(uri=uri, contents=contents, dialect=own or dialect, key=self_key(contents))
