// The one shape in which a thumbnail's sizes travel from the rules that decide them to the process that carries them out.

/// Cut a rectangle out of the upright source, scale it, lay it on a canvas; all in pixels.
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

    /// What is taken of the source.
    public var cut: Rectangle
    /// Where that comes to lie on the canvas, and how large.
    public var scaled: Rectangle
    /// The size of the thumbnail.
    public var width: Int
    public var height: Int

    public init(cut: Rectangle, scaled: Rectangle, width: Int, height: Int) {
        self.cut = cut
        self.scaled = scaled
        self.width = width
        self.height = height
    }
}
