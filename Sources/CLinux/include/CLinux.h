#pragma once

// One header per kernel facility. Every function gives a negative errno where it fails, so that no caller depends
// on the thread's errno surviving until it is read.

#include "addressed_datagrams.h"
#include "caller_paths.h"
#include "child_program.h"
#include "control_messages.h"
#include "file_system.h"
#include "heap.h"
#include "landlock.h"
#include "mounts.h"
#include "namespaces.h"
#include "netlink.h"
#include "process.h"
#include "remote_memory.h"
#include "seccomp_filter.h"
#include "signal_notes.h"
#include "standard_streams.h"
#include "terminal.h"
#include "terminal_guard.h"
