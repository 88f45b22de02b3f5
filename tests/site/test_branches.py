"""What judges a value in some cases only."""

from registries import closed
from validator.site.branches import branches
from validator.site.nodes import Reader
from validator.site.values import code


def test_branches() -> None:
    """Each branch comes with its case in words."""
    schema = {
        "anyOf": [{"title": "one"}, {"title": "two"}],
        "if": {},
        "then": {"title": "then"},
        "else": {"title": "else"},
        "dependencies": {"a": ["b"], "c": {"title": "dependent"}},
    }
    reader = Reader(closed(schema, dialect="draft-07"))
    found = [
        (node.first("title"), " ".join(piece.text for piece in case))
        for node, case in branches(reader.root(), reader, code("x"))
    ]

    assert found == [
        ("one", "in alternative 1 of 2 of x"),
        ("two", "in alternative 2 of 2 of x"),
        ("then", "where the condition of x holds"),
        ("else", "where the condition of x does not hold"),
        (None, "where there is a"),
        ("dependent", "where there is c"),
    ]
