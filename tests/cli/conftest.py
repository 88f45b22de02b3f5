"""What the tests of the command line share: a way to run it, and documents to run it on."""

import base64
import io
import json
import sys
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from validator.cli import run


class Outcome(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture(name="validator_command")
def _validator_command(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Run the command in this process, with real bytes on its standard streams."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)  # what our own CI is changes nothing

    def _run(*arguments: object, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = run([str(each) for each in arguments])
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return Outcome(code, out.decode(), err.decode())

    return _run


@pytest.fixture(name="payload")
def _payload() -> bytes:
    """Give a tracker payload that is valid as it is."""
    return b'{"source":{"id":"web"},"session":{"id":"1"},"profile":null,"events":[{"type":"a"}]}'


@pytest.fixture(name="encoded")
def _encoded() -> Callable[[Any], str]:
    """Give a function that encodes JSON as trackers do: base64url without padding."""

    def _encode(document: Any) -> str:
        return base64.urlsafe_b64encode(json.dumps(document).encode()).decode().rstrip("=")

    return _encode


@pytest.fixture(name="request_of_three")
def _request_of_three(encoded: Callable[[Any], str]) -> bytes:
    """Give a Snowplow request: a page view that is valid, a click that is not, an unknown event."""
    of_snowplow = "iglu:com.snowplowanalytics.snowplow"
    click = {
        "schema": f"{of_snowplow}/unstruct_event/jsonschema/1-0-0",
        "data": {"schema": f"{of_snowplow}/link_click/jsonschema/1-0-1", "data": {"targetUrl": ""}},
    }
    contexts = {
        "schema": f"{of_snowplow}/contexts/jsonschema/1-0-1",
        "data": [{"schema": "iglu:com.acme/user/jsonschema/1-0-0", "data": {"plan": "pro"}}],
    }
    always = {"p": "web", "tv": "js-3.5.0"}
    eid = "A6D04BEB-4165-403B-A3D0-27D11C64F7E9"
    events = [
        {"e": "pv", **always, "eid": eid, "url": "https://acme.example/", "mac": "s3cret"},
        {"e": "ue", **always, "tid": "seven", "ue_px": encoded(click)},
        {"e": "se", **always, "se_ca": "a", "se_ac": "b", "cx": encoded(contexts)},
    ]
    schema = f"{of_snowplow}/payload_data/jsonschema/1-0-4"
    return json.dumps({"schema": schema, "data": events}, indent=1).encode()
