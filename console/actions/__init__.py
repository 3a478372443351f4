"""What can be done to runners: every action, the plan of what it would do, and doing it."""
