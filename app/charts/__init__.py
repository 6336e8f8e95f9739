"""Pure functions from data to what is drawn: nothing here imports Streamlit or asks a store."""
