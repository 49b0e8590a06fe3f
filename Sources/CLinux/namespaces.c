#define _GNU_SOURCE
#include "namespaces.h"

#include <errno.h>
#include <sched.h>

int cl_unshare(int flags) { return unshare(flags) == 0 ? 0 : -errno; }
int cl_new_user_namespace(void) { return CLONE_NEWUSER; }
int cl_new_network_namespace(void) { return CLONE_NEWNET; }
