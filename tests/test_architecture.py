"""What holds for the package as a whole: imports, the public surface, what a document meets."""

import ast
import importlib
import inspect
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import validator
from validator import engine

_PACKAGE = Path(validator.__file__).parent
#: Each module imports from those before it, and from no other.
_ORDER = (
    "about",
    "errors",
    "limits",
    "iglu",
    "violations",
    "badrows",
    "results",
    "problems",
    "scanner",
    "guard",
    "documents",
    "queries",
    "self_describing",
    "dialects",
    "normalizer",
    "trackers.tracardi",
    "trackers.canonical",
    "trackers.encoded",
    "trackers.snowplow",
    "trackers",
    "retrievers",
    "registry",
    "closure",
    "admission",
    "nearby",
    "places",
    "messages",
    "kinds",
    "formats",
    "reference",
    "engine",
    "judge",
    "bundling",
    "canonical",
    "events",
    "plain",
    "plans",
    "validation",
    "drawing",
    "strategies",
    "compatibility",
    "lint",
    "site",
    "",
    "reporting",
    "suites",
    "publishing",
    "cli",
    "pytest_plugin",
    "__main__",
)
_PUBLIC = [
    "Cached",
    "Directory",
    "EventResult",
    "FirstOf",
    "InMemory",
    "InvalidIgluUri",
    "InvalidPayload",
    "InvalidSchema",
    "InvalidSchemaVer",
    "Limits",
    "NoSuchSchema",
    "NoVerdict",
    "Packaged",
    "Position",
    "Registry",
    "RegistryUnavailable",
    "Result",
    "Retriever",
    "SchemaCriterion",
    "SchemaKey",
    "SchemaVer",
    "SelfDescribingData",
    "UnreadableFile",
    "ValidationInfo",
    "Validator",
    "ValidatorError",
    "Violation",
    "WrongUse",
    "decode",
    "normalize",
]


# Imports.


def _modules() -> dict[str, Path]:
    """Give the file of each module by its name within the package; "" is the package itself."""
    return {
        ".".join(
            part for part in path.relative_to(_PACKAGE).with_suffix("").parts if part != "__init__"
        ): path
        for path in sorted(_PACKAGE.rglob("*.py"))
    }


def _place(module: str) -> str:
    """Give the entry of the order that a module belongs to: its own, or that of its folder."""
    folder = module.rpartition(".")[0]
    return module if module in _ORDER or not folder else _place(folder)


def _statements(tree: ast.AST) -> Iterator[ast.AST]:
    """Walk a tree, functions and all, less what is read by type checkers alone."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        yield node
        yield from _statements(node)


def _imported(tree: ast.AST) -> Iterator[str]:
    """Give the modules of the package that a file imports, wherever in it."""
    names: list[str] = []
    for node in _statements(tree):
        if isinstance(node, ast.Import):
            names.extend(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "validator.(relative)" if node.level else node.module
            names.extend(f"{module}.{alias.name}" for alias in node.names)
    for name in names:
        root, _, inside = name.partition(".")
        if root == "validator":
            yield inside if inside in _modules() else inside.rpartition(".")[0]


def _may_import(module: str, name: str) -> bool:
    here = _place(module)
    beside = _place(name) == here and name not in {module, here}
    return beside or _place(name) in _ORDER[: _ORDER.index(here)]


@pytest.mark.parametrize("module", _modules())
def test_every_module_has_a_place(module: str) -> None:
    """A module that is not in the order of the design, by itself or by its folder, fails here."""
    assert _place(module) in _ORDER


@pytest.mark.parametrize(("module", "path"), _modules().items(), ids=_modules())
def test_imports_point_one_way(module: str, path: Path) -> None:
    """A module imports only from those before it, or from beside it in one folder."""
    names = _imported(ast.parse(path.read_bytes()))

    assert [name for name in names if not _may_import(module, name)] == []


@pytest.mark.parametrize(
    ("module", "name", "may"),
    [
        ("iglu", "errors", True),
        ("errors", "iglu", False),
        ("iglu", "iglu", False),
        ("iglu", "", False),
        ("trackers", "trackers.tracardi", True),
        ("trackers.tracardi", "trackers", False),
        ("cli", "cli.check", True),
        ("cli.check", "cli.inputs", True),
        ("cli.check", "cli", False),
        ("cli.check", "", True),
        ("reporting", "cli.check", False),
        ("cli.check", "unheard_of", False),
    ],
)
def test_one_way(module: str, name: str, may: bool) -> None:  # noqa: FBT001  # a column of the table
    """The order says which module may import which."""
    assert _may_import(module, name) is may


def test_imports_are_found() -> None:
    """The reading of imports finds all ways to write one, and where they hide."""
    source = """
import validator.limits
from validator import Validator, scanner
from validator.trackers.tracardi import events
from attrs import frozen
if TYPE_CHECKING:
    from validator.cli import main
def function():
    from validator.reporting import Summary
    from . import iglu
"""

    assert list(_imported(ast.parse(source))) == [
        "limits",
        "",
        "scanner",
        "trackers.tracardi",
        "reporting",
        "(relative)",
    ]


def _imported_by(code: str) -> set[str]:
    """Give the packages that are imported when code has run in a process of its own."""
    told = f"{code}; import sys; print(*{{name.partition('.')[0] for name in sys.modules}})"
    run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_import_is_light() -> None:
    """`import validator` waits with the engine; nothing public needs jsonschema, rich and such."""
    alone = _imported_by("import validator")
    with_all = _imported_by("from validator import *")

    assert alone & {"jsonschema_rs", "orjson", "attrs"} == set()
    assert with_all >= {"validator", "jsonschema_rs", "orjson"}
    assert with_all & {"jsonschema", "rich", "click", "hypothesis", "pytest"} == set()


def test_names_that_are_not_public() -> None:
    """What the package has not is no attribute of it; what is public is listed, used or not."""
    assert not hasattr(validator, "Engine")
    assert {*_PUBLIC} <= set(dir(validator))


# The public surface.


def test_public_names() -> None:
    """These are the public names, in order; a change here is a change for those who import them."""
    assert validator.__all__ == _PUBLIC
    assert sorted(_PUBLIC) == _PUBLIC


def _imported_module(name: str) -> ModuleType:
    return importlib.import_module(f"validator.{name}".rstrip("."))


@pytest.mark.parametrize("name", _modules())
def test_modules_name_what_they_have(name: str) -> None:
    """Each module says in a docstring what it is, and in `__all__` what of it is for others."""
    module = _imported_module(name)

    assert module.__doc__
    assert [each for each in module.__all__ if not hasattr(module, each)] == []


def _public_members(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Give a class or function and, of a class, the public methods and properties it defines."""
    yield name, value
    if inspect.isclass(value):
        for member_name, member in vars(value).items():
            described = isinstance(member, property | classmethod | staticmethod)
            if not member_name.startswith("_") and (described or inspect.isfunction(member)):
                yield f"{name}.{member_name}", member


@pytest.mark.parametrize("name", _PUBLIC)
def test_public_names_are_documented(name: str) -> None:
    """Every public class, function and method says what it does."""
    members = dict(_public_members(name, getattr(validator, name)))

    assert [each for each, member in members.items() if not (member.__doc__ or "").strip()] == []


def test_public_members_are_found() -> None:
    """Methods, class methods, static methods and properties are looked at, private ones are not."""
    found = [
        *_public_members("SchemaKey", validator.SchemaKey),
        *_public_members("SelfDescribingData", validator.SelfDescribingData),
    ]

    assert {name for name, _ in found} >= {
        "SchemaKey.parse",
        "SchemaKey.path",
        "SelfDescribingData.names_a_schema",
    }
    assert not [name for name, _ in found if "._" in name]


# What an engine is given.

_DEPTH = 12
_ANY = {"$schema": "http://json-schema.org/draft-07/schema#", "not": {"type": "null"}}


def _nested(levels: int, kind: type) -> Any:
    inner: Any = 1
    for _ in range(levels):
        inner = [inner] if kind is list else {"a": inner}
    return inner


def _levels(document: Any) -> int:
    """Count levels of containers, up to some past every limit; each object once in a level."""
    level, depth = {0: document}, 0
    while level and depth < 100:
        containers = [each for each in level.values() if isinstance(each, dict | list)]
        members = [each.values() if isinstance(each, dict) else each for each in containers]
        level = {id(member): member for each in members for member in each}
        depth += bool(containers)
    return depth


class _Recording:
    """A real engine's validator, that writes down how deep the documents are that it is given."""

    def __init__(self, judge: Any, given: list[int]) -> None:
        self._judge = judge
        self._given = given

    def __getattr__(self, name: str) -> Callable[[Any], Any]:
        def asked(document: Any) -> Any:
            self._given.append(_levels(document))
            return getattr(self._judge, name)(document)

        return asked


@pytest.fixture(name="given")
def _given(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Record the depth of each document that any engine judges."""
    given: list[int] = []

    def recording(make: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args, **options: _Recording(make(*args, **options), given)

    for dialect, make in engine.CLASSES.items():
        monkeypatch.setitem(engine.CLASSES, dialect, recording(make))
    return given


def _self_describing(data: Any) -> dict[str, Any]:
    return {"schema": "iglu:com.tracardi/event_payload/jsonschema/1-0-0", "data": data}


def _tracker(properties: Any) -> dict[str, Any]:
    event = {"type": "a", "properties": properties}
    return {"source": {"id": "s"}, "session": None, "profile": None, "events": [event]}


#: What holds a nested value, and how many levels it adds.
_HOLDERS: dict[str, tuple[Callable[[Any], Any], int]] = {
    "by-itself": (lambda value: value, 0),
    "self-describing": (_self_describing, 1),
    "tracker-payload": (_tracker, 3),
    "event-payload": (lambda value: {"source": {}, **_tracker(value)["events"][0]}, 1),
    "part-of-a-payload": (lambda value: _tracker({"x": _self_describing(value)}), 5),
}
_ARRIVALS: dict[str, Callable[[Any], Any]] = {
    "object": lambda document: document,
    "bytes": lambda document: json.dumps(document).encode(),
    "bytearray": lambda document: bytearray(json.dumps(document).encode()),
    "memoryview": lambda document: memoryview(json.dumps(document).encode()),
}


@pytest.mark.parametrize("schema", [None, _ANY], ids=["recognized", "schema-given"])
@pytest.mark.parametrize("arrive", _ARRIVALS.values(), ids=_ARRIVALS)
@pytest.mark.parametrize(("hold", "adds"), _HOLDERS.values(), ids=_HOLDERS)
def test_depth_that_an_engine_is_given(
    hold: Callable[[Any], Any],
    adds: int,
    arrive: Callable[[Any], Any],
    schema: dict[str, Any] | None,
    given: list[int],
) -> None:
    """No engine is ever given an instance deeper than the limit, however it arrived."""
    judge = validator.Validator(limits=validator.Limits(depth=_DEPTH))
    calls = [judge.check, judge.validate]
    if hold is not _HOLDERS["by-itself"][0] or schema:
        for call in calls:
            call(arrive(hold(_nested(_DEPTH - adds, dict))), schema)
        assert max(given) == _DEPTH
    given.clear()

    for kind in (list, dict):
        for levels in (_DEPTH - adds + 1, 500):
            codes = [
                [each.code for each in call(arrive(hold(_nested(levels, kind))), schema)]
                for call in calls
            ]
            assert codes == [["TooDeep"], ["TooDeep"]]
    assert given == []


def test_depth_of_a_schema(given: list[int]) -> None:
    """A schema is a document, too: one that nests too deep is refused before an engine reads it."""
    schema = {"enum": [_nested(100_000, list)]}

    with pytest.raises(validator.InvalidSchema, match="nest 100 deep"):
        validator.Validator().check(1, schema)
    assert given == []


# CPython 3.13.0 itself crashes when it frees a dict of 10,000 levels on such a stack, so what nests
# is made before, and the process left without freeing it.
_ON_A_SMALL_STACK = """
import os
import threading
from validator import Limits, Validator, normalize

RECURSIVE = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "items": {"$ref": "#"},
    "additionalProperties": {"$ref": "#"},
    "minimum": 2,
}

def nested(levels, kind):
    inner = 1
    for _ in range(levels):
        inner = [inner] if kind is list else {"a": inner}
    return inner

def documents(kind):
    opening, closing = (b"[", b"]") if kind is list else (b'{"a":', b"}")
    yield opening * 1_000 + b"1" + closing * 1_000
    for levels in (1_000, 100_000):
        document = nested(levels, kind)
        payload = {"source": {"id": "s"}, "events": [{"type": document, "properties": document}]}
        yield document
        yield payload

DOCUMENTS = {kind: [*documents(kind)] for kind in (list, dict)}

def results(judge, kind):
    for document in DOCUMENTS[kind]:
        yield judge.check(document)
        yield judge.check(document, RECURSIVE)
        yield judge.validate(document)
        normalize(document)

def run():
    for depth in (64, 250):
        judge = Validator(limits=Limits(depth=depth))
        for kind in (list, dict):
            codes = {violation.code for result in results(judge, kind) for violation in result}
            print(codes, flush=True)
            print(bool(judge.check(nested(depth, kind), True)), flush=True)
    for kind in (list, dict):
        result = Validator().check(nested(64, kind), RECURSIVE)
        print([violation.keyword for violation in result], flush=True)

threading.stack_size(512 * 1024)
thread = threading.Thread(target=run)
thread.start()
thread.join()
os._exit(0)
"""


def test_small_stack() -> None:
    """On a stack of 512 kB nothing that nests crashes; the deepest that is admitted is judged."""
    expected = "{'TooDeep'}\nTrue\n" * 4 + "['minimum']\n" * 2

    run = subprocess.run(
        [sys.executable, "-c", _ON_A_SMALL_STACK], capture_output=True, text=True, check=False
    )

    assert (run.returncode, run.stderr, run.stdout) == (0, "", expected)
