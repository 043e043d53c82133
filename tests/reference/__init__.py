"""The slow reference reading of the rules: a second opinion on every figure.

Pure Python over plain lists of dictionaries: no SQL, no data frames, nothing clever. It was written from the definitions
alone, without a look at the product's SQL, so that a mistake has to be made twice before a test misses it.

``Records`` is ``{table name: [row, ...]}``; a row is a dictionary with the columns of the typed tables (dates are
``datetime.date`` or None, identifiers are text, codes are normalised, a plan carries its ``lacp_options``). A table that
is not a key of the dictionary was not supplied that night; a table with no rows was supplied and is empty.
"""

from tests.reference.rules import RULES, detail, not_supplied, rule_list
from tests.reference.terms import ChildOnDay, spine

__all__ = ["RULES", "ChildOnDay", "detail", "not_supplied", "rule_list", "spine"]
