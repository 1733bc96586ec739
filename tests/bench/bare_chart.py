"""A bare page with one Plotly chart."""

import plotly.graph_objects as go
import streamlit as st

st.metric("total", "93.00")
st.plotly_chart(go.Figure(go.Bar(x=["a", "b", "c", "d"], y=[2164, 2627, 1900, 1309])), key="chart")
