// Watermarks: lines of text, or another picture. Text is drawn with annotate functions; ImageMagick's drawing language, in which text
// could contain instructions, is not used, and neither is fontconfig: the font is a file.

internal import CMagickWand
import Glibc

/// Font, size and color of text.
public final class Pen {
    let wand: OpaquePointer

    /// - Parameters:
    ///   - font: path of a file.
    ///   - colour: components 0...1; opacity 1 is opaque.
    ///   - size: pixels.
    /// - Throws: `ImagingError` if the font's file cannot be read. (ImageMagick would take another font where Ghostscript's are installed.)
    public init(font: String, size: Int, colour: (red: Double, green: Double, blue: Double, opacity: Double)) throws {
        guard access(font, R_OK) == 0 else { throw ImagingError(.refused, "read the font") }
        guard let wand = NewDrawingWand() else { throw ImagingError(.tooLarge, "no memory for a pen") }
        self.wand = wand
        DrawSetFont(wand, font)
        // Points equal pixels: without a density ImageMagick assumes 72 dpi.
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

/// The size of a line of text in pixels.
public struct LineExtent: Hashable, Sendable {
    public let width: Int
    public let height: Int
    /// From the top to the baseline.
    public let ascent: Int
}

extension Picture {
    /// Measures a line.
    ///
    /// - Throws: `ImagingError` if the font cannot be used.
    public func extent(of line: String, in pen: Pen) throws -> LineExtent {
        // ImageMagick cannot measure empty text; height and ascent are the same for any text.
        guard let metrics = MagickQueryFontMetrics(wand, pen.wand, line.isEmpty ? " " : line) else {
            try check(MagickFalse, "measure text")
            throw ImagingError(.refused, "measure text")
        }
        defer { MagickRelinquishMemory(metrics) }
        // wand/magick-property.c: 2 ascender, 3 descender (negative), 4 width.
        let ascent = Int(metrics[2].rounded(.up))
        return LineExtent(width: line.isEmpty ? 0 : Int(metrics[4].rounded(.up)), height: ascent + Int((-metrics[3]).rounded(.up)), ascent: ascent)
    }

    /// Draws a line whose first character is at `left`, on `baseline`.
    public func write(_ line: String, in pen: Pen, left: Int, baseline: Int) throws {
        guard !line.isEmpty else { return }
        try leavingOpaque { try check(MagickAnnotateImage(wand, pen.wand, Double(left), Double(baseline), 0, line), "write text") }
    }

    /// Composites another picture over this one.
    public func put(_ other: Picture, left: Int, top: Int) throws {
        try leavingOpaque { try check(imagebed_put(wand, other.wand, left, top), "put a picture on top") }
    }

    /// ImageMagick adds an alpha channel for drawing; it is removed again if there was none before.
    private func leavingOpaque(_ draw: () throws -> Void) throws {
        let isOpaque = !hasAlpha
        try draw()
        if isOpaque { try check(MagickSetImageAlphaChannel(wand, DeactivateAlphaChannel), "leave out alpha") }
    }

    /// Makes it RGB without a profile, so that colors can be drawn.
    public func makeColourful() throws {
        try settleColors(for: .png, keepingProfileUpTo: 0)
        guard MagickGetImageColorspace(wand) != sRGBColorspace else { return }
        try check(MagickTransformImageColorspace(wand, sRGBColorspace), "convert to sRGB")
    }
}
