"""Word lists as data: one TSV a list, and the one loader that checks it."""

from kg.lexicon.load import Row, load_table, parse_table

__all__ = ["Row", "load_table", "parse_table"]
