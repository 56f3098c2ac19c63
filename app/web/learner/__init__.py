"""The learner's pages: one module per noun of the address."""

from app.web.learner import answers, device, home, keepsake, languages, leaving, me, modules, people, reading

# the hot path first: routes are tried in order (a module's own pages before its steps)
ROUTERS = (
    modules.router,
    answers.router,
    languages.router,
    reading.router,
    device.router,
    leaving.router,
    keepsake.router,
    me.router,
    people.router,
    home.router,
)
