"""Days of the story: tokens in texts, moments of messages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.pure.simulator import dates

TODAY = date(2026, 11, 24)
LEAP = date(2028, 2, 29)


@pytest.mark.parametrize(
    ("text", "today", "drawn"),
    [
        ("{+37d}", TODAY, "31/12/2026"),
        ("{0d}", TODAY, "24/11/2026"),
        ("{-9y}", TODAY, "24/11/2017"),
        ("{-1m:01}", TODAY, "01/10/2026"),
        ("{-1m:01}", date(2026, 1, 5), "01/12/2025"),
        ("{+2m}", TODAY, "24/01/2027"),
        ("{-9y}", LEAP, "28/02/2019"),
        ("{-4y}", LEAP, "29/02/2024"),
        ("{-1m}", date(2026, 3, 31), "28/02/2026"),
        ("{-1m:31}", date(2026, 3, 1), "28/02/2026"),
        ("Avant le {+1d} ou le {+2d}.", TODAY, "Avant le 25/11/2026 ou le 26/11/2026."),
        ("Bonjour {name}, {Touchez|Cliquez} {label} {n}.", TODAY, "Bonjour {name}, {Touchez|Cliquez} {label} {n}."),
    ],
)
def test_a_token_is_drawn_from_today(text: str, today: date, drawn: str) -> None:
    assert dates.fill(text, today) == drawn


@pytest.mark.parametrize(
    "text", ["{+37}", "{+37 d}", "{-1w}", "{3}", "{-1m:00}", "{-1m:32}", "{+3d:01}", "{-9y:01}", "{+9999y}", "{+d}"]
)
def test_a_malformed_token_is_refused_and_named(text: str) -> None:
    with pytest.raises(ValueError, match=r"write for instance|goes with months|too far"):
        dates.fill(f"Avant le {text}.", TODAY)


@pytest.mark.parametrize(
    ("text", "day", "hour"),
    [
        ("0d 09:12", date(2026, 11, 24), "09:12"),
        ("-1d 16:05", date(2026, 11, 23), "16:05"),
        ("+7d 08:30", date(2026, 12, 1), "08:30"),
        ("-12d", date(2026, 11, 12), ""),
    ],
)
def test_a_moment_is_a_day_and_an_hour(text: str, day: date, hour: str) -> None:
    assert dates.moment(text, TODAY) == (day, hour)


@pytest.mark.parametrize("text", ["", "09:12", "1 09:12", "0d 24:00", "0d 9:12", "0d 09:60", "hier", "0d  09:12", "٠d"])
def test_a_malformed_moment_is_refused_and_named(text: str) -> None:
    with pytest.raises(ValueError, match="is no moment; write for instance"):
        dates.moment(text, TODAY)
    with pytest.raises(ValueError, match="is no moment"):
        dates.is_due(text, 0)


def test_a_moment_too_far_away_is_refused() -> None:
    with pytest.raises(ValueError, match="too far"):
        dates.moment("+9999d 08:00", date.max)


@pytest.mark.parametrize(
    ("text", "day", "due"), [("0d 09:12", 0, True), ("+7d 08:30", 6, False), ("+7d 08:30", 7, True)]
)
def test_a_message_comes_when_the_story_reaches_its_day(text: str, day: int, due: bool) -> None:
    assert dates.is_due(text, day) is due


@given(
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.lists(
        st.tuples(st.integers(-80, 80), st.sampled_from("dmy")).map(lambda t: f"{{{t[0]:+}{t[1]}}}")
        | st.sampled_from(["{name}", "{Touchez|Cliquez}", " le ", "{", "\n"]),
        max_size=6,
    ),
)
def test_no_token_is_ever_left_in_a_text(today: date, parts: list[str]) -> None:
    filled = dates.fill("".join(parts), today)
    assert dates.fill(filled, today) == filled


@given(st.text(st.sampled_from("{}+-0123456789dmy: é\n"), max_size=30) | st.text(), st.dates())
def test_any_text_is_drawn_or_refused_with_a_sentence(text: str, today: date) -> None:
    for read in (lambda: dates.fill(text, today), lambda: dates.moment(text, today), lambda: dates.is_due(text, 0)):
        try:
            read()
        except ValueError as refusal:
            assert '"' in str(refusal)
