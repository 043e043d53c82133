"""The record of access: who saw which child, list, pack or export, when and from where; in a chain of hashes, and never altered."""
