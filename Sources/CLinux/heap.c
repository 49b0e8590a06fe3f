#define _GNU_SOURCE
#include "heap.h"

#include <link.h>
#include <malloc.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

void cl_heap_settings(int arenas, int mapped_bytes, int kept_bytes) {
  mallopt(M_ARENA_MAX, arenas);
  mallopt(M_MMAP_THRESHOLD, mapped_bytes);
  mallopt(M_TRIM_THRESHOLD, kept_bytes);
}

void cl_heap_give_back(void) { malloc_trim(0); }

static int give_back_code(struct dl_phdr_info* program, size_t size, void* context) {
  (void)size, (void)context;
  const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  for (int i = 0; i < program->dlpi_phnum; i++) {
    const ElfW(Phdr)* part = &program->dlpi_phdr[i];
    if (part->p_type != PT_LOAD || !(part->p_flags & PF_X) || (part->p_flags & PF_W)) continue;
    const uintptr_t start = (program->dlpi_addr + part->p_vaddr) & ~(page - 1);
    const uintptr_t end = program->dlpi_addr + part->p_vaddr + part->p_memsz;
    // What nobody may write is as it is in the file: it comes back from there. Where it does not, nothing is lost.
    (void)madvise((void*)start, end - start, MADV_DONTNEED);
  }
  return 1;  // The program itself comes first; the libraries are small.
}

void cl_code_give_back(void) { dl_iterate_phdr(give_back_code, NULL); }
