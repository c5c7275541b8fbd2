// WMV: values are blanked in place (Advanced Systems Format specification, chapters 3 and 4). Of attributes only the values go, except of
// those that players need.

import Media
import Text

/// Finds the metadata of an ASF file.
struct ASFMetadata {
    private enum Name {
        static let header = UInt64(0x3026_B275_8E66_CF11), fileProperties = UInt64(0xA1DC_AB8C_47A9_CF11)
        static let headerExtension = UInt64(0xB503_BF5F_2EA9_CF11), content = UInt64(0x3326_B275_8E66_CF11)
        static let extendedContent = UInt64(0x40A4_D0D2_07E3_D211), metadata = UInt64(0xEACB_F8C5_AF5B_7748)
        static let library = UInt64(0x941C_2344_9894_D149), branding = UInt64(0xFAB3_1122_23BD_D211)
        static let xmp = UInt64(0xBE7A_CFCB_97A9_42E8)
    }

    /// Names of attributes whose values stay.
    private static let kept: Set<String> = ["AspectRatioX", "AspectRatioY", "IsVBR", "DeviceConformanceTemplate", "WM/WMADRCPeakReference",
                                            "WM/WMADRCAverageReference", "BufferAverage", "VBR Peak"]

    private let reader: ByteReader
    private let budget = VideoBudget()
    private var found: [VideoMetadata.Patch] = []

    /// - Throws: `MediaRefusal` if the objects of the header cannot be parsed.
    static func patches(_ source: some ByteSource) throws -> [VideoMetadata.Patch] {
        var metadata = ASFMetadata(reader: ByteReader(source))
        try metadata.search(0..<source.size, isTop: true)
        return metadata.found
    }

    private init(reader: ByteReader) { self.reader = reader }

    /// The objects within a range; the first eight bytes of their names differ.
    private mutating func search(_ range: Range<Int>, isTop: Bool = false) throws {
        var offset = range.lowerBound
        while range.upperBound - offset >= 24 {
            try budget.take()
            let name = try reader.big64(at: offset)
            guard let length = Int(exactly: try reader.little64(at: offset + 16)), length >= 24 else {
                throw ByteReader.damaged("ASF object at \(offset) of less than its header")
            }
            // Data of a live recording may state more than there is.
            guard length <= range.upperBound - offset || isTop else { throw ByteReader.damaged("ASF object at \(offset) does not fit") }
            let body = offset + 24..<offset + min(length, range.upperBound - offset)
            switch name {
            case Name.header where isTop && body.count >= 6: try search(body.dropFirst(6))
            case Name.headerExtension where body.count >= 22: try search(body.dropFirst(22))
            // The date follows an identifier and the size.
            case Name.fileProperties where body.count >= 32: blank(body.lowerBound + 24..<body.lowerBound + 32)
            // Five lengths, then title, author, copyright, description and rating.
            case Name.content: blank(body.dropFirst(10))
            case Name.branding, Name.xmp: blank(body)
            case Name.extendedContent: try searchAttributes(body, isExtended: false)
            case Name.metadata, Name.library: try searchAttributes(body, isExtended: true)
            default: break
            }
            offset = body.upperBound
        }
    }

    /// A count, then for each attribute its name and value; where they belong to streams, all lengths come first.
    private mutating func searchAttributes(_ range: Range<Int>, isExtended: Bool) throws {
        var fields = LittleFields(reader, range)
        for _ in 0..<(try fields.next(2)) {
            try budget.take()
            if isExtended { try fields.skip(4) }
            let nameLength = try fields.next(2)
            let early = isExtended ? nil : try fields.text(nameLength)
            try fields.skip(2)
            let valueLength = try fields.next(isExtended ? 4 : 2)
            let name = try early ?? fields.text(nameLength)
            let value = fields.offset..<fields.offset + valueLength
            try fields.skip(valueLength)
            if !ASFMetadata.kept.contains(name) { blank(value) }
        }
    }

    private mutating func blank(_ range: Range<Int>) {
        if !range.isEmpty { found.append(.init(offset: range.lowerBound, length: range.count, replacement: [])) }
    }
}

/// Reads little-endian numbers sequentially within a range; going beyond it throws.
private struct LittleFields {
    private let reader: ByteReader
    private(set) var offset: Int
    private let end: Int

    init(_ reader: ByteReader, _ range: Range<Int>) { (self.reader, offset, end) = (reader, range.lowerBound, range.upperBound) }

    mutating func next(_ bytes: Int) throws -> Int {
        let start = offset
        try skip(bytes)
        return try bytes == 2 ? reader.little16(at: start) : reader.little32(at: start)
    }

    mutating func skip(_ bytes: Int) throws {
        guard bytes <= end - offset else { throw ByteReader.damaged("ASF attribute ends early at \(offset)") }
        offset += bytes
    }

    /// UTF-16 with a zero at its end; only names of ASCII matter.
    mutating func text(_ bytes: Int) throws -> String {
        let start = offset
        try skip(bytes)
        let units = try reader.bytes(at: start, min(bytes, 200))
        let characters = stride(from: 0, to: units.count - 1, by: 2).map { units[$0 + 1] == 0 ? units[$0] : UInt8(ascii: "?") }
        return String(decoding: characters.prefix { $0 != 0 }, as: UTF8.self)
    }
}
