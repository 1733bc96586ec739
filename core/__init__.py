"""What the product knows and decides; imports no Streamlit."""
