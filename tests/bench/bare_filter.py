"""A bare page with the pieces of 总览: a select box that changes one of four metrics, their buttons, two charts."""

import plotly.graph_objects as go
import streamlit as st

st.markdown("## title")
st.markdown("places · as of")
left, middle, right = st.columns(3)
chosen = left.selectbox("span", ["a", "b", "c", "d"], key="span")
middle.selectbox("place", ["a", "b", "c", "d"])
right.segmented_control("language", ["a", "b"], default="a")
st.markdown("### headline")
elapsed = {"a": "61.38%", "b": "50.03%", "c": "66.70%", "d": "44.27%"}[chosen]
for i, column in enumerate(st.columns(4)):
    with column, st.container(border=True):
        st.metric("figure", (elapsed, "93.00", "8,000.00", "26,310")[i])
        st.caption("caveat")
        st.button("how", key=f"how_card{i}")
places = ["a", "b", "c", "d"]
for i, column in enumerate(st.columns(2)):
    figure = go.Figure([go.Bar(x=places, y=[2164, 2627, 1900, 1309], name=f"{n}") for n in range(3)])
    figure.add_vline(x=float(elapsed[:-1]) / 20)
    with column, st.container(border=True):
        st.plotly_chart(figure, key=f"chart{i}")
        st.button("how", key=f"how_chart{i}")
        st.button("save", key=f"save{i}")
        st.button("copy", key=f"copy{i}")
        st.button("table", key=f"table{i}")
for sentence in ("pace", "money", "places"):
    st.markdown(sentence)
