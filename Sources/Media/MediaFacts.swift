// What a file's own headers say about it, without anything being decoded.

/// Type, size in pixels, frames and duration of one file.
public struct MediaFacts: Hashable, Sendable {
    public var type: MediaType
    /// Pixels across, as shown: after orientation; nil when the headers do not say (SVG, some videos).
    public var width: Int?
    /// Pixels down, as shown: after orientation; nil when the headers do not say.
    public var height: Int?
    /// EXIF orientation 1...8 (EXIF 2.32, tag 0x0112); 1 when there is none or the type shows itself upright.
    public var orientation: Int
    /// Pictures in the file that are shown one after the other; 1 for still pictures and for videos.
    public var frames: Int
    /// Seconds; nil for pictures and for videos whose headers do not say.
    public var duration: Double?
    /// Whether a picture's pixels are stored as red, green and blue, and not as greys, a palette or inks, which cost a decoder more.
    public var isRGB = true
    /// Whether the decoder holds a whole JPEG back until its last scan.
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

    /// Facts from the size as stored: orientations 5...8 lie on their side and swap it; one out of 1...8 counts as 1.
    public init(type: MediaType, storedWidth: Int, storedHeight: Int, orientation: Int, frames: Int = 1) {
        let known = (1...8).contains(orientation) ? orientation : 1
        let swaps = known >= 5
        self.init(
            type: type, width: swaps ? storedHeight : storedWidth, height: swaps ? storedWidth : storedHeight,
            orientation: known, frames: frames)
    }

    /// Whether a picture moves.
    public var isAnimated: Bool { type.kind == .image && frames > 1 }
}
