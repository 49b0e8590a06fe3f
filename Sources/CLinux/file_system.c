#include "file_system.h"

#include <sys/vfs.h>

uint32_t cl_file_system(int descriptor) {
  struct statfs system;
  return fstatfs(descriptor, &system) == 0 ? (uint32_t)system.f_type : 0;
}
