"""Barriers: the coded list of what holds children up, which the council keeps."""

from ui import barriers
from ui.now import now

barriers.show(now())
