"""``python -m noroshi``."""

from noroshi.cli import main

main()
