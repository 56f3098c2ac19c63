"""Run as a process: for each line of its input, a child in which four learners answer for ever, to be killed.

It prints the child's number, then the key of each answer that was acknowledged, then `dead` when the child is. The
child is a fork of a process that has read everything and opened nothing: a death costs no start of Python.
"""

import asyncio
import os
import sys
from datetime import UTC, datetime
from uuid import uuid4

from app.domains.learning.player import Learning, revision_of
from tests import makers
from tests.makers import stop

CHOICES = ("four", "tuesday", "thursday")


async def answer_for_ever(learning: Learning) -> None:
    at, token, revision, done = stop("when"), None, "0", 0
    while True:
        once, form = uuid4(), {"choice": [CHOICES[done % 3]]}
        reply = await learning.answer(token, at, form, revision, once, datetime.now(UTC), "fr")
        # one write of one short line: the pipe takes it whole or not at all
        os.write(1, f"{once}\n".encode())
        token, revision, done = token or reply.token, revision_of(reply, at), done + 1


async def all_four(url: str) -> None:
    learning = makers.learning(makers.engine(url))
    await asyncio.gather(*(answer_for_ever(learning) for _ in range(4)))


def main(url: str) -> None:
    stop("when")
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            asyncio.run(all_four(url))
        os.write(1, f"{child}\n".encode())
        os.waitpid(child, 0)
        os.write(1, b"dead\n")


if __name__ == "__main__":
    main(sys.argv[1])
