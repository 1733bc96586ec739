"""Files of any kind as tables and paragraphs: .xlsx, .csv, .docx, .pptx, and what a cell holds."""
