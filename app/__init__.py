"""The application: Python API, command line and Streamlit pages."""
