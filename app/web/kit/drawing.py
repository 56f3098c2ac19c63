"""Draws a pretend device: the same HTML for a learner who plays, a picture on another step, or places to point at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from markupsafe import Markup

from app.pure.simulator import world
from app.pure.simulator.apps import BY_NAME
from app.pure.simulator.apps.device import HOME, DeviceScreen, Icon
from app.pure.simulator.pointing import Pointing
from app.pure.simulator.scene import Scene
from app.pure.simulator.state import State

Mode = Literal["play", "look", "point"]
NOTHING = Markup("")


@dataclass(frozen=True)
class Drawing:
    """What the templates of `templates/apps/` show. `places`: act or part -> the place a point step gives it."""

    scene: Scene
    state: State
    mode: Mode = "play"
    pointing: Pointing | None = None
    places: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    mark: str = ""
    shown_place: str = ""
    card_open: bool = False
    beneath: bool = False
    action: str = ""
    hidden: Markup = NOTHING
    key: tuple[str, ...] = ()
    """Set for a picture that is the same for everybody: it is drawn once and kept."""

    @cached_property
    def device(self) -> DeviceScreen:
        desk = world.desk(self.scene, self.state)
        icons = tuple(
            Icon(
                app.name,
                app.label,
                app.icon,
                app.news(self.scene.content[app.name], self.state.app(app.name), desk),
                app.name == self.state.front,
            )
            for app in self.scene.apps
            if app.icon
        )
        return DeviceScreen(self.scene.world.device, "10:24", self.state.front, icons)

    @property
    def front(self) -> str:
        return self.state.front

    @property
    def at_home(self) -> bool:
        return self.state.front == HOME

    @property
    def inner(self) -> str:
        """The app drawn inside the one in front: a portal in the browser."""
        if self.at_home:
            return ""
        return BY_NAME[self.front].inside(self.scene.content[self.front], self.state.app(self.front))

    @property
    def apps(self) -> tuple[str, ...]:
        """The apps on the screen: their stylesheets are linked."""
        return tuple(name for name in ("device", self.front, self.inner) if name)

    @cached_property
    def screens(self) -> Mapping[str, Any]:
        """What each app on the screen shows."""
        desk = world.desk(self.scene, self.state)
        names = [name for name in (self.front, self.inner) if name]
        return {n: BY_NAME[n].screen(self.scene.content[n], self.state.app(n), desk) for n in names}

    @property
    def card(self) -> list[tuple[str, str, str]]:
        return world.desk(self.scene, self.state).card(self.scene.card)

    @property
    def owner(self) -> str:
        return self.scene.setting.owner.name

    @property
    def default_act(self) -> str:
        """The act that Enter does in the front form; empty where it has no fields."""
        if self.mode != "play" or self.at_home:
            return ""
        name = self.inner or self.front
        offers = BY_NAME[name].actions(self.scene.content[name], self.state.app(name), self._desk())
        return next((act.name for act in offers if act.fields and act.verb != "browser.visit"), "")

    @property
    def form(self) -> Markup:
        """The attributes of a form of the screen."""
        action = Markup('novalidate data-step method="post" action="{0}" hx-post="{0}"').format(self.action)
        return action + Markup(' hx-target="#page" hx-swap="outerMorph" hx-sync="this:drop" autocomplete="off"')

    def control(self, name: str, form: str = "front") -> Markup:
        """The attributes of an act's button: submits it in play, is still in a picture, is a place in a point step."""
        if self.mode == "play":
            attributes = Markup('type="submit" form="{1}" name="act" value="{0}" data-action="{0}"').format(name, form)
            return attributes + self._pointed(name)
        return self._place(name)

    def part(self, name: str) -> Markup:
        """The attributes of a part that is no act (`browser.title`), where a point step may ask for it."""
        return self._place(name) if self.mode == "point" and name in self.places else Markup("")

    def is_place(self, name: str) -> bool:
        return self.mode == "point" and name in self.places

    def field(self, name: str, form: str = "front") -> Markup:
        """The attributes of an input of a form of the screen."""
        if self.mode != "play":
            return Markup('id="{}" readonly tabindex="-1" autocomplete="off"').format(self.id(name))
        attributes = Markup('id="{}" name="{}" form="{}" autocomplete="off"').format(self.id(name), name, form)
        if self.pointed_field == name and self.example:
            attributes += Markup(' data-pointed data-try="{}"').format(self.example)
        return attributes

    def id(self, name: str) -> str:
        """A field's id. Another message has another id: a swap must not carry text from one to the next."""
        key = getattr(self.screens.get(self.inner or self.front), "key", "")
        return f"f-{key}-{name}" if key else f"f-{name}"

    @property
    def pointed_field(self) -> str:
        return self.pointing.field if self.pointing else ""

    @property
    def example(self) -> str:
        return self.pointing.example if self.pointing else ""

    def _pointed(self, name: str) -> Markup:
        pointed = self.pointing and not self.pointing.field and self.pointing.act.name == name
        return Markup(" data-pointed") if pointed else Markup("")

    def _place(self, name: str) -> Markup:
        if self.mode == "point" and name in self.places:
            place = self.places[name]
            tried = Markup(' data-mark="{}"').format(self.marks[place]) if place in self.marks else Markup("")
            shown = Markup(" data-pointed") if place == self.shown_place else Markup("")
            return Markup('type="submit" form="front" name="at" value="{}" data-place').format(place) + tried + shown
        return Markup('type="button" disabled')

    def _desk(self) -> Any:
        return world.desk(self.scene, self.state)
