"""Who is here: guests, sessions, work kept for later, privacy."""
