"""How HTTP says it: public pages, the desk, and the acts on each kind of row."""
