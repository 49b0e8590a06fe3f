#include "heap.h"

#include <malloc.h>

void cl_heap_settings(int arenas, int mapped_bytes, int kept_bytes) {
  mallopt(M_ARENA_MAX, arenas);
  mallopt(M_MMAP_THRESHOLD, mapped_bytes);
  mallopt(M_TRIM_THRESHOLD, kept_bytes);
}
