#pragma once

/// How the C library's heap keeps memory (mallopt(3)): at most so many arenas; what is at least so long in pages of its
/// own, which go back when it is freed; and so much kept free at a heap's end.
void cl_heap_settings(int arenas, int mapped_bytes, int kept_bytes);
