"""Where a step begins in its world."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, field_validator


class Start(BaseModel):
    """A step's `start`: `after` another step, on a `page`, with a thing `open`, with fields already `given`.

    `day: +7` moves the story's date by that many days.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    after: str | None = None
    page: str | None = None
    open: str | None = None
    given: Mapping[str, str] = {}
    submitted: bool = False
    day: int = 0

    @field_validator("day", mode="before")
    @classmethod
    def _signed(cls, value: object) -> object:
        return int(value) if isinstance(value, str) and value.lstrip("+-").isdecimal() else value

    @field_validator("given", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        return {key: str(v) for key, v in value.items()} if isinstance(value, Mapping) else value
