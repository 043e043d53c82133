"""Access record: who looked at which child, list or file, when and from where; for administrators."""

from ui import access_record
from ui.context.page_context import page_context

access_record.show(page_context())
