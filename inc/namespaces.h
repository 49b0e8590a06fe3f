#pragma once

/// unshare(2) for the namespaces in `flags` (the CLONE_NEW… bits).
int cl_unshare(int flags);
/// The flags of the user and of the network namespace, as unshare(2) wants them.
int cl_new_user_namespace(void);
int cl_new_network_namespace(void);
