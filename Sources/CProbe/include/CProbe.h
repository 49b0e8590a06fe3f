#pragma once

#include <stdint.h>

/// Makes the kernel call of this name as a program makes it that means to get out, with arguments that harm nothing
/// where it is let through. A call that needs a process of its own leaves none behind.
///
/// Gives what the kernel gave, an errno as its negative; `cp_unknown_call` for a name that is not in the list, and
/// -ENOSYS for a call that this architecture does not have.
long cp_kernel_call(const char *name);
extern const long cp_unknown_call;

/// getpid(2) by the numbers of the 32-bit ABI. Where the kernel has none, the process may end with a signal.
long cp_call_by_32_bit_number(void);

/// A connection's other end hands over a descriptor: reads from it. The number of bytes, or a negative errno.
long cp_read_from_passed_descriptor(int socket, void *bytes, uint64_t room);
/// Hands over a descriptor.
long cp_pass_descriptor(int socket, int descriptor);

/// TIOCSTI on a terminal of the caller's own.
long cp_type_into_terminal(void);
/// Sets the bits that lend a file's rights on this path.
long cp_set_privilege_bits(const char *path);
/// Makes a device node.
long cp_make_device(const char *path, int is_block);
/// Whether exec could give this process more rights than it has.
int cp_may_gain_privileges(void);
