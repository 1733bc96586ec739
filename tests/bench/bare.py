"""As bare as Streamlit allows: one number_input, one metric."""

import streamlit as st

value = st.number_input("points", value=5.0, min_value=0.0, max_value=10.0, step=0.1, key="points")
st.metric("total", f"{88 + value:.2f}")
