#pragma once

#include <stdint.h>

/// Opens a new pseudo-terminal of the /dev/pts of this mount namespace, both ends close-on-exec.
int cl_terminal_open(int *host_end, int *inner_end);
/// Makes `inner_end` the controlling terminal of the calling session's leader.
int cl_terminal_take_control(int inner_end);
int cl_terminal_size(int descriptor, uint16_t *rows, uint16_t *columns);
int cl_terminal_resize(int descriptor, uint16_t rows, uint16_t columns);
