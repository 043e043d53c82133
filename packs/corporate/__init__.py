"""The Corporate Parenting Panel's pack: workbook, PDF, drafts and publishing."""
