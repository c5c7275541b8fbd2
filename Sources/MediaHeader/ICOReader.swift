// ICO is stored unchanged: its size is that of its largest picture.

import Media

struct ICOReader {
    /// Entries that are read: real files have under 20.
    private static let entryLimit = 256

    private let reader: ByteReader
    private let limits: MediaLimits

    init(_ reader: ByteReader, _ limits: MediaLimits) {
        self.reader = reader
        self.limits = limits
    }

    /// - Throws: `MediaRefusal` if no entry lies within the file.
    func read() throws -> MediaFacts {
        let count = min(try reader.little16(at: 4), (reader.size - 6) / 16, ICOReader.entryLimit)
        var best = (width: 0, height: 0)
        for index in 0..<max(count, 0) {
            guard let size = try size(ofEntryAt: 6 + index * 16) else { continue }
            if size.width * size.height > best.width * best.height { best = size }
        }
        guard best.width > 0 else { throw ByteReader.damaged("ICO without a picture") }
        return MediaFacts(type: .ico, width: best.width, height: best.height)
    }

    /// Width and height are one byte each; 0 means 256 or more. nil for an entry whose data lies outside the file.
    private func size(ofEntryAt entry: Int) throws -> (width: Int, height: Int)? {
        let fields = try reader.bytes(at: entry, 16)
        let (width, height) = (Int(fields[0]), Int(fields[1]))
        let (length, offset) = (fields.little32(8), fields.little32(12))
        guard length > 0, offset <= reader.size, length <= reader.size - offset else { return nil }
        if width == 0 || height == 0, let size = try sizeOfPNG(at: offset, length) { return size }
        return (width == 0 ? 256 : width, height == 0 ? 256 : height)
    }

    private func sizeOfPNG(at offset: Int, _ length: Int) throws -> (width: Int, height: Int)? {
        guard length >= 24 else { return nil }
        let header = try reader.bytes(at: offset, 24)
        guard header.starts(with: [0x89, 0x50, 0x4E, 0x47]) else { return nil }
        let (width, height) = (header.big32(16), header.big32(20))
        try limits.check(width: width, height: height, of: "ICO picture")
        return (width, height)
    }
}
