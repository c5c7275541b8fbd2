// deflateInit and inflateInit are macros that pass the header's version and struct size, which Swift does not import.
#pragma once
#include <zlib.h>

static inline int imagebed_deflate_init(z_stream *stream, int level) { return deflateInit(stream, level); }
static inline int imagebed_inflate_init(z_stream *stream) { return inflateInit(stream); }
