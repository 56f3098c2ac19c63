"""The pretend apps, in the order in which a home screen shows them."""

from collections.abc import Mapping

from app.pure.simulator.apps.base import App
from app.pure.simulator.apps.browser import Browser
from app.pure.simulator.apps.files import Files
from app.pure.simulator.apps.mail import Mail
from app.pure.simulator.apps.messages import Messages
from app.pure.simulator.apps.portal import Portal

APPS: tuple[App, ...] = (Browser(), Portal(), Mail(), Messages(), Files())
BY_NAME: Mapping[str, App] = {app.name: app for app in APPS}
