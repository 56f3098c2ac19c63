"""Knows nothing of the web, of storage, of the clock or of chance."""
