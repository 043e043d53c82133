"""Corporate parenting: the councillors' scorecard, with nothing in it by which a child could be known; commentary, pack, publication."""

from ui import corporate
from ui.now import now

corporate.show(now())
