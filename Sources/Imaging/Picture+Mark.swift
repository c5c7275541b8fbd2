// What is put upon a picture: lines of text, and another picture. ImageMagick annotates; its drawing language, in which a text
// could be an instruction, is not used, and neither is fontconfig: the font is a file.

internal import CMagickWand

/// Font, size and colour of what is written.
public final class Pen {
    let wand: OpaquePointer

    /// - Parameters:
    ///   - font: a file.
    ///   - colour: each 0...1; opacity 1 hides what is behind.
    ///   - size: pixels.
    public init(font: String, size: Int, colour: (red: Double, green: Double, blue: Double, opacity: Double)) throws {
        guard let wand = NewDrawingWand() else { throw ImagingError(.tooLarge, "no memory for a pen") }
        self.wand = wand
        DrawSetFont(wand, font)
        // Points are pixels: without a density of its own ImageMagick takes 72 to the inch.
        DrawSetFontSize(wand, Double(size))
        let pixel = NewPixelWand()
        defer { DestroyPixelWand(pixel) }
        PixelSetRed(pixel, colour.red)
        PixelSetGreen(pixel, colour.green)
        PixelSetBlue(pixel, colour.blue)
        PixelSetAlpha(pixel, colour.opacity)
        DrawSetFillColor(wand, pixel)
    }

    deinit { DestroyDrawingWand(wand) }
}

/// The room that a line of text takes, in pixels.
public struct LineExtent: Hashable, Sendable {
    public let width: Int
    public let height: Int
    /// From the top to the line on which letters stand.
    public let ascent: Int
}

extension Picture {
    /// How large a line would be.
    ///
    /// - Throws: `ImagingError` when the font cannot be used.
    public func extent(of line: String, in pen: Pen) throws -> LineExtent {
        // ImageMagick measures no empty text; height and ascent are those of any.
        guard let metrics = MagickQueryFontMetrics(wand, pen.wand, line.isEmpty ? " " : line) else {
            try check(MagickFalse, "measure text")
            throw ImagingError(.refused, "measure text")
        }
        defer { MagickRelinquishMemory(metrics) }
        // wand/magick-property.c: 2 ascender, 3 descender (negative), 4 width.
        let ascent = Int(metrics[2].rounded(.up))
        return LineExtent(width: line.isEmpty ? 0 : Int(metrics[4].rounded(.up)), height: ascent + Int((-metrics[3]).rounded(.up)), ascent: ascent)
    }

    /// Writes a line that begins at `left` and stands on `baseline`.
    public func write(_ line: String, in pen: Pen, left: Int, baseline: Int) throws {
        guard !line.isEmpty else { return }
        try leavingOpaque { try check(MagickAnnotateImage(wand, pen.wand, Double(left), Double(baseline), 0, line), "write text") }
    }

    /// Lays another picture upon this one.
    public func put(_ other: Picture, left: Int, top: Int) throws {
        try leavingOpaque { try check(imagebed_put(wand, other.wand, left, top), "put a picture on top") }
    }

    /// ImageMagick gives every picture an alpha channel to draw on it; one that had none needs none afterwards.
    private func leavingOpaque(_ draw: () throws -> Void) throws {
        let isOpaque = !hasAlpha
        try draw()
        if isOpaque { try check(MagickSetImageAlphaChannel(wand, DeactivateAlphaChannel), "leave out alpha") }
    }

    /// Makes room for colour in a picture of greys or of inks.
    public func makeColourful() throws {
        guard MagickGetImageColorspace(wand) != sRGBColorspace else { return }
        try check(MagickTransformImageColorspace(wand, sRGBColorspace), "convert to sRGB")
    }

    /// Whether it has no colours, and so no colour profile that would fit any.
    public var isGrey: Bool {
        let space = MagickGetImageColorspace(wand)
        return space == GRAYColorspace || space == LinearGRAYColorspace
    }
}
