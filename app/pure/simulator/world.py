"""The pretend world: `start`, `actions`, `act`. Pure: no clock, no chance, no storage.

The order inside one act is the order of `act()`: carry the fields, let the app move, let the current goal's `else` and
the traps speak, then goals, rules, goals again, remarks.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from app.pure.simulator import answers, matchers, real_data
from app.pure.simulator.act import Act, Fact, Moved, Said
from app.pure.simulator.apps import BY_NAME, device
from app.pure.simulator.desk import Desk
from app.pure.simulator.scene import Else, Goal, Remark, Scene, Trap, When
from app.pure.simulator.state import State

ALREADY = "C'est déjà fait."


@dataclass(frozen=True, slots=True)
class Step:
    """What came of an act. `reached`: the goals it reached; `undone`: the verb was taken back (typed text is kept)."""

    state: State
    facts: tuple[Fact, ...] = ()
    said: tuple[Said, ...] = ()
    reached: tuple[str, ...] = ()
    undone: bool = False
    voice: str = ""

    @property
    def done(self) -> bool:
        """Whether this act reached the scene's last goal."""
        return any(said.tone == "done" for said in self.said)


@lru_cache(maxsize=4096)
def start(scene: Scene, today: date) -> State:
    """The state in which a scene begins; `after` another step means where the solver's way through it ends."""
    if scene.before is None:
        state = _fresh(scene, today)
    else:
        from app.pure.simulator.solver import ending  # the solver walks in this world

        state = replace(ending(scene.before, today), reached=(), met=frozenset(), counts=())
    place = scene.start
    state = replace(state, day=state.day + place.day)
    if place.open or place.page:
        state = replace(state, front=_front_of(scene, place.open or "") or state.front)
    for app in scene.apps:
        prepared = app.prepare(scene.content[app.name], state.app(app.name), place, desk(scene, state))
        state = state.with_app(app.name, prepared)
    if place.page:
        state = replace(state, front="browser" if "browser" in scene.content else state.front)
    return state


def actions(scene: Scene, state: State) -> Iterable[Act]:
    """All that the screen offers: the app in front first, then the device's bar, then the current question."""
    if state.front != device.HOME:
        app = BY_NAME[state.front]
        yield from app.actions(scene.content[state.front], state.app(state.front), desk(scene, state))
        if inner := app.inside(scene.content[state.front], state.app(state.front)):
            yield from BY_NAME[inner].actions(scene.content[inner], state.app(inner), desk(scene, state))
    yield from device.actions(state.front, tuple(a.name for a in scene.apps if a.icon))
    for goal in current(scene, state):
        if goal.ask:
            yield Act("coach.answer", goal.id, (("answer", ""),))


def act(scene: Scene, state: State, act: Act) -> Step:
    """Do one act that the screen offers, and say what there is to say about it."""
    kept = carry(scene, state, act)
    moved, facts, coach = _move(scene, kept, act)
    if coach:
        return Step(moved, facts, (coach,))
    here = current(scene, state)
    reaching = [goal for goal in here if _reaches(scene, moved, goal, facts)]
    if wrong := _objection(scene, here, reaching, facts):
        objection, fact = wrong
        undo = objection.undo or bool(_real_data(scene, act))
        after = kept if undo else _remember(scene, moved, facts)
        said = Said("wrong", objection.say, _slots(fact))
        return Step(after, facts, (said,), undone=undo, voice=fact.kind)
    if real := _real_data(scene, act):
        return Step(kept, (), (Said("wrong", real),), undone=True, voice="real-data")
    return _consequences(scene, moved, facts)


def carry(scene: Scene, state: State, act: Act) -> State:
    """Keep what is typed, whatever button was pressed; real-looking data is never kept."""
    if not act.fields or state.front == device.HOME:
        return state
    allowed = _allowed(scene)
    fields = {name: value for name, value in act.fields if not real_data.real_looking(value, allowed)}
    for name in _in_front(scene, state):
        app = BY_NAME[name]
        typed = app.carry(scene.content[name], state.app(name), fields, desk(scene, state))
        state = state.with_app(name, typed)
    return state


def current(scene: Scene, state: State) -> tuple[Goal, ...]:
    """The goals to reach now: the next one, or all that are left where any order will do."""
    left = tuple(goal for goal in scene.goals if goal.id not in state.reached)
    return left if scene.plot.any_order else left[:1]


def desk(scene: Scene, state: State) -> Desk:
    """What the apps may know."""
    return Desk(scene.setting, state.today, state.day, state.documents)


def offered(scene: Scene, state: State, name: str) -> bool:
    """Whether the screen offers the act of that name."""
    return any(act.name == name for act in actions(scene, state))


def _fresh(scene: Scene, today: date) -> State:
    documents = frozenset(d.id for d in scene.world.documents if not d.later)
    blank = Desk(scene.setting, today, 0, documents)
    apps = tuple((app.name, app.start(scene.content[app.name], blank)) for app in scene.apps)
    return State(today, scene.world.open, apps, documents)


def _front_of(scene: Scene, thing: str) -> str:
    app = thing.partition(".")[0]
    if app not in scene.content:
        return ""
    return app if BY_NAME[app].icon else "browser"


def _in_front(scene: Scene, state: State) -> list[str]:
    inner = BY_NAME[state.front].inside(scene.content[state.front], state.app(state.front))
    return [state.front, inner] if inner else [state.front]


def _move(scene: Scene, state: State, act: Act) -> tuple[State, tuple[Fact, ...], Said | None]:
    if act.verb == "device.back" and (own := _own_back(scene, state)):
        return _move(scene, state, own)
    if act.app == "device":
        return _move_device(scene, state, act), (), None
    if act.app == "coach":
        return _answer(scene, state, act)
    if act.app not in scene.content:
        return state, (), None
    app = BY_NAME[act.app]
    moved: Moved = app.act(scene.content[act.app], state.app(act.app), act, desk(scene, state))
    after = state.with_app(act.app, moved.state)
    if moved.documents is not None:
        after = replace(after, documents=moved.documents)
    if moved.front is not None:
        after = replace(after, front=moved.front)
    return after, moved.facts, moved.said


def _own_back(scene: Scene, state: State) -> Act | None:
    """The device's back button does what the app's own back button does, where it shows one."""
    for name in reversed(_in_front(scene, state)) if state.front != device.HOME else ():
        offers = BY_NAME[name].actions(scene.content[name], state.app(name), desk(scene, state))
        if found := next((offer for offer in offers if offer.verb == f"{name}.back"), None):
            return found
    return None


def _move_device(scene: Scene, state: State, act: Act) -> State:
    if act.deed == "switch" and act.target in scene.content:
        return replace(state, front=act.target)
    if act.deed == "back" and state.front != device.HOME:
        for name in reversed(_in_front(scene, state)):
            before = BY_NAME[name].back(scene.content[name], state.app(name), desk(scene, state))
            if before is not None:
                return state.with_app(name, before)
    return replace(state, front=device.HOME)


def _answer(scene: Scene, state: State, act: Act) -> tuple[State, tuple[Fact, ...], Said | None]:
    """A question about what was found: judged here, and never kept."""
    goal = scene.goal(act.target)
    typed = act.typed("answer")
    if any(answers.same_answer(typed, right, goal.normal) for right in goal.accept):
        return state, (Fact("coach.answered", goal.id),), None
    for wrong in goal.wrong:
        if wrong.is_ is None or answers.same_answer(typed, wrong.is_, goal.normal):
            return state, (), Said("wrong", wrong.say)
    return state, (), Said("wrong", goal.help[0] if goal.help else "Regardez encore la page.")


def _objection(
    scene: Scene, here: tuple[Goal, ...], reaching: list[Goal], facts: tuple[Fact, ...]
) -> tuple[Else | Trap, Fact] | None:
    """What the current goal's `else`, then the traps, have against these facts."""
    if not reaching:
        for goal in here:
            for other in goal.else_:
                for fact in facts:
                    if fact.kind == goal.fact and _else_speaks(goal, other, fact):
                        return other, fact
    names = {goal.id for goal in here}
    for trap in scene.plot.traps:
        for fact in facts:
            if (trap.while_ is None or trap.while_ in names) and _fits(trap, fact):
                return trap, fact
    return None


def _else_speaks(goal: Goal, other: Else, fact: Fact) -> bool:
    """An `else` with a pattern but no `about` of its own speaks of the goal's `about`; one without either of all."""
    about = other.about if other.about is not None or not other.with_ else goal.about
    return (about is None or matchers.matches(about, fact.about)) and matchers.fits(other.with_, fact.data)


def _fits(when: When, fact: Fact) -> bool:
    return (
        fact.kind == when.fact
        and (when.about is None or matchers.matches(when.about, fact.about))
        and matchers.fits(when.with_, fact.data)
    )


def _reaches(scene: Scene, state: State, goal: Goal, facts: Iterable[Fact]) -> bool:
    if goal.ask:
        return any(fact.kind == "coach.answered" and fact.about == goal.id for fact in facts)
    hits = sum(1 for fact in facts if _fits(goal.when, fact))
    return hits > 0 and dict(state.counts).get(goal.id, 0) + hits >= goal.times


def _remember(scene: Scene, state: State, facts: tuple[Fact, ...]) -> State:
    """Count what happened for goals that are still to come (unless they say `again`)."""
    ahead = [goal for goal in scene.goals if goal.id not in state.reached and goal.fact]
    here = current(scene, state)
    met, counts = set(state.met), dict(state.counts)
    for goal in ahead:
        hits = sum(1 for fact in facts if _fits(goal.when, fact))
        if not hits:
            continue
        if goal in here:
            counts[goal.id] = min(counts.get(goal.id, 0) + hits, goal.times)
        elif not goal.again:
            met.add(goal.id)
    counts = {name: n for name, n in counts.items() if scene.goal(name).times > 1}
    return replace(state, met=frozenset(met), counts=tuple(sorted(counts.items())))


def _consequences(scene: Scene, state: State, facts: tuple[Fact, ...]) -> Step:
    """Goals, then what rules set off, then remarks. Effects make no facts of their own, so one round is enough."""
    state, reached, said = _goals(scene, state, facts)
    state, consequences = _rules(scene, state, facts)
    said += consequences
    said += [Said("note", remark.say, _slots(fact)) for remark, fact in _remarks(scene, facts)]
    if reached and len(state.reached) == len(scene.goals):
        said = [replace(line, tone="done") if line.tone == "right" else line for line in said]
    return Step(state, facts, tuple(said), tuple(reached))


def _goals(scene: Scene, state: State, facts: tuple[Fact, ...]) -> tuple[State, list[str], list[Said]]:
    gained: list[str] = []
    said: list[Said] = []
    remembered = _remember(scene, state, facts)
    for goal in current(scene, state):
        if _reaches(scene, state, goal, facts):
            fact = next((f for f in facts if goal.fact == f.kind), Fact(""))
            gained.append(goal.id)
            said.append(Said("right", goal.done or "", _slots(fact)))
    state = replace(remembered, reached=(*state.reached, *gained))
    while gained and (early := [g for g in current(scene, state) if g.id in state.met]):
        gained.append(early[0].id)
        state = replace(state, reached=(*state.reached, early[0].id))
        said.append(Said("right", early[0].done or ALREADY))
    return state, gained, said


def _rules(scene: Scene, state: State, facts: tuple[Fact, ...]) -> tuple[State, list[Said]]:
    said: list[Said] = []
    for rule in scene.plot.rules:
        fact = next((fact for fact in facts if _fits(rule.when, fact)), None)
        if fact is None:
            continue
        for effect in rule.then:
            app, old = BY_NAME[effect.app], state.app(effect.app)
            content = scene.content[effect.app]
            new = app.effect(content, old, effect.deed, effect.target, effect.again, desk(scene, state))
            state = state.with_app(effect.app, new)
            if effect.app == "files" and effect.deed == "add":
                state = replace(state, documents=state.documents | {effect.target})
        if rule.say:
            said.append(Said("note", rule.say, _slots(fact)))
    return state, said


def _remarks(scene: Scene, facts: tuple[Fact, ...]) -> Iterator[tuple[Remark, Fact]]:
    for remark in scene.plot.remarks:
        for fact in facts:
            if _fits(remark, fact):
                yield remark, fact
                break


def _real_data(scene: Scene, act: Act) -> str:
    allowed = _allowed(scene)
    return real_data.SENTENCE if any(real_data.real_looking(value, allowed) for _, value in act.fields) else ""


@lru_cache(maxsize=1024)
def _allowed(scene: Scene) -> frozenset[str]:
    return frozenset(value for line in scene.setting.card for value in line.values)


def _slots(fact: Fact) -> tuple[tuple[str, str], ...]:
    return (("name", fact.shown),) if fact.shown else ()


def fields_of(form: Mapping[str, str], act: Act) -> Act:
    """The act with what was typed in its form."""
    return replace(act, fields=tuple(sorted(form.items())))
