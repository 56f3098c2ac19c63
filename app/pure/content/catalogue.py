"""The catalogue: themes in order, each with its modules; the glossary; the kinds of human help; ready-made paths."""

from pydantic import BaseModel, ConfigDict, model_validator


class Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Entry(Written):
    """A module of the catalogue; `ready: false` until it is written."""

    slug: str
    title: str
    level: int = 1
    minutes: int = 10
    ready: bool = True


class Theme(Written):
    """A theme keeps its picture and its colour everywhere."""

    id: str
    title: str
    picture: str
    colour: str
    modules: tuple[Entry, ...] = ()


class Catalogue(Written):
    themes: tuple[Theme, ...]

    @model_validator(mode="after")
    def _names_once(self) -> "Catalogue":
        slugs = [entry.slug for theme in self.themes for entry in theme.modules]
        twice = next((slug for slug in slugs if slugs.count(slug) > 1), None)
        if twice:
            raise ValueError(f'the module "{twice}" stands in the catalogue twice')
        return self

    def slugs(self) -> frozenset[str]:
        return frozenset(entry.slug for theme in self.themes for entry in theme.modules)

    def theme_of(self, slug: str) -> Theme | None:
        """The theme that holds a module."""
        return next((theme for theme in self.themes if any(entry.slug == slug for entry in theme.modules)), None)


class Term(Written):
    """A French word to remember: a definition of at most twelve plain words, and a picture."""

    id: str
    word: str
    definition: str
    picture: str = ""


class Glossary(Written):
    words: tuple[Term, ...] = ()


class HumanHelp(Written):
    """A kind of person who helps: who they are, what they do, how to find one."""

    id: str
    name: str
    text: str
    find: str = ""
    picture: str = ""


class HumanHelps(Written):
    helps: tuple[HumanHelp, ...] = ()


class LearningPath(Written):
    """Modules in an order that makes sense, for a class or for somebody alone."""

    id: str
    title: str
    summary: str = ""
    modules: tuple[str, ...]
