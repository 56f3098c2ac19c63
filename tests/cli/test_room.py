from ipaddress import ip_address
from urllib.parse import urlsplit

import pytest

from app.cli import room
from app.settings import Settings


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("192.168.1.20", "http://192.168.1.20:8000"),
        ("fd00::7", "http://[fd00::7]:8000"),
    ],
)
def test_a_host_that_is_named_is_the_address(host: str, address: str) -> None:
    assert room.address(Settings(host=host, port=8000)) == address


def test_every_interface_becomes_an_address_that_a_phone_can_reach() -> None:
    host = urlsplit(room.address(Settings(host="0.0.0.0", port=8000))).hostname
    assert host and not ip_address(host).is_unspecified


@pytest.mark.parametrize(("host", "shared"), [("127.0.0.1", False), ("localhost", False), ("0.0.0.0", True)])
def test_only_a_site_that_others_can_reach_is_shared(host: str, shared: bool) -> None:
    assert room.is_shared(Settings(host=host)) is shared


def test_the_poster_is_a_square_of_blocks_with_its_quiet_zone() -> None:
    lines = room.poster("http://192.168.1.20:8000").splitlines()
    assert len({len(line) for line in lines}) == 1
    assert set("".join(lines)) <= set(" █▀▄")
    assert len(lines[0]) == 25 + 2 * 4 and set(lines[0]) == {"█"}
