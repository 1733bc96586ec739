"""stub"""
import streamlit as st
def form_panel(here, report):
    st.write("form")
