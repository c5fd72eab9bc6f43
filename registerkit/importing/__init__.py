"""Finds out what is what in somebody's own register, and writes that down for a person to look over."""

from registerkit.importing.guess import ColumnGuess, Guess, TableGuess, guess_tables
from registerkit.importing.map_text import map_text

__all__ = ["ColumnGuess", "Guess", "TableGuess", "guess_tables", "map_text"]
