"""The device itself: its bar (back, home, the open apps), its home screen, its notifications."""

from dataclasses import dataclass

from app.pure.simulator.act import Act

HOME = ""
"""What stands in front when no app does."""


@dataclass(frozen=True, slots=True)
class Icon:
    """An app on the home screen and in the bar; `news` is the number on its picture."""

    app: str
    label: str
    icon: str
    news: int
    front: bool

    @property
    def act(self) -> str:
        return f"device.switch {self.app}"


@dataclass(frozen=True, slots=True)
class DeviceScreen:
    kind: str
    hour: str
    front: str
    icons: tuple[Icon, ...]


def actions(front: str, apps: tuple[str, ...]) -> list[Act]:
    """Back and home (where there is somewhere to go), then every app that is not in front."""
    bar = [Act("device.back"), Act("device.home")] if front != HOME else []
    return bar + [Act("device.switch", app) for app in apps if app != front]
