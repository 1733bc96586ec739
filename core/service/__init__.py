"""The use cases: what a page or a command asks for, one call each, a module a section of the pages."""
