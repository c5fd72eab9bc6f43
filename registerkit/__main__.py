"""Runs the command line as `python -m registerkit`."""

from registerkit.cli.main import main

main()
