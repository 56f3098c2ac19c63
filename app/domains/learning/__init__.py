"""A learner takes a module: the player, the log of events, progress, recall."""
