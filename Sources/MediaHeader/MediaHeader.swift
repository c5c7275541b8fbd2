// The first check of an uploaded file: its type and what its headers claim, rejected if over a limit. This must run before any decoder sees
// the file: even the "ping" of ImageMagick decodes a whole WebP (a 34-byte file costs 1.2 GB), and no decoder limits the number
// of scans of a JPEG.

import Media
import Text

/// Reads type, size in pixels, orientation, frames and duration out of a file's own headers.
public enum MediaHeader {
    /// Reads the headers of a file.
    ///
    /// The type is that of the leading bytes, whatever follows: the file is stored with that type's extension and media type.
    ///
    /// - Parameter nameHint: the client's file name; used only to detect a TGA without a footer.
    /// - Throws: `MediaRefusal`, or what the source throws.
    public static func read(
        _ source: some ByteSource, nameHint: String? = nil, limits: MediaLimits = MediaLimits()
    ) throws -> MediaFacts {
        let reader = ByteReader(source, capacity: 131_072)
        guard let type = try type(of: reader, nameHint: nameHint) else {
            throw MediaRefusal(.notRecognised, because: "content of no stored type")
        }
        return try facts(type, reader, limits)
    }

    /// Type and size in pixels of an already stored file: no limits, and a JPEG is read only up to its picture data, so that a scan of
    /// thousands of files reads a few pages of each. Before such a file is decoded, `read` must be called.
    ///
    /// - Throws: `MediaRefusal`, or what the source throws.
    public static func glance(_ source: some ByteSource, nameHint: String? = nil) throws -> MediaFacts {
        let reader = ByteReader(source, capacity: 16_384)
        guard let type = try type(of: reader, nameHint: nameHint) else {
            throw MediaRefusal(.notRecognised, because: "content of no stored type")
        }
        if type == .jpeg { return try JPEGReader(reader, .none).glance() }
        return try facts(type, ByteReader(source, capacity: 131_072), .none)
    }

    /// The type of a source that may be incomplete, by its first bytes; nil if unsupported, or for TGA, which is recognised at its end.
    public static func type(ofBeginning source: some ByteSource) throws -> MediaType? {
        let reader = ByteReader(source, capacity: recognisedWithin)
        // The bytes belong to the reader.
        return try withExtendedLifetime(reader) { recognise(try reader.bytes(at: 0, min(source.size, recognisedWithin))) }
    }

    static func type(of reader: ByteReader, nameHint: String? = nil) throws -> MediaType? {
        let leading = try reader.bytes(at: 0, min(reader.size, recognisedWithin))
        return try recognise(leading) ?? (TGAReader.recognise(reader, nameHint: nameHint) ? .tga : nil)
    }

    private static func facts(_ type: MediaType, _ reader: ByteReader, _ limits: MediaLimits) throws -> MediaFacts {
        switch type {
        case .jpeg: try JPEGReader(reader, limits).read()
        case .png: try PNGReader(reader, limits).read()
        case .gif: try GIFReader(reader, limits).read()
        case .webp: try WebPReader(reader, limits).read()
        case .bmp: try BMPReader(reader, limits).read()
        case .tiff: try TIFFReader(reader, limits).read()
        case .ico: try ICOReader(reader, limits).read()
        case .tga: try TGAReader(reader, limits).read()
        case .avif, .heic: try HEIFReader(reader, limits).read(type)
        case .svg: MediaFacts(type: .svg)
        case .mp4, .mov, .m4v: try ISOBaseMedia.read(reader.source, type: type, requiresWhole: limits.requiresWhole)
        case .webm, .mkv: try Matroska.read(reader.source)
        case .avi: try AVI.read(reader.source)
        case .wmv: try ASF.read(reader.source)
        }
    }
}

extension MediaLimits {
    /// For files that are not decoded: only loops are limited.
    static var none: MediaLimits {
        var limits = MediaLimits()
        limits.requiresWhole = false
        (limits.maximumSide, limits.maximumPixels) = (.max, .max)
        (limits.gifFrames, limits.webpFrames, limits.pngFrames, limits.containerItems) = (100_000, 100_000, 100_000, 400_000)
        return limits
    }

    /// Throws if a claimed size exceeds a limit.
    func check(width: Int, height: Int, of what: String) throws {
        guard width > 0, height > 0 else { throw ByteReader.damaged("\(what) of \(width) x \(height) pixels") }
        guard width <= maximumSide, height <= maximumSide else {
            throw MediaRefusal(.tooLarge("maximumSide"), because: "\(what) of \(width) x \(height), side over \(maximumSide)",
                               detail: "The picture is \(width.grouped) x \(height.grouped) pixels large; this site takes \(maximumSide.grouped) "
                                   + "on a side. Send a smaller one.")
        }
        let (pixels, overflows) = width.multipliedReportingOverflow(by: height)
        guard !overflows, pixels <= maximumPixels else {
            throw MediaRefusal(.tooLarge("maximumPixels"), because: "\(what) of \(width) x \(height), over \(maximumPixels)",
                               detail: "The picture has \(overflows ? "over \(Int.max.grouped)" : pixels.grouped) pixels (\(width.grouped) x "
                                   + "\(height.grouped)); this site takes \(maximumPixels.grouped). Send a smaller one.")
        }
    }

    /// Throws if a count exceeds a limit.
    func check(_ count: Int, _ name: String, _ limit: Int) throws {
        guard count <= limit else { throw MediaRefusal(.tooLarge(name), because: "more than \(limit) \(name)") }
    }
}
