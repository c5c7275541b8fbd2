// ImageMagick silently ignores a policy that it cannot find or parse. So the library is used only after verifying
// that our policy is in force.

internal import CMagickWand
import Media

/// The library: initialized once per process, never terminated.
public enum ImageMagick {
    /// The list length limit of our policy, which no distribution's policy has.
    private static let listLength: MagickSizeType = 64

    /// Initializes the library; fails unless our policy is in force.
    ///
    /// - Throws: `ImagingError`, kind `.broken`.
    public static func start() throws {
        MagickWandGenesis()
        let found = MagickGetResourceLimit(ListLengthResource)
        guard found == listLength else {
            throw ImagingError(.broken, "ImageMagick does not use our policy: list-length is \(found)")
        }
    }

    /// Self-test: tries an operation that the policy forbids, and decodes each of these types.
    ///
    /// - Throws: `ImagingError`, kind `.broken`.
    public static func proveItself(with types: Set<MediaType>) throws {
        for name in ["label:x", "xc:red"] where isRead(name) {
            throw ImagingError(.broken, "ImageMagick reads \(name) in spite of our policy")
        }
        try rehearse(types)
    }

    /// A picture of one pixel, for measuring text.
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
