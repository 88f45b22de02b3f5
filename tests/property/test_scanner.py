"""Where things stand in a JSON text, whatever is written however."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from validator import scanner
from validator.results import Path

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
_BLANK = st.text(" \t\r\n", max_size=3)
_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**64 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    _TEXTS,
)


@st.composite
def _written(draw: st.DrawFn, levels: int = 3) -> str:
    """Write a value with any white space, any escapes, and names that stand twice."""
    kind = draw(st.sampled_from(["scalar", "array", "object"] if levels else ["scalar"]))
    if kind == "scalar":
        token = json.dumps(draw(_SCALARS), ensure_ascii=draw(st.booleans()))
    elif kind == "array":
        items = draw(st.lists(_written(levels - 1), max_size=3))
        token = f"[{draw(_BLANK)}{','.join(items)}]"
    else:
        names = draw(st.lists(_TEXTS, max_size=4))
        members = [
            f"{draw(_BLANK)}{json.dumps(name, ensure_ascii=draw(st.booleans()))}{draw(_BLANK)}:"
            + draw(_written(levels - 1))
            for name in names
        ]
        token = f"{{{draw(_BLANK)}{','.join(members)}}}"
    return draw(_BLANK) + token + draw(_BLANK)


def _paths(value: Any, path: Path = ()) -> list[tuple[Path, Any]]:
    """Give the path to each value in a document, and the value."""
    found: list[tuple[Path, Any]] = [(path, value)]
    members = enumerate(value) if isinstance(value, list) else ()
    members = value.items() if isinstance(value, dict) else members
    for step, member in members:
        found += _paths(member, (*path, step))
    return found


@given(text=_written(), before=_BLANK, after=st.sampled_from(["", ",1]", " {", '"']))
def test_every_value_is_found(text: str, before: str, after: str) -> None:
    """What stands at the place of a path is the value that the parser has there, with its name."""
    expected = _paths(json.loads(text))
    decoder = json.JSONDecoder()

    found = scanner.locate(before + text + after, [path for path, _ in expected], len(before))

    for path, value in expected:
        start, name = found[path]
        assert decoder.raw_decode(before + text + after, start)[0] == value
        if name is None:
            assert path == () or isinstance(path[-1], int)
        else:
            assert decoder.raw_decode(before + text + after, name)[0] == path[-1]


@given(text=_written())
def test_a_name_that_stands_twice(text: str) -> None:
    """A text has one if, and only if, reading it loses a member."""
    lost: list[bool] = []

    def members(pairs: list[tuple[str, Any]]) -> None:
        lost.append(len({name for name, _ in pairs}) < len(pairs))

    json.loads(text, object_pairs_hook=members)

    found = scanner.duplicate_name(text)
    assert (found is not None) == any(lost)
    if found is not None:
        start, path = found
        assert json.JSONDecoder().raw_decode(text, start)[0] == path[-1]


@given(text=st.text("a\r\n\té😀", max_size=30), data=st.data())
def test_the_line_of_a_place(text: str, data: st.DataObject) -> None:
    """Line and column lead to the character, as an editor counts them."""
    index = data.draw(st.integers(0, len(text)))

    place = scanner.position(text, index)
    line, column = scanner.line_at(text, index)

    lines = text.split("\n")
    assert sum(len(each) + 1 for each in lines[: place.line - 1]) + place.column - 1 == index
    assert line == lines[place.line - 1].removesuffix("\r")
    assert column == place.column - 1
