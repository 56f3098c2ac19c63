"""The address by which the phones of a room reach this machine."""

import io
import socket

import segno

from app.settings import LOOPBACK, Settings

_EVERYWHERE = frozenset({"0.0.0.0", "::", ""})
# an address of documentation (RFC 5737): asking the way there sends nothing and tells which of ours would be used
_SOMEWHERE = ("192.0.2.1", 9)


def address(settings: Settings) -> str:
    """What people of the room type, without a slash at the end."""
    host = _own_address() if settings.host in _EVERYWHERE else settings.host
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"


def is_shared(settings: Settings) -> bool:
    """Whether other machines can reach the site."""
    return settings.host not in LOOPBACK


def poster(url: str) -> str:
    """The address as a QR code to show on the room's screen, drawn in the terminal."""
    drawn = io.StringIO()
    segno.make(url, error="m").terminal(out=drawn, compact=True)
    return drawn.getvalue()


def _own_address() -> str:
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(_SOMEWHERE)
            return str(probe.getsockname()[0])
    except OSError:
        return "127.0.0.1"
