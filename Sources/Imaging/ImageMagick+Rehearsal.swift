// ImageMagick loads coders, their libraries and its configuration on first use, which is impossible after confinement. So before it, one
// pixel of each type is decoded, a color name is looked up, and an error is provoked: color names and error messages are also
// loaded from files.

internal import CMagickWand
import Media

extension ImageMagick {
    /// Loads everything that pictures of these types need; after that no file is opened for them.
    ///
    /// - Throws: `ImagingError`, kind `.broken`, when a coder is missing.
    public static func rehearse(_ types: Set<MediaType>) throws {
        for type in types {
            do {
                _ = try picture(type)
            } catch let error as ImagingError where error.kind == .refused {
                throw ImagingError(.broken, "ImageMagick's coder of \(type) does not work: \(error.because)")
            }
        }
        if let type = types.first { try? fail(type) }
        loadColours()
    }

    private static func loadColours() {
        let pixel = NewPixelWand()
        PixelSetColor(pixel, "none")
        DestroyPixelWand(pixel)
    }

    private static func fail(_ type: MediaType) throws {
        try [UInt8]("no picture".utf8).withUnsafeBytes { _ = try Picture($0, type: type, width: 1, height: 1) }
    }
}
