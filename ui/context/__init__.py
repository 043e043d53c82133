"""What a page is about and for whom: the load, the reporting date, the address, the reader, and answers kept in memory."""
