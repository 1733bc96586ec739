"""The parts of 数据疑点: the list of checks, one check with its figures and its answer, a rectification made of it."""
