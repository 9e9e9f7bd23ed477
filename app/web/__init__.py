"""The pages: server-rendered, in Russian and English, over the `Desk` port and nothing else."""
