"""Evidence before egress on trial: runs under load are killed, their disks spoilt, and both sides' records compared."""
