// MagickWand of ImageMagick 6 (Debian 12) and 7 (Debian 13) under common names. The quantum macros match the default
// builds of both distributions; Package.swift sets the include folders.
#pragma once
// First, with the default feature macros: ImageMagick's headers set their own, and Swift requires identical structs.
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

// ImageMagick 6 has an additional blur parameter. Catmull-Rom: sharper than a triangle filter, a third cheaper than Lanczos.
static inline MagickBooleanType imagebed_resize(MagickWand *wand, size_t width, size_t height) {
#if defined(MagickLibVersion) && MagickLibVersion >= 0x700
    return MagickResizeImage(wand, width, height, CatromFilter);
#else
    return MagickResizeImage(wand, width, height, CatromFilter, 1.0);
#endif
}

// ImageMagick 7 has an additional parameter for clipping to the picture below.
static inline MagickBooleanType imagebed_put(MagickWand *wand, const MagickWand *above, ssize_t left, ssize_t top) {
#if defined(MagickLibVersion) && MagickLibVersion >= 0x700
    return MagickCompositeImage(wand, above, OverCompositeOp, MagickTrue, left, top);
#else
    return MagickCompositeImage(wand, above, OverCompositeOp, left, top);
#endif
}

// Whether all pixels are gray, so that encoders write a gray picture.
static inline int imagebed_is_gray(MagickWand *wand) {
    ExceptionInfo *exception = AcquireExceptionInfo();
    const ImageType type = IdentifyImageGray(GetImageFromMagickWand(wand), exception);
    DestroyExceptionInfo(exception);
    return type != UndefinedType;
}
