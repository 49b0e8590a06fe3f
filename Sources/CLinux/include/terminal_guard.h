#pragma once

#include <termios.h>

/// Puts the terminal into raw mode and remembers how it was. Until cl_terminal_restore, a signal that would end this
/// process gives the terminal back first; signals that the process handles itself are left alone.
/// With `keep_output`, what others write to the terminal meanwhile is shown as ever.
int cl_terminal_make_raw(int descriptor, int keep_output);
/// Gives the terminal back as it was; does nothing where it is not held. Safe in a signal handler.
void cl_terminal_restore(void);
/// Writes a byte to `descriptor` at each SIGWINCH from now on; -1 stops that.
int cl_terminal_notify_size(int descriptor);
