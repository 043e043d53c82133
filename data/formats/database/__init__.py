"""The Standard Safeguarding Dataset read straight from the database that holds it."""
