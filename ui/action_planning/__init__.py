"""The Action Planning Tracker."""
