"""What is known now: snapshots, and the store that keeps the newest one."""
