"""The strategic level: what a Corporate Parenting Panel reads. Counts of children, for the county and its services; never for a team.

What is counted here is not yet protected: only ``metrics.strategic.answer`` gives figures that may be shown or published.
"""
