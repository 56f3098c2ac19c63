"""Run as a process and killed: four learners answer for ever; each answer that was acknowledged is printed."""

import asyncio
import sys
from datetime import UTC, datetime
from uuid import uuid4

from app.domains.learning.player import Learning, revision_of
from tests import makers
from tests.makers import stop


async def answer_for_ever(learning: Learning) -> None:
    at, token, revision = stop("when"), None, "0"
    while True:
        once = uuid4()
        reply = await learning.answer(token, at, {"choice": ["four"]}, revision, once, datetime.now(UTC), "fr")
        print(once, flush=True)
        token, revision = token or reply.token, revision_of(reply, at)


async def main(url: str) -> None:
    learning = makers.learning(makers.engine(url))
    await asyncio.gather(*(answer_for_ever(learning) for _ in range(4)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
