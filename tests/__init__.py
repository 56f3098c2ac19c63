"""The tests mirror `app/`; `journeys/` are stories in a real browser."""
