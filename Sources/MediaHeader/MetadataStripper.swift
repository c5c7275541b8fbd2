// Photographs contain the place where they were taken, the camera's serial number and, in thumbnails, content that was cropped away.
// This removes all of that without decoding, so no pixel changes. What affects rendering stays: orientation, color profile, Adobe's
// color transform, animation loops.

import Media
import Text

/// Removes EXIF (including GPS), XMP, IPTC, comments, and anything after the end of a picture, without re-encoding.
public enum MetadataStripper {
    /// Whether this type is supported. BMP, ICO and TGA have no metadata that anybody writes; an SVG is text, and cleaned by the
    /// picture worker.
    public static func strips(_ type: MediaType) -> Bool {
        switch type {
        case .bmp, .ico, .tga, .svg: false
        default: true
        }
    }

    /// Writes the file without its metadata to `sink`, sequentially in pieces of up to 64 KB.
    ///
    /// - Returns: false if there was nothing to remove; `sink` was not called then.
    /// - Throws: `MediaRefusal` for a file whose structure cannot be parsed, before anything is written; errors of the source
    ///   or the sink.
    public static func strip(
        _ source: some ByteSource, limits: MediaLimits = MediaLimits(), into sink: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> Bool {
        let reader = ByteReader(source)
        guard let plan = try plan(reader, limits), plan.changes else { return false }
        try plan.write(reader, into: sink)
        return true
    }

    private static func plan(_ reader: ByteReader, _ limits: MediaLimits) throws -> StrippingPlan? {
        switch try MediaHeader.type(of: reader) {
        case .jpeg: try StrippingPlan.jpeg(reader, limits)
        case .png: try StrippingPlan.png(reader)
        case .gif: try StrippingPlan.gif(reader)
        case .webp: try StrippingPlan.webp(reader, limits)
        case .heic, .avif: try StrippingPlan.heif(reader, limits)
        case .tiff: try StrippingPlan.tiff(reader, limits)
        case let type?: type.kind == .video ? try StrippingPlan.video(reader, type) : nil
        case nil: nil
        }
    }
}
