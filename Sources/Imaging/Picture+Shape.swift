// What changes a picture's pixels: turning, cutting, scaling, laying on a canvas.

internal import CMagickWand
import Text

extension Picture {
    /// Applies an EXIF orientation (1...8), as the headers gave it.
    public func turnUpright(_ orientation: Int) throws {
        guard (2...8).contains(orientation) else { return }
        try check(MagickSetImageOrientation(wand, OrientationType(UInt32(orientation))), "set orientation")
        try check(MagickAutoOrientImage(wand), "turn upright")
    }

    /// Keeps a rectangle of the picture.
    public func cut(left: Int, top: Int, width: Int, height: Int) throws {
        guard (left, top) != (0, 0) || (width, height) != (self.width, self.height) else { return }
        try check(MagickCropImage(wand, width, height, left, top), "cut")
        MagickResetImagePage(wand, "")
    }

    public func resize(width: Int, height: Int) throws {
        guard (width, height) != (self.width, self.height) else { return }
        // A filter makes a picture between the two sizes. Where the memory of the policy (8 bytes a pixel) has no room for three,
        // pixels are averaged.
        let isLarge = self.width * self.height + self.width * height + width * height > 110_000_000
        try check(isLarge ? MagickScaleImage(wand, width, height) : imagebed_resize(wand, width, height), "resize")
    }

    /// White, as red, green and blue.
    public static let white: [UInt8] = [255, 255, 255]

    /// Puts a canvas of this colour around the picture, or a transparent one; what is transparent in the picture stays so.
    public func pad(
        width: Int, height: Int, left: Int, top: Int, canvas: [UInt8] = Picture.white, isTransparent: Bool
    ) throws {
        guard (width, height) != (self.width, self.height) else { return }
        if isTransparent { try check(MagickSetImageAlphaChannel(wand, SetAlphaChannel), "add alpha") }
        try lay(onto: Picture.name(of: canvas) + (isTransparent ? "00" : ""), width: width, height: height, left: left, top: top)
    }

    /// Puts white behind whatever is transparent.
    public func flatten() throws {
        guard hasAlpha else { return }
        try setBackground(Picture.name(of: Picture.white))
        try check(MagickSetImageAlphaChannel(wand, RemoveAlphaChannel), "remove alpha")
        try check(MagickSetImageAlphaChannel(wand, DeactivateAlphaChannel), "leave out alpha")
    }

    func lay(onto colour: String, width: Int, height: Int, left: Int, top: Int) throws {
        try setBackground(colour)
        MagickResetImagePage(wand, "")
        try check(MagickSetImageCompose(wand, CopyCompositeOp), "set compose")
        try check(MagickExtentImage(wand, width, height, -left, -top), "lay on a canvas")
    }

    /// "#rrggbb".
    private static func name(of colour: [UInt8]) -> String { "#" + Hexadecimal.encode(colour) }

    private func setBackground(_ colour: String) throws {
        let pixel = NewPixelWand()
        defer { DestroyPixelWand(pixel) }
        PixelSetColor(pixel, colour)
        try check(MagickSetImageBackgroundColor(wand, pixel), "set background")
    }
}
