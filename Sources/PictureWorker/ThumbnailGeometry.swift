// The result of the sizing rules, passed to the worker process that applies it.

/// Crop a rectangle of the upright source, scale it, place it on a canvas; all in pixels.
public struct ThumbnailGeometry: Hashable, Sendable {
    public struct Rectangle: Hashable, Sendable {
        public var left: Int
        public var top: Int
        public var width: Int
        public var height: Int

        public init(left: Int, top: Int, width: Int, height: Int) {
            self.left = left
            self.top = top
            self.width = width
            self.height = height
        }
    }

    /// The cropped part of the source.
    public var cut: Rectangle
    /// Position and size of that part on the canvas.
    public var scaled: Rectangle
    /// The size of the thumbnail.
    public var width: Int
    public var height: Int

    /// Whether a WebP encoder takes less memory and more time, as for conversions: the largest thumbnails do.
    public var sparesMemory: Bool { width * height > 1_000_000 }

    public init(cut: Rectangle, scaled: Rectangle, width: Int, height: Int) {
        self.cut = cut
        self.scaled = scaled
        self.width = width
        self.height = height
    }
}
