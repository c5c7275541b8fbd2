// What a file's headers state, read without decoding.

/// Type, size in pixels, frames and duration of one file.
public struct MediaFacts: Hashable, Sendable {
    public var type: MediaType
    /// Width in pixels as displayed, after orientation; nil when the headers do not state it (SVG, some videos).
    public var width: Int?
    /// Height in pixels as displayed, after orientation; nil when the headers do not state it.
    public var height: Int?
    /// EXIF orientation 1...8 (EXIF 2.32, tag 0x0112); 1 when there is none or when this format stores rotation elsewhere.
    public var orientation: Int
    /// Number of frames; 1 for still pictures and for videos.
    public var frames: Int
    /// Seconds; nil for pictures and for videos whose headers do not state it.
    public var duration: Double?
    /// Whether pixels are stored as RGB, not as grayscale, palette or CMYK, which need more memory to decode.
    public var isRGB = true
    /// Whether this variant of a decodable type can be decoded.
    public var isDecoded = true
    /// Bytes of the coefficients that a JPEG decoder keeps of a progressive picture in spite of reduction; nil if unknown.
    public var coefficientBytes: Int?
    /// Whether a JPEG decoder outputs nothing before the last scan.
    public var isProgressive = false

    public init(
        type: MediaType, width: Int? = nil, height: Int? = nil, orientation: Int = 1, frames: Int = 1,
        duration: Double? = nil
    ) {
        self.type = type
        self.width = width
        self.height = height
        self.orientation = orientation
        self.frames = frames
        self.duration = duration
    }

    /// From the stored size: orientations 5...8 swap width and height; a value outside 1...8 counts as 1.
    public init(type: MediaType, storedWidth: Int, storedHeight: Int, orientation: Int, frames: Int = 1) {
        let known = (1...8).contains(orientation) ? orientation : 1
        let swaps = known >= 5
        self.init(
            type: type, width: swaps ? storedHeight : storedWidth, height: swaps ? storedWidth : storedHeight,
            orientation: known, frames: frames)
    }

    /// Whether the picture worker decodes it.
    public var isDecodable: Bool { type.isDecodable && isDecoded }

    /// Whether it is an animated picture.
    public var isAnimated: Bool { type.kind == .image && frames > 1 }
}
