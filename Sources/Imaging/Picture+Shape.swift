// Geometry: rotating, cropping, scaling, padding.

internal import CMagickWand
import Text

extension Picture {
    /// Applies an EXIF orientation (1...8) from the headers.
    public func turnUpright(_ orientation: Int) throws {
        guard (2...8).contains(orientation) else { return }
        try check(MagickSetImageOrientation(wand, OrientationType(UInt32(orientation))), "set orientation")
        try check(MagickAutoOrientImage(wand), "turn upright")
    }

    /// Crops to a rectangle.
    public func cut(left: Int, top: Int, width: Int, height: Int) throws {
        guard (left, top) != (0, 0) || (width, height) != (self.width, self.height) else { return }
        try check(MagickCropImage(wand, width, height, left, top), "cut")
        MagickResetImagePage(wand, "")
    }

    public func resize(width: Int, height: Int) throws {
        guard (width, height) != (self.width, self.height) else { return }
        // A resize filter needs an intermediate picture. If the policy's memory limit (8 bytes per pixel) has no room for three pictures,
        // pixels are averaged instead.
        let isLarge = self.width * self.height + self.width * height + width * height > 110_000_000
        try check(isLarge ? MagickScaleImage(wand, width, height) : imagebed_resize(wand, width, height), "resize")
    }

    /// White, as red, green and blue.
    public static let white: [UInt8] = [255, 255, 255]

    /// Centers the picture on a canvas of this color, or on a transparent one; transparent pixels of the picture stay transparent.
    public func pad(
        width: Int, height: Int, left: Int, top: Int, canvas: [UInt8] = Picture.white, isTransparent: Bool
    ) throws {
        guard (width, height) != (self.width, self.height) else { return }
        if isTransparent { try check(MagickSetImageAlphaChannel(wand, SetAlphaChannel), "add alpha") }
        try lay(onto: Picture.name(of: canvas) + (isTransparent ? "00" : ""), width: width, height: height, left: left, top: top)
    }

    /// Composites the picture over white.
    public func flatten() throws {
        guard hasAlpha else { return }
        try setBackground(Picture.name(of: Picture.white))
        try check(MagickSetImageAlphaChannel(wand, RemoveAlphaChannel), "remove alpha")
        try check(MagickSetImageAlphaChannel(wand, DeactivateAlphaChannel), "leave out alpha")
    }

    /// Makes all pixels opaque, with the colors that they have.
    public func dropAlpha() throws {
        guard hasAlpha else { return }
        try check(MagickSetImageAlphaChannel(wand, OpaqueAlphaChannel), "make opaque")
        try check(MagickSetImageAlphaChannel(wand, DeactivateAlphaChannel), "leave out alpha")
    }

    func lay(onto color: String, width: Int, height: Int, left: Int, top: Int) throws {
        try setBackground(color)
        MagickResetImagePage(wand, "")
        try check(MagickSetImageCompose(wand, CopyCompositeOp), "set compose")
        try check(MagickExtentImage(wand, width, height, -left, -top), "lay on a canvas")
    }

    /// "#rrggbb".
    private static func name(of color: [UInt8]) -> String { "#" + Hexadecimal.encode(color) }

    private func setBackground(_ color: String) throws {
        let pixel = NewPixelWand()
        defer { DestroyPixelWand(pixel) }
        PixelSetColor(pixel, color)
        try check(MagickSetImageBackgroundColor(wand, pixel), "set background")
    }
}
