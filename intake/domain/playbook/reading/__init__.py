"""From TOML files to a playbook: strict tables, overlays, and checks that name file and line."""
