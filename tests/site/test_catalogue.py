"""What a site tells of each schema."""

from pathlib import Path

import pytest

from registries import USER, Unreachable, acme, written
from validator import Directory, InMemory, Registry, RegistryUnavailable
from validator.iglu import SchemaKey
from validator.site.catalogue import Catalogue, catalogue


def _of(*schemas: dict[str, object]) -> Catalogue:
    return catalogue(Registry(InMemory(schemas)))


def test_families() -> None:
    """Versions of one name are together, the oldest first, ordered by number."""
    told = _of(acme("a", "1-0-10"), acme("a", "1-0-9"), acme("b"))

    assert [[str(each.key.version) for each in family.entries] for family in told.families] == [
        ["1-0-9", "1-0-10"],
        ["1-0-0"],
    ]
    assert told.families[0].newest.path == "com.acme/a/1-0-10.html"
    assert told.families[0].path == "com.acme/a/index.html"


def test_newest_is_one_that_can_judge() -> None:
    """A newer version that can't judge is not the newest; where none can, the last is."""
    told = _of(
        acme("a"), acme("a", "1-0-1", type="x"), acme("b", type="x"), acme("b", "1-0-1", items=1)
    )

    assert [str(family.newest.key.version) for family in told.families] == ["1-0-0", "1-0-1"]
    assert [str(each.key) for each in told.broken] == [
        "iglu:com.acme/a/jsonschema/1-0-1",
        "iglu:com.acme/b/jsonschema/1-0-0",
        "iglu:com.acme/b/jsonschema/1-0-1",
    ]


@pytest.mark.parametrize(
    ("description", "summary"),
    [
        ("One. Two.", "One."),
        (" What?\nThat.", "What?"),
        ("e.g.this", "e.g.this"),
        ("x" * 300, "x" * 200 + "…"),
        (None, ""),
        ([], ""),
    ],
)
def test_summary(description: object, summary: str, tmp_path: Path) -> None:
    """The first sentence of a description is its summary; what is no text is none."""
    (family,) = _of(
        acme("a", **({} if description is None else {"description": description}))
    ).families

    assert family.newest.summary == summary


def test_files_that_are_no_schemas(tmp_path: Path) -> None:
    """What can't be read as a schema has an entry that says why, with its text if it has any."""
    other = SchemaKey.parse("iglu:com.acme/user/avro/1-0-0")
    written(tmp_path, raw=b"\xff{")
    written(tmp_path, other, b"{}")
    entries = catalogue(Registry(Directory(tmp_path))).families[0].entries

    assert [(each.key, each.text) for each in entries] == [(other, "{}"), (USER, "�{")]
    assert [each.closure for each in entries] == [None, None]
    assert "its format is avro" in entries[0].problem
    assert "is not a usable schema" in entries[1].problem


def test_schemas_that_the_package_has() -> None:
    """A schema that is not as the package has it is not the package's, whatever its name."""
    packaged = Registry()
    keys = packaged.keys("com.tracardi")
    schemas = [packaged.retrieve(key).contents for key in keys]
    changed = {**schemas[0], "description": "Another."}
    ours = catalogue(packaged)
    theirs = catalogue(Registry(InMemory([changed])))

    entry = next(each for family in ours.families for each in family.entries if each.key == keys[0])
    assert "--registry" not in ours.example(entry).shell
    assert "--registry DIR" in theirs.example(theirs.families[0].newest).shell


def test_registry_that_does_not_answer() -> None:
    """That it did not answer is no property of a schema: it is raised."""

    class Listing(Unreachable):
        """Lists a schema that it then does not give."""

        def keys(self) -> list[SchemaKey]:
            return [USER]

    with pytest.raises(RegistryUnavailable):
        catalogue(Registry(Listing()))
