"""The pretend device: apps, facts, goals, rules, the search."""
