"""What the keywords of a schema ask of a value, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from validator.messages import plural
from validator.results import JSON
from validator.site.nodes import Node, Part
from validator.site.values import Piece, Pieces, Rule, code, json_text

__all__ = ["rules", "type_names"]

#: Values of an `enum` that are told at once; of more, the rest is folded away.
_AT_ONCE = 12
#: Values of an `enum` that are told at all.
_MOST = 500
#: Characters of a pattern that are read on the way.
_READ = 90


def type_names(node: Node) -> list[str] | None:
    """Give the types that all parts of a node allow, as JSON Schema names them; None for any."""
    allowed = _of_values(node)
    for _, said in node.said("type"):
        names = [said] if isinstance(said, str) else [*said]
        allowed = names if allowed is None else _common(allowed, names)
    return allowed


def _of_values(node: Node) -> list[str] | None:
    """Give the types of the values that are listed; None where none are."""
    values = [value for _, value in node.said("const")]
    values += [value for _, options in node.said("enum") for value in options]
    names = dict.fromkeys(_TYPES[type(value)] for value in values)
    return [name for name in names if name != "integer" or "number" not in names] or None


_TYPES = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    type(None): "null",
    list: "array",
    dict: "object",
}


def _common(one: list[str], other: list[str]) -> list[str]:
    """Give the types that both lists allow; an integer is a number."""
    both = [name for name in one if name in other]
    if "number" not in both and "integer" not in both:
        integers = {"number", "integer"} <= {*one, *other}
        both += ["integer"] if integers else []
    return both


def rules(node: Node) -> list[Rule]:
    """Give what a value itself must be; what its members must be is told of them."""
    found = {rule: None for part in node.parts for tell in _TELLING for rule in tell(part)}
    return [*found]


def _said(words: str, *values: str) -> Rule:
    return Rule((Piece(words), *map(code, values)))


def _values(part: Part) -> Iterator[Rule]:
    schema = part.schema
    if "const" in schema:
        yield _said("exactly", json_text(schema["const"]))
    options = schema.get("enum")
    if not isinstance(options, list):
        return
    told = [(code(json_text(each)),) for each in options[:_MOST]]
    if len(options) <= _AT_ONCE:
        yield Rule((Piece("one of"), *(piece for line in told for piece in line)))
        return
    if len(options) > _MOST:
        told.append((Piece(f"and {len(options) - _MOST:,} more"),))
    yield Rule((Piece(f"one of {len(options):,} values"),), tuple(told), folded=True)


def _range(part: Part) -> Iterator[Rule]:
    least, above = _bound(part.schema, "minimum", "exclusiveMinimum", greater=True)
    most, below = _bound(part.schema, "maximum", "exclusiveMaximum", greater=False)
    if least is not None and most is not None and not above and not below:
        yield _said(f"from {json_text(least)} to {json_text(most)}")
        return
    if least is not None:
        told = json_text(least)
        yield _said(f"more than {told}" if above else f"{told} or more")
    if most is not None:
        told = json_text(most)
        yield _said(f"less than {told}" if below else f"{told} or less")


def _bound(schema: dict[str, JSON], plain: str, strict: str, *, greater: bool) -> tuple[JSON, bool]:
    """Give the bound that asks most, and whether it is itself left out; None without one."""
    bound, exclusive = schema.get(plain), schema.get(strict)
    if isinstance(exclusive, bool):  # draft-04
        return bound, exclusive
    if exclusive is None:
        return bound, False
    if bound is not None and (bound > exclusive if greater else bound < exclusive):
        return bound, False
    return exclusive, True


_SIZES = (
    ("minLength", "maxLength", "character", "characters"),
    ("minItems", "maxItems", "item", "items"),
    ("minProperties", "maxProperties", "field", "fields"),
)


def _sizes(part: Part) -> Iterator[Rule]:
    for least_of, most_of, one, many in _SIZES:
        least, most = part.schema.get(least_of, 0), part.schema.get(most_of)
        if least and least == most:
            yield _said(f"exactly {plural(int(least), one, many)}")
        elif least and most is not None:
            yield _said(f"{int(least):,} to {plural(int(most), one, many)}")
        elif least:
            yield _said(f"at least {plural(int(least), one, many)}")
        elif most is not None:
            yield _said(f"at most {plural(int(most), one, many)}")


def _texts(part: Part) -> Iterator[Rule]:
    schema = part.schema
    for keyword, words in _QUOTED.items():
        if isinstance(schema.get(keyword), str):
            yield _quoted(words, schema[keyword])
    if "multipleOf" in schema:
        yield _said(f"a multiple of {json_text(schema['multipleOf'])}")
    if schema.get("uniqueItems") is True:
        yield _said("no two items alike")


def _quoted(words: str, value: str) -> Rule:
    """Tell a text; one that is too long to read on the way is folded away."""
    if len(value) <= _READ:
        return _said(words, value)
    return Rule((Piece(f"{words} of {len(value):,} characters"),), ((code(value),),), folded=True)


_QUOTED = {
    "format": "format",
    "pattern": "matches the pattern",
    "contentEncoding": "encoded as",
    "contentMediaType": "holds",
}


def _needs(part: Part) -> Iterator[Rule]:
    """Tell which names ask for others."""
    for keyword in ("dependencies", "dependentRequired"):
        needed = part.schema.get(keyword)
        for name, names in needed.items() if isinstance(needed, dict) else ():
            if isinstance(names, list) and names:
                yield Rule(_where(name, names))


def _where(name: str, names: list[str]) -> Pieces:
    verb = "is required" if len(names) == 1 else "are required"
    return (Piece("where there is"), code(name), Piece(","), *map(code, names), Piece(verb))


#: What of a schema is told, in this order.
_TELLING: tuple[Callable[[Part], Iterator[Rule]], ...] = (_values, _range, _sizes, _texts, _needs)
