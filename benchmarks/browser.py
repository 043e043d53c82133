"""The real browser of the benchmarks and the tests: Debian's Chromium, without a window, that asks nobody outside of its own accord."""

from __future__ import annotations

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"),
    *("--disable-component-update", "--disable-sync", "--disable-quic"),
)
