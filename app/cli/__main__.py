"""`python -m app.cli` is `clic`."""

from app.cli import main

main()
