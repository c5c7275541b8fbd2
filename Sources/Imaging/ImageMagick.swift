// ImageMagick ignores a policy that it cannot find or parse, silently. So the library is used only after it was asked
// whether ours is in force.

internal import CMagickWand
import Media

/// The library as a whole: started once for each process, never stopped.
public enum ImageMagick {
    /// The list length of our policy, which no policy of a distribution has.
    private static let listLength: MagickSizeType = 64

    /// Starts the library, and stays away from pictures when our policy is not in force.
    ///
    /// - Throws: `ImagingError`, kind `.broken`.
    public static func start() throws {
        MagickWandGenesis()
        let found = MagickGetResourceLimit(ListLengthResource)
        guard found == listLength else {
            throw ImagingError(.broken, "ImageMagick does not use our policy: list-length is \(found)")
        }
    }

    /// Tries what the policy forbids and what it allows, each of these types.
    ///
    /// - Throws: `ImagingError`, kind `.broken`.
    public static func proveItself(with types: Set<MediaType>) throws {
        for name in ["label:x", "xc:red"] where isRead(name) {
            throw ImagingError(.broken, "ImageMagick reads \(name) in spite of our policy")
        }
        try rehearse(types)
    }

    /// A picture of one pixel, to measure on.
    public static func blank() throws -> Picture {
        try onePixel.withUnsafeBytes { try Picture($0, type: .png, width: 1, height: 1) }
    }

    private static func isRead(_ name: String) -> Bool {
        let wand = NewMagickWand()
        defer { DestroyMagickWand(wand) }
        return MagickReadImage(wand, name) != MagickFalse && MagickGetNumberImages(wand) > 0
    }

    /// A grey PNG of one pixel.
    private static let onePixel: [UInt8] = [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48, 0x44, 0x52,
        0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3A, 0x7E, 0x9B,
        0x55, 0x00, 0x00, 0x00, 0x0A, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9C, 0x63, 0x68, 0x00, 0x00, 0x00,
        0x82, 0x00, 0x81, 0x77, 0xCD, 0x72, 0xB6, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE,
        0x42, 0x60, 0x82,
    ]
}
