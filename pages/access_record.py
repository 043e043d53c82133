"""Access record: who looked at which child, list or file, when and from where; for administrators."""

from ui import access_record
from ui.context.page_context import page_context
from ui.shell.navigation import titles

context = page_context()
access_record.show(context, titles(context.area))
