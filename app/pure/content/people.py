"""The people of the fiction: whom one plays and whom one meets, with the lines of their practice card."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

from app.pure.simulator.desk import CardLine, Person

LABELS: Mapping[str, str] = {
    "birth-name": "Nom de naissance",
    "first-names": "Prénom",
    "born": "Date de naissance",
    "birth-country": "Pays de naissance",
    "birth-town": "Ville de naissance",
    "street": "Adresse",
    "postcode": "Code postal",
    "town": "Ville",
    "phone": "Téléphone",
    "email": "Adresse e-mail",
    "iban": "IBAN",
}
"""The card's own lines, in their order."""


class Character(BaseModel):
    """An adult of the curriculum. `name_in_own_script`: how they write their name at home, with its language."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
    id: str
    name: str
    own_script: str = Field(default="", alias="own-script")
    own_lang: str = Field(default="", alias="own-lang")
    about: str = ""
    birth_name: str = Field(default="", alias="birth-name")
    first_names: str = Field(default="", alias="first-names")
    born: str = ""
    birth_country: str = Field(default="", alias="birth-country")
    birth_town: str = Field(default="", alias="birth-town")
    street: str = ""
    postcode: str = ""
    town: str = ""
    phone: str = ""
    email: str = ""
    iban: str = ""

    def person(self) -> Person:
        """Who they are to the pretend apps."""
        return Person(id=self.id, name=self.name, mail=self.email, mobile=self.phone)

    def card(self) -> tuple[CardLine, ...]:
        """The lines that come with the person; a module adds its own."""
        values = {key: str(getattr(self, key.replace("-", "_"))) for key in LABELS}
        return tuple(CardLine(key, LABELS[key], (value,), personal=True) for key, value in values.items() if value)
