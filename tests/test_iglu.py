"""Names of schemas: which texts are, which are not and why, and how they are ordered."""

import json
from pathlib import Path
from typing import Any

import pytest

from validator.errors import InvalidIgluUri, InvalidSchemaVer, ValidatorError, WrongUse
from validator.iglu import SchemaCriterion, SchemaKey, SchemaVer

_FIXTURES = Path(__file__).parents[1] / "fixtures" / "names"
_URIS, _VERSIONS, _CRITERIA = (
    json.loads((_FIXTURES / f"{name}.json").read_bytes())
    for name in ("uris", "versions", "criteria")
)
_URI = "iglu:com.acme/user/jsonschema/"


def _id(case: str | dict[str, Any]) -> str:
    return ascii((case if isinstance(case, str) else case["text"])[:40])


def _refusal(parse: Any, text: object) -> ValidatorError:
    with pytest.raises((InvalidIgluUri, InvalidSchemaVer, WrongUse)) as caught:
        parse(text)
    return caught.value


@pytest.mark.parametrize("text", _URIS["accepted"], ids=_id)
def test_uris(text: str) -> None:
    """An Iglu URI is a SchemaKey whose text is the URI."""
    assert str(SchemaKey.parse(text)) == text


@pytest.mark.parametrize("case", _URIS["refused"], ids=_id)
def test_no_uris(case: dict[str, str]) -> None:
    """What is no Iglu URI is refused, with the part that is wrong and what it should be."""
    refusal = _refusal(SchemaKey.parse, case["text"])

    assert isinstance(refusal, InvalidIgluUri)
    assert str(refusal).startswith(case["problem"])


@pytest.mark.parametrize("text", _VERSIONS["accepted"], ids=_id)
def test_versions(text: str) -> None:
    """A SchemaVer has the text that it was parsed from, by itself and in a URI."""
    assert str(SchemaVer.parse(text)) == text
    assert str(SchemaKey.parse(_URI + text)) == _URI + text


@pytest.mark.parametrize("case", _VERSIONS["refused"], ids=_id)
def test_no_versions(case: dict[str, str]) -> None:
    """What is no SchemaVer is refused as such, in a URI as by itself, with the part at fault."""
    refusals = (
        _refusal(SchemaVer.parse, case["text"]),
        _refusal(SchemaKey.parse, _URI + case["text"]),
    )

    assert [type(refusal) for refusal in refusals] == [InvalidSchemaVer] * 2
    assert [case["problem"] in str(refusal) for refusal in refusals] == [True, True]


@pytest.mark.parametrize("odd", [None, _URI + "1-0-0", object], ids=["None", "text", "class"])
def test_criterion_matches_keys_alone(odd: Any) -> None:
    """Whether what is no key fits is no question."""
    with pytest.raises(WrongUse, match="matches a SchemaKey, not "):
        SchemaCriterion.parse(_URI + "1-*-*").matches(odd)


@pytest.mark.parametrize("case", _CRITERIA["accepted"], ids=_id)
def test_criteria(case: dict[str, Any]) -> None:
    """A criterion fits the versions that equal its numbers, and its text is what was parsed."""
    criterion = SchemaCriterion.parse(case["text"])
    fits = {
        version: criterion.matches(SchemaKey.parse(_URI + version))
        for version in (*case["fits"], *case["others"])
    }

    assert str(criterion) == case["text"]
    assert fits == {version: version in case["fits"] for version in fits}


@pytest.mark.parametrize("case", _CRITERIA["refused"], ids=_id)
def test_no_criteria(case: dict[str, str]) -> None:
    """What is no criterion is refused, with the part that is wrong as it was written."""
    assert case["problem"] in str(_refusal(SchemaCriterion.parse, case["text"]))


@pytest.mark.parametrize("name", ["com.acme/users", "com.acme.x/user", "org/user"])
def test_criterion_of_another_name(name: str) -> None:
    """A criterion fits no schema of another vendor or name, whatever the version."""
    key = SchemaKey.parse(f"iglu:{name}/jsonschema/1-0-0")

    assert not SchemaCriterion.parse(f"{_URI}*-*-*").matches(key)


@pytest.mark.parametrize("parse", [SchemaVer.parse, SchemaKey.parse, SchemaCriterion.parse])
@pytest.mark.parametrize("value", [None, b"1-0-0", 1, SchemaVer(1, 0, 0), type("S", (str,), {})()])
def test_parsed_from_text_alone(parse: Any, value: object) -> None:
    """Whatever is no str, or a subclass that may lie, is wrong use and not a wrong name."""
    assert isinstance(_refusal(parse, value), WrongUse)


@pytest.mark.parametrize(
    "parts",
    [
        (0, 0, 0),
        (1, -1, 0),
        (1, 0, 2**31),
        (1, 0, 10**5000),
        (True, 0, 0),
        ("1", 0, 0),
        (1, 0, None),
    ],
    ids=["no-model", "negative", "33-bits", "very-long", "bool", "text", "none"],
)
def test_version_of_wrong_parts(parts: tuple[Any, Any, Any]) -> None:
    """A SchemaVer can't be made of what no text of one would give; the same for a criterion."""
    message = "is an integer from [01] to 2147483647; not "

    with pytest.raises(InvalidSchemaVer, match=message):
        SchemaVer(*parts)
    if None not in parts:
        with pytest.raises(InvalidSchemaVer, match=message):
            SchemaCriterion("com.acme", "user", "jsonschema", *parts)


def test_key_of_wrong_parts() -> None:
    """A SchemaKey can't be made of what no URI would give."""
    version = SchemaVer(1, 0, 0)

    with pytest.raises(InvalidIgluUri, match=r"the vendor is .* not 'a/b'"):
        SchemaKey("a/b", "user", "jsonschema", version)
    with pytest.raises(InvalidIgluUri, match=r"the name is .* not 1$"):
        SchemaKey("com.acme", 1, "jsonschema", version)  # type: ignore[arg-type]  # what is tested
    with pytest.raises(WrongUse, match="version is a SchemaVer, not '1-0-0'"):
        SchemaKey("com.acme", "user", "jsonschema", "1-0-0")  # type: ignore[arg-type]  # likewise


def test_refusals_are_short() -> None:
    """However long a text is, the message about it is not."""
    texts = ["x" * 10**6, f"iglu:{'é' * 10**6}/a/b/1-0-0", _URI + "9" * 10**6, _URI + "-" * 10**6]

    assert [len(str(_refusal(SchemaKey.parse, text))) < 700 for text in texts] == [True] * 4


def test_order_of_versions() -> None:
    """Versions are ordered by number, part by part, and not as texts are."""
    texts = ["1-0-9", "1-0-10", "1-2-0", "1-10-0", "2-0-0", "10-0-0"]

    assert [str(each) for each in sorted(map(SchemaVer.parse, texts[::-1]))] == texts


def test_order_of_keys() -> None:
    """Keys are ordered by vendor, name, format, then version."""
    texts = ["a/z/z/9-0-0", "b/a/z/9-0-0", "b/b/a/9-0-0", "b/b/b/1-0-9", "b/b/b/1-0-10"]
    keys = [SchemaKey.parse(f"iglu:{text}") for text in texts]

    keys.reverse()

    assert [str(key) for key in sorted(keys)] == [f"iglu:{text}" for text in texts]


def test_order_of_criteria() -> None:
    """Criteria are ordered as keys are, an open part before every number."""
    texts = ["*-*-*", "*-0-0", "1-*-*", "1-0-*", "1-0-0", "1-0-10", "2-*-*"]
    criteria = [SchemaCriterion.parse(_URI + text) for text in texts]

    least, next_ = criteria[:2]
    criteria.reverse()

    assert [str(each) for each in sorted(criteria)] == [_URI + text for text in texts]
    assert [least < next_, least <= next_, least > next_, least >= next_] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("kind", "text"),
    [(SchemaVer, "1-0-0"), (SchemaKey, f"{_URI}1-0-0"), (SchemaCriterion, f"{_URI}1-*-0")],
)
def test_values(kind: Any, text: str) -> None:
    """Equal texts give equal values with equal hashes, which are not ordered among other kinds."""
    value = kind.parse(text)

    assert {value: "found"}[kind.parse(text)] == "found"
    assert value != text
    with pytest.raises(TypeError, match="not supported"):
        value < text  # noqa: B015  # what is tested


def test_path() -> None:
    """A key's path is where a static registry keeps the schema."""
    assert SchemaKey.parse(f"{_URI}1-0-2").path == "com.acme/user/jsonschema/1-0-2"


def test_open_by_default() -> None:
    """A criterion made without numbers fits every version."""
    assert str(SchemaCriterion("com.acme", "user", "jsonschema")) == f"{_URI}*-*-*"
