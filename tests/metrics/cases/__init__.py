"""The boundary days of each term and rule, as readable tables; ``tests/metrics/boundary_cases.py`` gathers them."""
