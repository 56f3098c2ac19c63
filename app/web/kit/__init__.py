"""What the rooms of the web share: drawing pages, static files, language, session, protection."""
