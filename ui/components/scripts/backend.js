// Where Streamlit answers. Without it, Streamlit's own script asks below the page's address first, and waits a tenth of a second when nothing
// is there. No page's address has a folder.
window.__streamlit = { BACKEND_BASE_URL: new URL(".", location.href).href };
