"""The auditor's room: samples, findings, dossiers, who read what, and the proof of everything."""
