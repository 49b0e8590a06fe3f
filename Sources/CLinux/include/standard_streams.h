#pragma once

/// Opens those of the descriptors 0 to 2 that are closed on /dev/null; gives -1 where that is not possible. Every
/// program that links this library does it before its main.
int cl_open_standard_streams(void);

/// Whether it was closed when the program began: then nothing is an empty text that was piped in, and nothing that was
/// written has been told.
int cl_standard_stream_was_closed(int stream);
