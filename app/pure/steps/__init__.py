"""The step kinds. A new one is one file, one template, one stylesheet, one test and its name here."""

from typing import Annotated

from pydantic import Field

from app.pure.steps.choose import Choose
from app.pure.steps.explain import Explain
from app.pure.steps.match import Match
from app.pure.steps.order import Order
from app.pure.steps.point import Point
from app.pure.steps.scene import SceneStep
from app.pure.steps.type import Type

KINDS = (Explain, Choose, Match, Order, Type, Point, SceneStep)

Step = Annotated[Explain | Choose | Match | Order | Type | Point | SceneStep, Field(discriminator="kind")]
