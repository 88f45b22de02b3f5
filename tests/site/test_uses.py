"""What leans on a schema."""

import pytest

from registries import Unreachable, acme
from validator import InMemory, Packaged, Registry, RegistryUnavailable, SchemaKey
from validator.dialects import DEFAULT
from validator.registry import Schema, schema_of
from validator.site.uses import Uses, referred, uses


def _key(name: str, version: str = "1-0-0") -> SchemaKey:
    return SchemaKey.parse(f"iglu:com.acme/{name}/jsonschema/{version}")


def _schema(contents: object) -> Schema:
    return schema_of(contents, uri="schema:given", dialect=DEFAULT)


def _found(*schemas: dict[str, object]) -> dict[SchemaKey, Uses]:
    return uses(map(_schema, schemas), Registry(InMemory(schemas)))


def test_references() -> None:
    """A schema knows those that refer to it, however deep, and those that it refers to."""
    to_b = {"$ref": "iglu:com.acme/b/jsonschema/1-0-0#/properties/x"}
    found = _found(
        acme("a", properties={"x": {"items": {"not": to_b}}, "$ref": {}}),
        acme("b", properties={"x": {}, "y": {"$ref": "#/properties/x"}}),
        acme("c", enum=[{"$ref": "iglu:com.acme/a/jsonschema/1-0-0"}]),
    )

    assert found[_key("a")].referred == (_key("b"),)
    assert found[_key("b")].referring == (_key("a"),)
    assert found[_key("b")].referred == ()
    assert not found[_key("c")]


def test_references_to_itself_and_to_nothing() -> None:
    """A schema that names itself does not use itself; what is no Iglu URI is none."""
    itself = _schema(acme("a", items={"$ref": "iglu:com.acme/a/jsonschema/1-0-0"}))

    assert uses([itself], Registry(InMemory([itself.contents])))[_key("a")].referring == ()
    for reference in ("iglu:com.acme/a", "http://[", 1, "#"):
        assert referred(_schema({"not": {"$ref": reference}})) == ()


def test_superseding() -> None:
    """A schema knows the one that takes its place, and whose place it takes."""
    found = _found(acme("a"), acme("a", "1-0-1", of=["1-0-0"]), acme("b", by="2-0-0"))

    assert found[_key("a")].superseded_by == _key("a", "1-0-1")
    assert found[_key("a", "1-0-1")].superseding == (_key("a"),)
    assert found[_key("a", "1-0-1")].superseded_by is None
    assert found[_key("b")].superseded_by is None  # there is no 2-0-0


def test_registry_that_does_not_answer() -> None:
    """That a registry does not answer is not taken for an answer."""
    with pytest.raises(RegistryUnavailable):
        uses([_schema(acme("a"))], Registry(Unreachable()))


def test_what_the_package_recognizes() -> None:
    """The newest schema of what the package judges says so, and an older one that it did."""
    registry = Registry(Packaged())
    found = uses([registry.retrieve(key) for key in registry.keys()], registry)  # noqa: SIM118  # no dict

    def told(uri: str) -> list[tuple[str, bool]]:
        return [(each.what, each.is_newest) for each in found[SchemaKey.parse(uri)].recognized]

    tracker = "Tracardi tracker payload"
    assert told("iglu:com.tracardi/tracker_payload/jsonschema/1-0-0") == [(tracker, False)]
    assert told("iglu:com.tracardi/tracker_payload/jsonschema/1-0-1") == [(tracker, True)]
    assert told("iglu:com.snowplowanalytics.snowplow/ad_click/jsonschema/1-0-0") == []
    newest = [each.what for used in found.values() for each in used.recognized if each.is_newest]
    assert len(newest) == len(set(newest)) == 11
