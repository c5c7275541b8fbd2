// Colors: a picture must mean the same with or without its profile. A profile that the encoded file cannot hold, or that is too large, is
// applied to the pixels, which Little CMS does within ImageMagick.

internal import CMagickWand
import Media

extension Picture {
    /// Interprets the pixels as described, whatever profile the decoder found.
    public func assume(_ colors: ColorDescription) throws {
        removeProfile()
        let profile = ColorProfile.made(of: colors)
        try check(MagickSetImageProfile(wand, "icc", profile, profile.count), "set colour profile")
        hasAssumedProfile = true
    }

    /// Leaves RGB or gray pixels, with their profile where a file of this type can hold it; otherwise they are converted to sRGB.
    ///
    /// - Parameter limit: maximum bytes of the profile; 0 always converts.
    public func settleColors(for type: MediaType, keepingProfileUpTo limit: Int) throws {
        let profile = ColorProfile(profileBytes)
        if let profile, !profile.isSRGB {
            if !hasAssumedProfile, profile.bytes.count <= limit, isHeld(profile.space, by: type) { return }
            convert()
        }
        removeProfile()
        try leaveOtherSpaces()
    }

    /// Whether the encoder writes pixels to which such a profile applies: PNG and JPEG are gray if all pixels are, WebP never is.
    private func isHeld(_ space: ColorProfile.Space, by type: MediaType) -> Bool {
        switch (space, type) {
        case (.rgb, .webp): true
        case (.rgb, .jpeg), (.rgb, .png): imagebed_is_gray(wand) == 0
        case (.gray, .jpeg): MagickGetImageColorspace(wand) == GRAYColorspace
        default: false
        }
    }

    /// Applies the profile. One that is damaged, or of another color space than the pixels, counts as none, as in browsers.
    private func convert() {
        MagickSetImageRenderingIntent(wand, PerceptualIntent)
        let profile = ColorProfile.sRGB
        _ = MagickProfileImage(wand, "icc", profile, profile.count)
        MagickClearException(wand)
    }

    /// Converts CMYK and the like, without a profile.
    private func leaveOtherSpaces() throws {
        let space = MagickGetImageColorspace(wand)
        guard space != sRGBColorspace, space != GRAYColorspace, space != LinearGRAYColorspace else { return }
        try check(MagickTransformImageColorspace(wand, sRGBColorspace), "convert to sRGB")
    }

    /// Empty if there is none.
    var profileBytes: [UInt8] {
        var count = 0
        guard let bytes = MagickGetImageProfile(wand, "icc", &count) else { return [] }
        defer { MagickRelinquishMemory(bytes) }
        return [UInt8](UnsafeBufferPointer(start: bytes, count: count))
    }

    private func removeProfile() {
        var count = 0
        if let bytes = MagickRemoveImageProfile(wand, "icc", &count) { MagickRelinquishMemory(bytes) }
    }
}
