"""The versions of the panel's records, oldest first, run by ``casework.storage.upgrading``."""
