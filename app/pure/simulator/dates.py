"""Days of the story: tokens in texts (`{+37d}`) and the moments of messages (`-1d 16:05`)."""

import calendar
import re
from datetime import date, timedelta

_TOKEN = re.compile(r"\{([+-]?)(\d{1,5})([dmy])(?::(\d{2}))?\}")
_MOMENT = re.compile(r"([+-]?)(\d{1,4})d(?: ([01]\d|2[0-3]):([0-5]\d))?")


def fill(text: str, today: date) -> str:
    """The text with its tokens drawn as JJ/MM/AAAA: `{+37d}` days, `{-9y}` years, `{-1m:01}` months and a fixed day."""
    return _TOKEN.sub(lambda found: drawn(_moved(found, today)), text)


def drawn(day: date) -> str:
    """A date as French forms want it: JJ/MM/AAAA."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def moment(text: str, today: date) -> tuple[date, str]:
    """The day and hour of `-1d 16:05`; the hour is empty where none is given. Raises ValueError."""
    days, hour = _parts(text)
    return today + timedelta(days=days), hour


def is_due(text: str, day: int) -> bool:
    """Whether that moment has come when the story stands `day` days after its beginning. Raises ValueError."""
    return _parts(text)[0] <= day


def _parts(text: str) -> tuple[int, str]:
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        raise ValueError(f'"{text}" is no moment; write for instance "0d 09:12", "-1d 16:05" or "+7d 08:30"')
    sign, days, hour, minute = found.groups()
    return int(f"{sign}{days}"), f"{hour}:{minute}" if hour else ""


def _moved(found: re.Match[str], today: date) -> date:
    sign, number, unit, day = found.groups()
    amount = int(f"{sign}{number}")
    if unit == "d":
        moved = today + timedelta(days=amount)
    else:
        months = today.year * 12 + today.month - 1 + (amount if unit == "m" else 12 * amount)
        moved = _day_of(months // 12, months % 12 + 1, today.day)
    return _day_of(moved.year, moved.month, int(day)) if day else moved


def _day_of(year: int, month: int, day: int) -> date:
    """That day, or the month's last one: a 29 February becomes a 28."""
    return date(year, month, max(1, min(day, calendar.monthrange(year, month)[1])))
