"""The parts of 问题整改: putting findings down, one finding with its steps, the list as a file."""
