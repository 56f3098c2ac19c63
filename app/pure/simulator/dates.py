"""Days of the story: tokens in texts (`{+37d}`) and the moments of messages (`-1d 16:05`)."""

import calendar
import re
from datetime import date, timedelta

# Whatever begins like a token is one: `{+37 d}` shown to a learner would be a slip of the author.
_LOOKS_LIKE_ONE = re.compile(r"\{[+-]?[0-9][^{}\n]{0,40}\}|\{[+-][^{}\n]{0,40}\}")
_TOKEN = re.compile(r"\{([+-]?[0-9]{1,5})([dmy])(?::([0-9]{2}))?\}")
_MOMENT = re.compile(r"([+-]?[0-9]{1,4})d(?: ([01][0-9]|2[0-3]):([0-5][0-9]))?")


def fill(text: str, today: date) -> str:
    """The text with its tokens drawn as JJ/MM/AAAA: `{+37d}` days, `{-9y}` years, `{-1m}` months, `{-1m:01}` its first.

    A day that its month has not becomes the month's last one. Raises ValueError for a malformed token.
    """
    return _LOOKS_LIKE_ONE.sub(lambda found: drawn(_day_of(found[0], today)), text)


def drawn(day: date) -> str:
    """A date as French forms want it: JJ/MM/AAAA."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def moment(text: str, today: date) -> tuple[date, str]:
    """The day and hour of `-1d 16:05`; the hour is empty where none is given. Raises ValueError."""
    days, hour = _parts(text)
    return _days_later(today, days, text), hour


def is_due(text: str, day: int) -> bool:
    """Whether that moment has come when the story stands `day` days after its beginning. Raises ValueError."""
    return _parts(text)[0] <= day


def _parts(text: str) -> tuple[int, str]:
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        raise ValueError(f'"{text}" is no moment; write for instance "0d 09:12", "-1d 16:05" or "+7d 08:30"')
    days, hour, minute = found.groups()
    return int(days), f"{hour}:{minute}" if hour else ""


def _day_of(token: str, today: date) -> date:
    found = _TOKEN.fullmatch(token)
    if found is None:
        raise ValueError(f'"{token}" is no date; write for instance {{+37d}}, {{-9y}}, {{-1m}} or {{-1m:01}}')
    amount, unit, fixed = int(found[1]), found[2], found[3]
    if unit == "d" and not fixed:
        return _days_later(today, amount, token)
    if fixed and (unit != "m" or not 1 <= int(fixed) <= 31):
        raise ValueError(f'"{token}": a fixed day, 01 to 31, goes with months only, as in {{-1m:01}}')
    return _months_later(today, amount if unit == "m" else 12 * amount, int(fixed or today.day), token)


def _days_later(today: date, days: int, written: str) -> date:
    try:
        return today + timedelta(days=days)
    except OverflowError:
        raise ValueError(f'"{written}" is too far from today') from None


def _months_later(today: date, months: int, day: int, written: str) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise ValueError(f'"{written}" is too far from today')
    return date(year, month + 1, min(day, calendar.monthrange(year, month + 1)[1]))
