"""Who may call a route: every route says it, and a test walks them all."""

from typing import Any

ANYONE: dict[str, Any] = {"x-actors": "anyone"}
KNOWN: dict[str, Any] = {"x-actors": "known"}
"""Somebody whom this device knows; a stranger is shown the way in."""
MACHINES: dict[str, Any] = {"x-actors": "machines"}
