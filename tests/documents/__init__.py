"""The documents as people meet them: opened by an office program, turned into pages, looked at and read."""
