"""The public runner API as typed async calls, without opinions. Only here a runner is an agent."""
