"""The parts of 改造标准: the sums, one checklist to read and to fill in, a standard as a file."""
