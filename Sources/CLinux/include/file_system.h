#pragma once

#include <stdint.h>

/// The magic number of the file system that a file is on (statfs(2)); 0 where it is not told.
uint32_t cl_file_system(int descriptor);
