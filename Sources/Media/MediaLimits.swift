// All limits on what a file's headers may claim, with reasons. Measured figures are from ImageMagick 6.9.11, which does not check these
// before it has spent the memory or time.

/// Limits beyond which a file is rejected.
public struct MediaLimits: Hashable, Sendable {
    /// Pixels of width or height: the maximum of JPEG. What is decoded has a lower limit (`PixelLimit`).
    public var maximumSide = 65_535
    /// Pixels of one picture that is stored: cameras have 200 million at most.
    public var maximumPixels = 250_000_000
    /// Whether a file must not end within a box of it.
    public var requiresWhole = true
    /// Scans of a JPEG: cameras and encoders write about 10; 800 scans of an 8000 x 8000 picture cost 12 s.
    public var jpegScans = 64
    /// Marker segments of a JPEG: ordinary files have under 100, one per 64 KB of color profile and metadata.
    public var jpegSegments = 4_000
    /// Frames of a GIF: 26 KB of memory for each in the decoder, and 10,000 one-pixel frames fit into 260 KB.
    public var gifFrames = 5_000
    /// Frames of an animated WebP; as GIF.
    public var webpFrames = 5_000
    /// Frames that an animated PNG may announce; as GIF.
    public var pngFrames = 5_000
    /// Chunks of a PNG before its picture data: 100,000 text chunks cost the decoder 1.4 s; real files have under 30.
    public var pngChunksBeforeData = 1_000
    /// Consecutive chunks of a WebP, blocks of a GIF and boxes of an HEIC or AVIF that are read; 5,000 frames need 15,000.
    public var containerItems = 20_000
    /// Entries of one TIFF directory that are read: real ones have under 100.
    public var tiffEntries = 4_096

    public init() {}
}
