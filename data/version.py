"""The version of the tracker, as pages, packs and the package give it."""

VERSION = "0.2.0"
PRODUCT = f"Permanence Tracker {VERSION}"
