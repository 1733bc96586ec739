"""The parts of the page 数据导入."""
