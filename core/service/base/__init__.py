"""Ground of every section: the open store, who asks, the project and its snapshots."""
