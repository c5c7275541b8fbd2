// Photographs carry the place they were taken at, the camera's serial number and, as thumbnails, what was cropped away.
// This takes all of that out and leaves the coded picture as it is: no pixel is decoded, so none changes. What a picture
// needs to look the same stays: orientation, colour profile, Adobe's colour transform, the loop of an animation.

import Media
import Text

/// Removes EXIF (GPS with it), XMP, IPTC, comments, and whatever follows the end of a picture, without re-encoding.
public enum MetadataStripper {
    /// The types it knows; TIFF, BMP, ICO, TGA, SVG, WebM, MKV, AVI and WMV are left as they are: either they hold no
    /// metadata, or no camera writes it there, or (TIFF) it is not apart from the picture.
    public static func strips(_ type: MediaType) -> Bool {
        switch type {
        case .jpeg, .png, .gif, .webp, .heic, .avif, .mp4, .mov, .m4v: true
        default: false
        }
    }

    /// Writes the file without its metadata to `sink`, front to back in pieces of up to 64 KB.
    ///
    /// - Returns: false when there was nothing to remove; `sink` was not called then, and the file can stay as it is.
    /// - Throws: `MediaRefusal` for a file whose structure cannot be followed, before anything was written; what the source
    ///   or the sink throws.
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
        case .mp4, .mov, .m4v: try StrippingPlan.video(reader)
        default: nil
        }
    }
}
