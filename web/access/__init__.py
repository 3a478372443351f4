"""Who comes in: sign-in in its three ways, the gate before every request, the guard of sockets."""
