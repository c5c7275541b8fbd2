// What changes a picture's pixels: turning, cutting, scaling, laying on a canvas.

internal import CMagickWand

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
        try check(imagebed_resize(wand, width, height), "resize")
    }

    /// Lays the picture on a larger canvas: white, or transparent where the picture can be.
    public func pad(width: Int, height: Int, left: Int, top: Int, isTransparent: Bool) throws {
        guard (width, height) != (self.width, self.height) else { return }
        if isTransparent { try check(MagickSetImageAlphaChannel(wand, SetAlphaChannel), "add alpha") }
        try lay(onto: isTransparent ? "none" : "white", width: width, height: height, left: left, top: top)
    }

    /// Puts white behind whatever is transparent.
    public func flatten() throws {
        guard hasAlpha else { return }
        try setBackground("white")
        try check(MagickSetImageAlphaChannel(wand, RemoveAlphaChannel), "remove alpha")
        try check(MagickSetImageAlphaChannel(wand, DeactivateAlphaChannel), "leave out alpha")
    }

    func lay(onto colour: String, width: Int, height: Int, left: Int, top: Int) throws {
        try setBackground(colour)
        MagickResetImagePage(wand, "")
        try check(MagickExtentImage(wand, width, height, -left, -top), "lay on a canvas")
    }

    private func setBackground(_ colour: String) throws {
        let pixel = NewPixelWand()
        defer { DestroyPixelWand(pixel) }
        PixelSetColor(pixel, colour)
        try check(MagickSetImageBackgroundColor(wand, pixel), "set background")
    }
}
