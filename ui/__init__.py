"""All that knows Streamlit and plotly: pages ask here, and show with what stands here."""
