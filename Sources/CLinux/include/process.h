#pragma once

#include <stdint.h>
#include <sys/types.h>

/// fork(2); only for a process with one thread.
pid_t cl_fork(void);
/// Marks or unmarks every descriptor from `first` on; closes them where `on_exec` is 0.
int cl_close_from(unsigned first, int on_exec);
int cl_no_new_privileges(void);
int cl_set_dumpable(int dumpable);
/// The signal that this process gets when the thread that started it ends.
int cl_signal_on_parent_death(int signal);
/// Empties the ambient, bounding, effective, permitted and inheritable sets. The bounding set needs CAP_SETPCAP to
/// shrink and is left as it is without it: check with cl_bounding_set_is_empty.
int cl_drop_capabilities(void);
/// 1 where no capability can ever be gained again by exec, 0 where some could.
int cl_bounding_set_is_empty(void);
/// Joins a new anonymous session keyring, so that the user's keys are not this process's.
int cl_new_session_keyring(void);
/// An anonymous file in memory, close-on-exec.
int cl_memory_file(const char *name);
/// A descriptor that becomes readable when the process ends.
int cl_process_descriptor(pid_t pid);
/// Blocks every signal for this thread and gives a descriptor that they are read from.
int cl_signal_descriptor(void);
/// Reads one signal number from it; -EAGAIN where none waits.
int cl_signal_next(int descriptor);
/// Unblocks every signal and gives each its default action, as a new program expects.
void cl_reset_signals(void);
/// Lets this process have as many open files as it may give itself.
int cl_raise_open_files(void);

/// setrlimit(2) with the same soft and hard limit, by the kernel's number of the resource.
int cl_limit(int resource, uint64_t value);
/// The kernel's numbers of the resources that may be limited.
int cl_resource_core(void);
int cl_resource_processes(void);
int cl_resource_address_space(void);
int cl_resource_file_size(void);
int cl_resource_open_files(void);
/// A pipe, both ends close-on-exec.
int cl_pipe(int *reading, int *writing);
