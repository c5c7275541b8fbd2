// What is only stored may be larger than what is decoded, for which 50 megapixels are 400 MB of memory.

/// The size up to which pictures are decoded.
public struct PixelLimit: Hashable, Sendable {
    /// Pixels of width or height: the maximum of WebP, and below the decoder policy's 16KP.
    public static let side = 16_383
    /// Width times height that the decoder policy allows.
    public static let most = 50_000_000

    /// Width times height.
    public let pixels: Int

    /// - Parameter pixels: larger values count as `most`.
    public init(pixels: Int = most) { self.pixels = min(pixels, PixelLimit.most) }

    /// Whether a picture of this size, as the decoder gives it, is within the limit.
    public func allows(width: Int, height: Int) -> Bool {
        width <= PixelLimit.side && height <= PixelLimit.side && width * height <= pixels
    }
}
