#pragma once

/// Opens those of the descriptors 0 to 2 that are closed on /dev/null; gives -1 where that is not possible. Every
/// program that links this library does it before its main.
int cl_open_standard_streams(void);
