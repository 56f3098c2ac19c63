"""A learner in a real browser who knows the answers: plays any module by touch, by keyboard, without script."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from playwright.sync_api import Locator, Page, expect

from app.pure.content.library import Library
from app.pure.content.module import Module
from app.pure.simulator import solver, world
from app.pure.simulator.act import Act
from app.pure.steps.base import StepBase
from app.pure.steps.choose import Choose
from app.pure.steps.explain import Explain
from app.pure.steps.match import Match
from app.pure.steps.order import Order
from app.pure.steps.point import Point
from app.pure.steps.scene import SceneStep
from app.pure.steps.type import Type

Way = Literal["touch", "keyboard", "no-script"]

LEADERS = ("mail.menu", "browser.tabs", "browser.menu", "files.places")
"""Acts that bring a part of the screen into view on a phone."""


class Hand(Protocol):
    """How a control is pressed and a field is filled."""

    def press(self, control: Locator) -> None: ...
    def fill(self, box: Locator, text: str) -> None: ...


@dataclass
class Finger:
    """Touches, or clicks."""

    page: Page

    def press(self, control: Locator) -> None:
        control.click()

    def fill(self, box: Locator, text: str) -> None:
        box.fill(text)


@dataclass
class Keys:
    """The keyboard and nothing else: Tab until the focus is there, then Enter, Space or the arrows."""

    page: Page
    longest: int = 120

    def press(self, control: Locator) -> None:
        self._go_to(control)
        radio = control.get_attribute("type") in ("radio", "checkbox")
        self.page.keyboard.press("Space" if radio else "Enter")

    def fill(self, box: Locator, text: str) -> None:
        self._go_to(box)
        if box.evaluate("e => e.tagName") == "SELECT":
            box.select_option(text)
            return
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.type(text)

    def _go_to(self, control: Locator) -> None:
        for _ in range(self.longest):
            if control.evaluate("e => e === document.activeElement"):
                assert control.evaluate("e => e.matches(':focus-visible')"), "the focus is not to be seen"
                return
            here = self.page.evaluate("document.activeElement?.type === 'radio' ? document.activeElement.name : ''")
            if here and control.get_attribute("name") == here:
                self.page.keyboard.press("ArrowDown")
            else:
                self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {control}")


@dataclass
class Learner:
    """One person, one page, one language."""

    page: Page
    library: Library
    lang: str = "fr"
    way: Way = "touch"
    hand: Hand = field(init=False)

    def __post_init__(self) -> None:
        self.hand = Keys(self.page) if self.way == "keyboard" else Finger(self.page)

    def begin(self, module: str) -> None:
        self.page.goto(f"/{self.lang}/learn/{module}")
        self.hand.press(self.page.locator("[data-onward]"))

    def play(self, module: str) -> None:
        """From the module's first page to its end."""
        self.begin(module)
        lesson = self.library.modules[module]
        for step in lesson.steps:
            self.step(lesson, step.id)
            self.onward(step)
        expect(self.page).to_have_url(f"/{self.lang}/learn/{module}/end")

    def onward(self, step: StepBase) -> None:
        """To the next step; an explanation is left by its own button."""
        if isinstance(step, Explain):
            self.hand.press(self.page.locator('button[name="seen"]'))
        else:
            self.hand.press(self.page.locator("[data-onward]"))

    def step(self, module: Module, name: str) -> None:
        """One step, to the sentence that says it is done."""
        expect(self.page).to_have_url(f"/{self.lang}/learn/{module.slug}/{name}")
        step = module.step(name)
        match step:
            case Explain():
                return
            case Choose():
                self._choose(step)
            case Match():
                self._match(step)
            case Order():
                self._order(step)
            case Point():
                self._point(step)
            case Type():
                self.hand.fill(self.page.locator('[name="typed"]'), step.accept[0])
                self.submit()
            case SceneStep():
                self._scene(module, name)
        tone = "done" if isinstance(step, SceneStep) else "right"
        expect(self.page.locator(f'[data-outcome="{tone}"]')).to_be_visible()

    def submit(self) -> None:
        self.hand.press(self.page.locator('.dock button[type="submit"]:not([name])'))

    def _choose(self, step: Choose) -> None:
        right = [choice.id for choice in step.choices if choice.right]
        for name in right[: step.enough or len(right)]:
            self.hand.press(self.page.locator(f'input[name="choice"][value="{name}"]'))
        self.submit()

    def _match(self, step: Match) -> None:
        for pair in step.pairs:
            box = self.page.locator(f'[name="pair-{pair.id}"]')
            if box.evaluate("e => e.tagName") == "SELECT":
                box.select_option(pair.id)
            else:
                self.hand.press(self.page.locator(f'[name="pair-{pair.id}"][value="{pair.id}"]'))
        self.submit()

    def _order(self, step: Order) -> None:
        wanted = [item.id for item in step.items]
        for rank, name in enumerate(wanted):
            while (now := self._order_now()) and now.index(name) > rank:
                self.hand.press(self.page.locator(f'button[name="move"][value="up {name}"]'))
                expect(self.page.locator("li[data-item]").nth(now.index(name) - 1)).to_have_attribute("data-item", name)
        self.submit()

    def _order_now(self) -> list[str]:
        return [str(item.get_attribute("data-item")) for item in self.page.locator("li[data-item]").all()]

    def _point(self, step: Point) -> None:
        right = [place.id for place in step.places if place.right]
        for name in right[: step.enough or len(right)]:
            self.hand.press(self.page.locator(f'button[name="at"][value="{name}"]:visible').first)

    def _scene(self, module: Module, name: str) -> None:
        scene = self.library.scene(module.slug, name)
        assert scene is not None
        for way in solver.solve(scene, world.start(scene, date.today())):
            for act in way.acts:
                self.do(act)

    def do(self, act: Act) -> None:
        """Fill the form of an act where it has one, press its button, and wait for the screen that answers."""
        control = self.page.locator(f'[data-action="{act.name}"]')
        if not control.locator("visible=true").count():
            self._uncover(control)
        for name, text in act.fields:
            self._type(name, text)
        before = self.page.locator("[data-scene]").first.get_attribute("data-revision")
        self.hand.press(control.locator("visible=true").first)
        expect(self.page.locator("[data-scene]").first).not_to_have_attribute("data-revision", str(before))

    def _type(self, name: str, text: str) -> None:
        boxes = self.page.locator(f'[name="{name}"]')
        if not boxes.count():
            return
        kind = boxes.first.get_attribute("type") or ""
        if kind == "radio":
            if text:
                self.hand.press(self.page.locator(f'[name="{name}"][value="{text}"]'))
        elif kind == "checkbox":
            if bool(text) != boxes.first.is_checked():
                self.hand.press(boxes.first)
        elif boxes.first.evaluate("e => e.tagName") == "SELECT":
            boxes.first.select_option(text)
        elif boxes.first.is_visible() and boxes.first.input_value() != text:
            self.hand.fill(boxes.first, text)

    def _uncover(self, control: Locator) -> None:
        for leader in LEADERS:
            cover = self.page.locator(f'[data-action="{leader}"]').locator("visible=true")
            if cover.count():
                before = self.page.locator("[data-scene]").first.get_attribute("data-revision")
                self.hand.press(cover.first)
                expect(self.page.locator("[data-scene]").first).not_to_have_attribute("data-revision", str(before))
                if control.locator("visible=true").count():
                    return
        raise AssertionError(f"nothing on this screen leads to {control}")
