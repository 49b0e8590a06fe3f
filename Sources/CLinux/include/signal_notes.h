#pragma once

/// From now on each arrival of this signal writes its number as one byte to the descriptor of cl_signal_notes_to. A
/// SIGTSTP that a process sent, and no terminal, comes as its number and 64. A signal that the process was started with ignored stays so (nohup), SIGINT and SIGQUIT apart.
void cl_signal_note(int signal_number);
/// Where the bytes go; -1 for nowhere.
void cl_signal_notes_to(int descriptor);
/// Gives the signal its default action back, unless it is ignored.
void cl_signal_forget(int signal_number);
/// Stops this process as a terminal's Control-Z does, with `whole_job` its whole process group; returns when it goes on.
/// Where no shell could let it go on (an orphaned process group) it returns at once, unless
/// `by_force` says that somebody has asked for it who can let it go on.
void cl_suspend(int whole_job, int by_force);
