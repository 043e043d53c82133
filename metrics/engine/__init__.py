"""The engine: policies, measures, scope, counting, and the one place that answers."""
