"""The screens. This stays the only .py file directly in pages/: Streamlit would serve any other one without app.py."""
