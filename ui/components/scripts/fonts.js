// Streamlit's letters and icons are read before there is anything to write in them: a font that comes later has the whole page laid out anew.
for (const family of ["Source Sans", "Material Symbols Rounded"]) document.fonts.load(`1em "${family}"`);
