"""Our own Streamlit components: a timeline, a network, and prose that is safe to show."""
