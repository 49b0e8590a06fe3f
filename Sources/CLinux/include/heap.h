#pragma once

/// How the C library's heap keeps memory (mallopt(3)): at most so many arenas; what is at least so long in pages of its
/// own, which go back when it is freed; and so much kept free at a heap's end.
void cl_heap_settings(int arenas, int mapped_bytes, int kept_bytes);

/// Gives free pages of the heap back to the kernel, also those between what is in use (malloc_trim(3)).
void cl_heap_give_back(void);

/// Lets go of the program's own code in memory; what is used comes back from the file.
void cl_code_give_back(void);
