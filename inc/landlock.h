#pragma once

#include <stdint.h>

/// The ABI that the kernel speaks: 1 and up, -ENOSYS where it was not built in, -EOPNOTSUPP where it is switched off.
int cl_landlock_abi(void);
/// A new ruleset's descriptor. `scoped` is left out of the call below ABI 6, `network` below ABI 4.
int cl_landlock_create(int abi, uint64_t files, uint64_t network, uint64_t scoped);
/// Grants `rights` beneath the directory, or on the file, that `parent` was opened on (O_PATH).
int cl_landlock_allow(int ruleset, int parent, uint64_t rights);
/// Puts the calling thread and all that it starts under the ruleset; no_new_privs must be set.
int cl_landlock_restrict(int ruleset);
