"""The lists of children, how a figure is made, and the trend as first reported."""
