// MagickWand of ImageMagick 6 (Debian 12) and 7 (Debian 13) under one set of names. The quantum defines are what both
// distributions build their default flavour with; Package.swift gives the folders of the headers.
#pragma once
// First, with the same feature macros as everybody else: ImageMagick's headers set their own, and Swift compares the structs.
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#define MAGICKCORE_QUANTUM_DEPTH 16
#define MAGICKCORE_HDRI_ENABLE 0
#if __has_include(<MagickWand/MagickWand.h>)
#include <MagickWand/MagickWand.h>
#else
#include <wand/MagickWand.h>
#endif

// ImageMagick 6 takes a blur factor more. Catmull-Rom: sharper than a triangle, a third cheaper than Lanczos.
static inline MagickBooleanType imagebed_resize(MagickWand *wand, size_t width, size_t height) {
#if defined(MagickLibVersion) && MagickLibVersion >= 0x700
    return MagickResizeImage(wand, width, height, CatromFilter);
#else
    return MagickResizeImage(wand, width, height, CatromFilter, 1.0);
#endif
}

// ImageMagick 7 asks whether the picture beneath clips the one above; 6 takes the arguments in another order.
static inline MagickBooleanType imagebed_put(MagickWand *wand, const MagickWand *above, ssize_t left, ssize_t top) {
#if defined(MagickLibVersion) && MagickLibVersion >= 0x700
    return MagickCompositeImage(wand, above, OverCompositeOp, MagickTrue, left, top);
#else
    return MagickCompositeImage(wand, above, OverCompositeOp, left, top);
#endif
}
