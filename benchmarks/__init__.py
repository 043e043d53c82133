"""The benchmarks: every speed that is promised, as a ratio inside one run, with its bar (``python -m benchmarks``)."""
