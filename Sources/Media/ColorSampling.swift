// A JPEG may hold a color for each pixel, or one for a block of four, which takes fewer bytes and blurs colored edges.

/// How densely a JPEG that is encoded here holds colors.
public enum ColorSampling: Sendable {
    /// For each pixel (4:4:4).
    case full
    /// For blocks of 2 x 2 pixels (4:2:0).
    case quarter

    /// As libgd does: full from quality 90 on (gdImageJpegCtx in gd_jpeg.c). At the bytes of a thumbnail of quality 90 that has 39.9 dB against
    /// 38.1 with a quarter of the colors for photographs, and 34 to 36 against 21 to 29 for colored text (Tests/Benchmarks/run sampling).
    /// Pictures over 12 megapixels have no room for it: the encoder holds all coefficients in memory, 6 bytes of a pixel instead of 3.
    public init(quality: Int, pixels: Int) { self = quality >= 90 && pixels <= ColorSampling.mostPixels ? .full : .quarter }

    private static let mostPixels = 12_000_000
}
