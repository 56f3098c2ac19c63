"""What the site does by itself, once a day: forget those who were silent for twelve months."""

import asyncio
import logging
from datetime import UTC, datetime

from app.domains.people import privacy
from app.storage.writer import NotSaved, Writer

DAY = 24 * 3600.0
log = logging.getLogger("clic")


async def forget_daily(writer: Writer) -> None:
    """Erase the silent at start and then every day; a database that is away is tried again tomorrow."""
    while True:
        try:
            erased = await writer.write(lambda connection: privacy.forget_silent(connection, datetime.now(UTC)))
            if erased:
                log.warning("erased %d people after twelve months of silence", erased)
        except NotSaved as why:
            log.error("nobody was forgotten today: %s", why)
        await asyncio.sleep(DAY)
