"""The figures, measured on this machine: `python -m tests.benchmarks [all|answers|search] [--quick]`.

Answers: a real `clic serve` with SQLite, as in production, answers a `choose` step wrongly again and again. The load
comes from another process over plain sockets; every connection is a guest of its own. Beside it stands the bare floor:
the same insert, upsert, bytes and compression without our code. The floor commits each answer by itself, ours commits
those who wait together: with many connections ours may win. Search: the ways that "show me" and "do it with me" need.
"""

import argparse
import asyncio
import json
import os
import re
import secrets
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from urllib.parse import parse_qs
from uuid import uuid4

import brotli
import jinja2
import uvicorn
import uvloop
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette_compress import CompressMiddleware

from app.pure.content.loader import load
from app.pure.simulator import solver, world
from app.pure.simulator.act import Act
from app.pure.simulator.scene import Scene
from app.pure.simulator.state import State
from app.settings import HOME
from app.storage.engine import migrate
from app.web.kit.step import LIVE_BOUND
from tests.server import Server

STEP = "/fr/learn/premier-mail/when"
WRONG = ("thursday", "four")
CONNECTIONS = (1, 8, 32)
WANDERING = 30
"""Random acts before the search is asked for help."""
TYPED = ("", "Bonjour", "oui", "12", "lea@exemple", "mardi 14 h")
AIM = 2.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how often to measure; `patience`: seconds after which no further wandering begins."""

    seconds: float = 3.5
    warm: float = 1.0
    encodings: tuple[str, ...] = ("br", "identity")
    starts: int = 3
    wanderings: int = 1000
    patience: float = 70.0


QUICK = Plan(seconds=0.8, warm=0.3, encodings=("br",), starts=1, wanderings=100, patience=10.0)


# --- the load: a process of its own ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Target:
    """What is loaded, and how: `encoding` is what the browser says it can read."""

    port: int
    pid: int
    encoding: str


@dataclass(frozen=True, slots=True)
class Load:
    """What one run of the load found. `answered` counts the warming too, the other figures do not."""

    connections: int
    encoding: str
    answered: int
    per_second: float
    p50: float
    p99: float
    cpu: float
    bytes: int


class Guest:
    """One connection, one learner: answers wrongly, each time on the page that the last answer brought."""

    def __init__(self, target: Target, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._target, self._reader, self._writer = target, reader, writer
        self._cookie, self._revision = "", ""
        self.times: list[float] = []
        self.bytes = 0

    @classmethod
    async def arrive(cls, target: Target) -> "Guest":
        guest = cls(target, *await asyncio.open_connection("127.0.0.1", target.port))
        guest._revision = _revision(await guest._exchange("GET", ""))
        return guest

    async def answer_for(self, seconds: float) -> None:
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            begun = time.perf_counter()
            await self._answer()
            self.times.append(time.perf_counter() - begun)

    async def leave(self) -> None:
        self._writer.close()
        await self._writer.wait_closed()

    async def _answer(self) -> None:
        choice = WRONG[len(self.times) % len(WRONG)]
        page = await self._exchange("POST", f"choice={choice}&revision={self._revision}&once={uuid4()}")
        if 'data-outcome="wrong"' not in page:
            raise AssertionError(f"an answer was not judged:\n{page[-2000:]}")
        self._revision = _revision(page)

    async def _exchange(self, method: str, body: str) -> str:
        self._writer.write(self._request(method, body))
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        content = await self._reader.readexactly(int(_found(r"content-length: (\d+)", head)))
        if " 200 " not in head.partition("\r\n")[0] + " ":
            raise AssertionError(f"{head}\n{content[:2000]!r}")
        self.bytes = len(head) + len(content)
        if kept := re.search(r"set-cookie: ([^;]+)", head):
            self._cookie = kept[1].replace("__host-", "__Host-")
        plain: bytes = brotli.decompress(content) if "content-encoding: br" in head else content
        return plain.decode()

    def _request(self, method: str, body: str) -> bytes:
        lines = [
            f"{method} {STEP} HTTP/1.1",
            f"Host: 127.0.0.1:{self._target.port}",
            f"Accept-Encoding: {self._target.encoding}",
            *(["Sec-Fetch-Site: same-origin", "HX-Request: true", "HX-Request-Type: partial"] if body else []),
            *(["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"] if body else []),
            *([f"Cookie: {self._cookie}"] if self._cookie else []),
        ]
        return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


async def put_under_load(target: Target, connections: int, plan: Plan) -> Load:
    """Warm up, then measure; every answer that was sent is waited for."""
    guests = [await Guest.arrive(target) for _ in range(connections)]
    await asyncio.gather(*(guest.answer_for(plan.warm) for guest in guests))
    warmed = [len(guest.times) for guest in guests]
    begun, spent = time.perf_counter(), cpu_seconds(target.pid)
    await asyncio.gather(*(guest.answer_for(plan.seconds) for guest in guests))
    lasted, spent = time.perf_counter() - begun, cpu_seconds(target.pid) - spent
    times = [each for guest, count in zip(guests, warmed, strict=True) for each in guest.times[count:]]
    for guest in guests:
        await guest.leave()
    return Load(
        connections=connections,
        encoding=target.encoding,
        answered=sum(len(guest.times) for guest in guests),
        per_second=len(times) / lasted,
        p50=percentile(times, 0.50) * 1000,
        p99=percentile(times, 0.99) * 1000,
        cpu=spent / len(times) * 1000,
        bytes=guests[0].bytes,
    )


def load_from_elsewhere(target: Target, plan: Plan) -> list[Load]:
    """The same with few and with many connections, asked of another process."""
    asked = json.dumps({"target": asdict(target), "plan": asdict(plan)})
    found = subprocess.run(_again("load", asked), cwd=HOME, check=True, stdout=subprocess.PIPE, timeout=120)
    return [Load(**plain) for plain in json.loads(found.stdout)]


def _loader(asked: str) -> None:
    """The other process."""
    what = json.loads(asked)
    target, plan = Target(**what["target"]), Plan(**what["plan"])
    loads = [uvloop.run(put_under_load(target, count, plan)) for count in CONNECTIONS]
    print(json.dumps([asdict(load) for load in loads]))


def _revision(page: str) -> str:
    return _found(r'name="revision" value="([^"]+)"', page)


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        raise AssertionError(f"{pattern} is not in:\n{text[:2000]}")
    return match[1]


# --- the floor: the same work without our code -----------------------------------------------------------------------

EVENT = """INSERT INTO event (id, organisation_id, person_id, module, step, kind, tone, data, at)
VALUES (?, ?, ?, 'premier-mail', 'when', 'answered', 'wrong', '{"picked":["thursday"]}', ?)"""
STATE = """INSERT INTO step_state (person_id, module, step, organisation_id, revision, content_hash, state, outcome,
once, helped, hints, done_at, updated_at) VALUES (?, 'premier-mail', 'when', ?, 1, 'floor', ?, ?, ?, 0, 0, NULL, ?)
ON CONFLICT (person_id, module, step) DO UPDATE SET revision = revision + 1, state = excluded.state,
outcome = excluded.outcome, once = excluded.once, updated_at = excluded.updated_at RETURNING revision"""
JUDGED = '{"tone":"wrong","lines":[["Jeudi, c\'est la réunion de l\'école.",{}]],"marks":{"thursday":"wrong"}}'
PAGE = '<input type="hidden" name="revision" value="{{ revision }}">{% for part in parts %}{{ part }}{% endfor %}'


class Floor:
    """One insert, one upsert, one commit, one template with the bytes of one of our replies."""

    def __init__(self, file: str, reply: str) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._database = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=FULL")
        self._page = jinja2.Environment(autoescape=True).from_string(PAGE)
        # a variable for each tag: about as many substitutions as a written template has
        self._parts = [Markup(part) for part in re.split(r"(?=<)", reply) if 'name="revision"' not in part]

    def app(self) -> Starlette:
        site = Starlette(routes=[Route(STEP, self._show), Route(STEP, self._answer, methods=["POST"])])
        site.add_middleware(CompressMiddleware, minimum_size=400)
        return site

    async def _show(self, request: Request) -> HTMLResponse:
        return HTMLResponse(self._page.render(revision=0, parts=self._parts))

    async def _answer(self, request: Request) -> HTMLResponse:
        form = parse_qs((await request.body()).decode())
        guest = request.cookies.get("floor") or uuid4().hex
        loop = asyncio.get_running_loop()
        revision = await loop.run_in_executor(self._thread, self._save, guest, form["choice"][0], form["once"][0])
        reply = HTMLResponse(self._page.render(revision=revision, parts=self._parts))
        if "floor" not in request.cookies:
            reply.set_cookie("floor", guest)
        return reply

    def _save(self, guest: str, choice: str, once: str) -> int:
        now, key = datetime.now(UTC).isoformat(), once.replace("-", "")
        self._database.execute("BEGIN IMMEDIATE")
        self._database.execute(EVENT, (key, guest, guest, now))
        state = json.dumps({"picked": [choice]})
        revision: int = self._database.execute(STATE, (guest, guest, state, JUDGED, key, now)).fetchone()[0]
        self._database.execute("COMMIT")
        return revision


def _floor(file: str, reply: str) -> None:
    """The floor's process: says its port, then serves with the options of `clic serve`."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=128)
    print(listening.getsockname()[1], flush=True)
    app = Floor(file, Path(reply).read_text(encoding="utf-8")).app()
    config = uvicorn.Config(
        app, loop="uvloop", http="httptools", access_log=False, server_header=False, log_level="warning"
    )
    uvicorn.Server(config).run(sockets=[listening])


@contextmanager
def floor_of(folder: Path, reply: str) -> Iterator[tuple[int, int]]:
    """A running floor with a database of its own: its port and its process."""
    written = folder / "reply.html"
    written.write_text(reply, encoding="utf-8")
    file = _database(folder / "floor.sqlite3")
    process = subprocess.Popen(_again("floor", str(file), str(written)), cwd=HOME, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline()), process.pid
    finally:
        process.terminate()
        process.wait(timeout=10)


# --- answers, memory, start ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Site:
    """What was measured of our own process."""

    loads: list[Load]
    starts: list[float]
    fresh_mb: float
    loaded_mb: float
    written: int
    reply: str


def measure_site(folder: Path, plan: Plan) -> Site:
    """A `clic serve` as in production: started, loaded, and its log counted."""
    file = _database(folder / "clic.sqlite3")
    public = {"CLIC_ENV": "production", "CLIC_PUBLIC_URL": "https://clic.example"}
    server = Server(f"sqlite:///{file}", secrets.token_urlsafe(48), folder, **public)
    starts = []
    try:
        for _ in range(plan.starts):
            server.stop()
            starts.append(server.start())
        fresh = resident_mb(server.pid)
        reply = asyncio.run(_one_reply(Target(server.port, server.pid, "identity")))
        loads = measure(server.port, server.pid, plan)
        loaded = resident_mb(server.pid)
    finally:
        server.stop()
    with sqlite3.connect(file) as database:
        written: int = database.execute("SELECT count(*) FROM event").fetchone()[0]
    return Site(loads, starts, fresh, loaded, written, reply)


def measure_floor(folder: Path, reply: str, plan: Plan) -> list[Load]:
    with floor_of(folder, reply) as (port, pid):
        return measure(port, pid, plan)


def measure(port: int, pid: int, plan: Plan) -> list[Load]:
    targets = [Target(port, pid, encoding) for encoding in plan.encodings]
    return [load for target in targets for load in load_from_elsewhere(target, plan)]


async def _one_reply(target: Target) -> str:
    """What one wrong answer brings."""
    guest = await Guest.arrive(target)
    try:
        return await guest._exchange("POST", f"choice={WRONG[0]}&revision={guest._revision}&once={uuid4()}")
    finally:
        await guest.leave()


def report_answers(plan: Plan) -> bool:
    """Print the answers' figures; False where an acknowledged answer is not in the log."""
    with tempfile.TemporaryDirectory() as name:
        site = measure_site(Path(name), plan)
        floor = measure_floor(Path(name), site.reply, plan)
    _print_loads(site.loads, floor)
    acknowledged = 1 + sum(load.answered for load in site.loads)
    whole = "all of them" if acknowledged == site.written else "NOT THE SAME"
    print(f"\nLog: {acknowledged:,} answers acknowledged, {site.written:,} events written: {whole}")
    print(f"Memory of the worker: {site.fresh_mb:.0f} MB when ready, {site.loaded_mb:.0f} MB after the load")
    starts = ", ".join(f"{seconds:.2f}" for seconds in site.starts)
    print(f"Start to ready: {statistics.median(site.starts):.2f} s (median of {starts})")
    return acknowledged == site.written


def _print_loads(ours: Sequence[Load], floor: Sequence[Load]) -> None:
    print(f"\n{'Answers':<28}{'per s':>9}{'p50 ms':>9}{'p99 ms':>9}{'CPU s/1,000':>13}{'B/reply':>9}")
    widths = (9, 9, 9, 13)
    for mine, bare in zip(ours, floor, strict=True):
        print(f"{mine.connections} connection{'s' * (mine.connections > 1)}, {mine.encoding}")
        _print_load("  clic serve", mine)
        _print_load("  bare floor", bare)
        times = (bare.per_second / mine.per_second, mine.p50 / bare.p50, mine.p99 / bare.p99, mine.cpu / bare.cpu)
        print(f"{'  times the floor':<28}" + "".join(f"{_times(t):>{w}}" for t, w in zip(times, widths, strict=True)))
    print(f"(times the floor: under 1 we do better; the aim is {AIM:.0f}, beyond it stands a !)")


def _print_load(name: str, load: Load) -> None:
    print(f"{name:<28}{load.per_second:>9,.0f}{load.p50:>9.2f}{load.p99:>9.2f}{load.cpu:>13.2f}{load.bytes:>9,}")


def _times(ratio: float) -> str:
    return f"{'!' if ratio > AIM else ''}{ratio:.2f}×"


# --- the search ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sought:
    """One search for the next goal. `why`: where it failed."""

    place: str
    goal: str
    tried: int
    milliseconds: float
    seed: int = 0
    why: str = ""


def scenes() -> dict[str, Scene]:
    """Every scene of every shipped module, by `module/step`."""
    library, problems = load(HOME / "courses")
    if wrong := [str(problem) for problem in problems if problem.severity == "error"]:
        sys.exit("\n".join(wrong))
    names = [(module.slug, step.id) for module in library.modules.values() for step in module.steps]
    found = {f"{slug}/{step}": library.scene(slug, step) for slug, step in names}
    return {name: scene for name, scene in found.items() if scene is not None}


def seek(place: str, scene: Scene, state: State, seed: int = 0) -> tuple[Sought, State]:
    """Look for the next goal and time it."""
    goal = world.current(scene, state)[0].id
    begun = time.perf_counter()
    try:
        way = solver.way(scene, state)
    except solver.NoWay as why:
        return Sought(place, goal, solver.BOUND, _since(begun), seed, str(why)), state
    return Sought(place, goal, way.tried, _since(begun), seed), way.end


def from_the_start(place: str, scene: Scene) -> Iterator[Sought]:
    state = world.start(scene, date.today())
    while world.current(scene, state):
        found, state = seek(place, scene, state)
        yield found
        if found.why:
            return


def wandered(scene: Scene, seed: int) -> State:
    """Where thirty random acts lead; the one that would end the scene is left out."""
    chance, state = Random(seed), world.start(scene, date.today())
    for _ in range(WANDERING):
        act = chance.choice(list(world.actions(scene, state)))
        step = world.act(scene, state, _filled(act, chance))
        if len(step.state.reached) < len(scene.goals):
            state = step.state
    return state


def _filled(act: Act, chance: Random) -> Act:
    """Each field stays as it is, or something small is typed in it."""
    return replace(act, fields=tuple((name, chance.choice((text, *TYPED))) for name, text in act.fields))


def report_search(plan: Plan) -> None:
    found = scenes()
    starts = [sought for place, scene in found.items() for sought in from_the_start(place, scene)]
    _print_sought(f"Search from the start: {len(starts)} goals of {len(found)} scenes", starts)
    places = list(found)
    walks, until = [], time.perf_counter() + plan.patience
    for seed in range(plan.wanderings):
        place = places[seed % len(places)]
        walks.append(seek(place, found[place], wandered(found[place], seed), seed)[0])
        if time.perf_counter() > until:
            break
    of = f"{len(walks):,} of {plan.wanderings:,} wanderings"
    _print_sought(f"Search after {WANDERING} random acts: {of}", walks)


def _print_sought(title: str, found: Sequence[Sought]) -> None:
    failed = [sought for sought in found if sought.why]
    late = sum(1 for sought in found if not sought.why and sought.tried > LIVE_BOUND)
    tried, times = [sought.tried for sought in found], [sought.milliseconds for sought in found]
    print(f"\n{title}; {len(failed)} without a way, {late} beyond live help's {LIVE_BOUND:,} acts")
    print(f"{'':<28}{'median':>9}{'p99':>9}{'worst':>9}")
    for name, values, digits in (("  acts tried", tried, 0), ("  milliseconds", times, 1)):
        middle, high, worst = statistics.median(values), percentile(values, 0.99), max(values)
        print(f"{name:<28}{middle:>9,.{digits}f}{high:>9,.{digits}f}{worst:>9,.{digits}f}")
    _print_worst(found)
    for sought in failed:
        print(f"  no way: {sought.place} · {sought.goal}, seed {sought.seed}: {sought.why}")


def _print_worst(found: Sequence[Sought]) -> None:
    worst = sorted(found, key=lambda sought: sought.milliseconds, reverse=True)[:3]
    said = (f"{each.place} · {each.goal} {each.milliseconds:,.0f} ms ({each.tried:,} acts)" for each in worst)
    print("  slowest: " + "; ".join(said))


# --- the machine -----------------------------------------------------------------------------------------------------


def cpu_seconds(pid: int) -> float:
    """User and system time of a process with all its threads (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / float(os.sysconf("SC_CLK_TCK"))


def resident_mb(pid: int) -> float:
    """The memory that a process holds now (Linux)."""
    return int(_found(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())) / 1024


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _since(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000


def _database(file: Path) -> Path:
    migrate(f"sqlite:///{file}")
    return file


def _again(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "tests.benchmarks", *arguments]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Measure this machine.")
    parser.add_argument("what", nargs="?", choices=("all", "answers", "search"), default="all")
    parser.add_argument("--quick", action="store_true", help="under 40 seconds, with rougher figures")
    asked = parser.parse_args()
    plan, begun, whole = QUICK if asked.quick else Plan(), time.perf_counter(), True
    busy = ", ".join(f"{load:.2f}" for load in os.getloadavg())
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load of the machine beforehand {busy}")
    if asked.what != "search":
        whole = report_answers(plan)
    if asked.what != "answers":
        report_search(plan)
    print(f"\nMeasured in {time.perf_counter() - begun:.0f} s")
    sys.exit(0 if whole else 1)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["load", asked]:
            _loader(asked)
        case ["floor", file, reply]:
            _floor(file, reply)
        case _:
            main()
