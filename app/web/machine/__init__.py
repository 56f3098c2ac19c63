"""Pages for machines: alive, ready, measured, and how to report a weakness."""
