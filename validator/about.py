"""What this package is called, and which version of it this is."""

from __future__ import annotations

__all__ = ["NAME", "VERSION"]

NAME = "event-payload-validator"
VERSION = "0.1.0"
