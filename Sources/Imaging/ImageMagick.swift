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
    public static func blank() throws -> Picture { try picture(.png) }

    static func picture(_ type: MediaType) throws -> Picture {
        try (OnePixel.bytes(of: type) ?? []).withUnsafeBytes { try Picture($0, type: type, width: 1, height: 1) }
    }

    private static func isRead(_ name: String) -> Bool {
        let wand = NewMagickWand()
        defer { DestroyMagickWand(wand) }
        return MagickReadImage(wand, name) != MagickFalse && MagickGetNumberImages(wand) > 0
    }
}
