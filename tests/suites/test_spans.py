"""Where the parts of a JSON text stand."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from validator.suites import spans

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)
separators = st.tuples(st.sampled_from([",", " ,\n\t"]), st.sampled_from([":", " : "]))


@given(value=st.lists(values), written=separators, indent=st.sampled_from([None, 0, 2]))
def test_items(value: list[Any], written: tuple[str, str], indent: int | None) -> None:
    """Each item of an array is found, from its first character to its last."""
    text = "x" + json.dumps(value, separators=written, indent=indent)

    found = [json.loads(text[each.start : each.end]) for each in spans.items(text, 1)]
    assert found == value


@given(
    value=st.dictionaries(st.text(), values), written=separators, indent=st.sampled_from([None, 2])
)
def test_members(value: dict[str, Any], written: tuple[str, str], indent: int | None) -> None:
    """Each member of an object is found, with its name, as it is written and as it reads."""
    text = json.dumps(value, separators=written, indent=indent, ensure_ascii=False)

    found = list(spans.members(text, 0))
    assert {
        each.name: json.loads(text[each.value.start : each.value.end]) for each in found
    } == value
    names = [json.dumps(each.name, ensure_ascii=False) for each in found]
    assert all(text.startswith(name, each.start) for each, name in zip(found, names, strict=True))
