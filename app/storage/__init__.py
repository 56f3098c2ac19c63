"""Where rows live: engines, the one writer, identifiers."""
