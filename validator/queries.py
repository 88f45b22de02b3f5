"""The query of a URL to JSON: an object of texts, within limits; and where its parameters are."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import parse_qsl, unquote_plus

from validator.documents import Refused
from validator.errors import WrongUse, shown
from validator.limits import Limits
from validator.results import Code, Path, Violation, clip, json_pointer

__all__ = ["locate", "parse_query"]

#: What stands before the query of a URL, or of the path of a request; a bare query has none of it.
_BEFORE = re.compile(r"(?:(?i:https?:/)?/[^?#]*|[^?#=&\s/]+/[^?#=&\s]*(?=[?#]|\Z))?\??")
#: The first line of a request, as access logs have it.
_REQUEST_LINE = re.compile(r"[A-Z]+ (\S+) HTTP/[0-9.]+")


def parse_query(query: bytes | str, limits: Limits) -> dict[str, str]:
    """Read a query: `e=pv&url=...`, alone, after a `?`, after a path, or as part of a URL.

    The first line of a request will do, too: `GET /i?e=pv HTTP/1.1`.

    A URL or a path without a query has no parameters; a name without a value has the empty text. Of
    a name that stands twice, the last wins, as it does in Snowplow's Enrich, unless the limits
    refuse it.

    :raises Refused: with code `TooLarge`, `NotUTF8` or `DuplicateKey`.
    :raises WrongUse: if it is neither bytes nor a str.

    >>> parse_query("/i?e=pv&page=Caf%C3%A9+au+lait", Limits())
    {'e': 'pv', 'page': 'Café au lait'}
    """
    if type(query) is not bytes and type(query) is not str:
        message = f"a query is bytes or a str, not {shown(query)}"
        raise WrongUse(message)
    try:
        # A str is measured in UTF-8, too; one that is far too long is not encoded for that.
        raw = query[: limits.bytes + 1].encode() if isinstance(query, str) else query
        if len(raw) > limits.bytes:
            message = f"a query may have {limits.bytes:,} bytes; this one has more"
            raise _refused(limits, "TooLarge", message)
        text = raw.decode()
        pairs = parse_qsl(_query_in(text)[0], keep_blank_values=True, errors="strict")
    except UnicodeError:
        message = "a query is UTF-8, and so is what its escapes (%C3%A9) stand for; this one is not"
        raise _refused(limits, "NotUTF8", message) from None
    parameters = dict(pairs)
    if len(parameters) < len(pairs) and not limits.duplicate_keys:
        counts = Counter(name for name, _ in pairs)
        twice = next(name for name in counts if counts[name] > 1)
        raise _refused(limits, "DuplicateKey", "a parameter stands twice in the query", (twice,))
    return parameters


def locate(text: str) -> dict[str, int]:
    """Give the index at which each parameter begins that `parse_query` would read in a text.

    Of a name that stands twice it is that of the last. Texts that are refused have indices, too.

    >>> locate("/i?e=pv&ti%64=1")
    {'e': 3, 'tid': 8}
    """
    query, index = _query_in(text)
    found: dict[str, int] = {}
    for parameter in query.split("&"):
        if parameter:
            found[unquote_plus(parameter.partition("=")[0])] = index
        index += len(parameter) + 1
    return found


def _query_in(text: str) -> tuple[str, int]:
    """Give the query that a text has, and its index."""
    line = _REQUEST_LINE.fullmatch(text)
    start = line.start(1) if line else 0
    url = line[1] if line else text
    query = _BEFORE.sub("", url, count=1)
    return query.partition("#")[0], start + len(url) - len(query)


def _refused(limits: Limits, code: Code, message: str, path: Path = ()) -> Refused:
    violation = Violation(
        code=code,
        message=clip(message, limits.message),
        instance_location=json_pointer(path, limits.location),
    )
    return Refused(violation)
