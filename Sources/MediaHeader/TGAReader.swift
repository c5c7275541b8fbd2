// TGA has no signature at its start. A file with the version 2 footer is TGA if its header is plausible; a file without the
// footer only if the client's file name says TGA and every field of the header is plausible.

import Media

struct TGAReader {
    private let reader: ByteReader
    private let limits: MediaLimits

    init(_ reader: ByteReader, _ limits: MediaLimits) {
        self.reader = reader
        self.limits = limits
    }

    /// Whether the footer or the file name says TGA and the header is plausible.
    static func recognise(_ reader: ByteReader, nameHint: String?) throws -> Bool {
        guard reader.size >= 18, try header(reader) != nil else { return false }
        if let nameHint, MediaType(fileExtension: ClientName(nameHint).fileExtension) == .tga { return true }
        return try reader.size >= 44 && reader.bytes(at: reader.size - 18, 18).elementsEqual("TRUEVISION-XFILE.\0".utf8)
    }

    /// - Throws: `MediaRefusal`.
    func read() throws -> MediaFacts {
        guard let size = try TGAReader.header(reader) else { throw ByteReader.damaged("TGA header") }
        try limits.check(width: size.width, height: size.height, of: "TGA")
        return MediaFacts(type: .tga, width: size.width, height: size.height)
    }

    /// The size from a header whose fields are all plausible and whose uncompressed picture fits into the file; otherwise nil.
    ///
    /// Truevision TGA 2.0, fields 1 to 5.
    private static func header(_ reader: ByteReader) throws -> (width: Int, height: Int)? {
        let fields = try reader.bytes(at: 0, 18)
        let (mapType, type, depth) = (fields[1], fields[2], Int(fields[16]))
        let (mapLength, mapDepth) = (fields.little16(5), Int(fields[7]))
        let (width, height) = (fields.little16(12), fields.little16(14))
        guard mapType <= 1, fields[17] & 0xC0 == 0, fields[17] & 0x0F <= 8, width > 0, height > 0 else { return nil }
        let depths: [Int] =
            switch type {
            case 1, 9: [8, 16]
            case 2, 10: [15, 16, 24, 32]
            case 3, 11: [8, 16]
            default: []
            }
        let needsMap = type & 0x07 == 1
        guard depths.contains(depth), !needsMap || mapType == 1 else { return nil }
        guard mapType == 1 ? [15, 16, 24, 32].contains(mapDepth) && mapLength > 0 : mapLength == 0 else { return nil }
        let before = 18 + Int(fields[0]) + mapLength * ((mapDepth + 7) / 8)
        let data = type >= 9 ? 1 : width * height * ((depth + 7) / 8)
        return before + data <= reader.size ? (width, height) : nil
    }
}
