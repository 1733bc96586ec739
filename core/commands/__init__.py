"""The commands of the command line: a module a subject; `core.__main__` puts them together."""
