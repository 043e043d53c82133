"""The SSDA903 return: CSV tables, or XML, of one or more years in one folder."""
