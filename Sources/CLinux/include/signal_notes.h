#pragma once

/// From now on each arrival of this signal writes its number as one byte to the descriptor of cl_signal_notes_to. A
/// signal that the process was started with ignored stays so (nohup), SIGINT and SIGQUIT apart.
void cl_signal_note(int signal_number);
/// Where the bytes go; -1 for nowhere.
void cl_signal_notes_to(int descriptor);
/// Gives the signal its default action back, unless it is ignored.
void cl_signal_forget(int signal_number);
/// Stops this process as a terminal's Control-Z does, with `whole_job` its whole process group; returns when it goes on.
/// Where no shell could let it go on (an orphaned process group) it returns at once.
void cl_suspend(int whole_job);
