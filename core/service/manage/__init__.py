"""Data in, backups, accounts, schemes as files, 项目群, verification."""
