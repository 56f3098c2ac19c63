"""The library: every module of the courses, frozen, with its scenes ready to be played."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.pure.content.catalogue import Catalogue, HumanHelp, LearningPath, Term
from app.pure.content.module import Module
from app.pure.content.people import Character
from app.pure.simulator.scene import Plot, Scene, WorldContent, setting_of
from app.pure.simulator.start import Start
from app.pure.steps.scene import SceneStep


@dataclass(frozen=True, eq=False)
class Library:
    """Read once, never changed. `version` changes with any file."""

    catalogue: Catalogue = field(default_factory=lambda: Catalogue(themes=()))
    modules: Mapping[str, Module] = field(default_factory=dict)
    people: Mapping[str, Character] = field(default_factory=dict)
    glossary: Mapping[str, Term] = field(default_factory=dict)
    human_help: Mapping[str, HumanHelp] = field(default_factory=dict)
    paths: tuple[LearningPath, ...] = ()
    version: str = ""
    _scenes: dict[tuple[str, str, bool], Scene | None] = field(default_factory=dict, repr=False)

    def scene(self, module: str, step: str) -> Scene | None:
        """The scene that a step plays; None where it plays none."""
        key = (module, step, False)
        if key not in self._scenes:
            self._scenes[key] = self._scene(self.modules[module], step)
        return self._scenes[key]

    def look(self, module: str, step: str) -> Scene | None:
        """The scene that a step shows as a picture; None where it shows none."""
        key = (module, step, True)
        if key not in self._scenes:
            look = self.modules[module].step(step).look
            lesson = self.modules[module]
            self._scenes[key] = self._at(lesson, lesson.worlds[look.world], Plot(), look.start) if look else None
        return self._scenes[key]

    def title(self, slug: str) -> str:
        """A module's title, also of one that is not written yet."""
        if slug in self.modules:
            return self.modules[slug].title
        entries = (entry for theme in self.catalogue.themes for entry in theme.modules)
        return next((entry.title for entry in entries if entry.slug == slug), slug)

    def _scene(self, module: Module, name: str) -> Scene | None:
        step = module.step(name)
        if not isinstance(step, SceneStep):
            return None
        return self._at(module, _world(module, step), step, step.start)

    def _at(self, module: Module, world: WorldContent, plot: Plot, start: Start) -> Scene:
        before = self.scene(module.slug, start.after) if start.after else None
        hero = self.people[module.as_]
        everybody = {character.id: character.person() for character in self.people.values()}
        setting = setting_of(hero.person(), everybody, world, (*hero.card(), *module.card_lines()))
        return Scene(world, plot, setting, start, before)


def _world(module: Module, step: SceneStep) -> WorldContent:
    """The module's world, or the step's own apps."""
    if step.world is None:
        return WorldContent(open=step.open or "", device=step.device or "any", apps=step.apps)
    world = module.worlds[step.world]
    changes = {key: value for key, value in (("device", step.device), ("open", step.open)) if value}
    return world.model_copy(update=changes) if changes else world
