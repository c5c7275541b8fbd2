// WMV is stored in ASF; its header object is at the start (Microsoft's Advanced Systems Format specification, chapter 3).
// Objects are identified by 16-byte GUIDs; their 64-bit sizes include the 24-byte object header.

import Media
import Text

/// Reads the header object of an ASF file.
struct ASF {
    private let reader: ByteReader
    private let budget = VideoBudget()
    private var ticks: UInt64 = 0
    private var preroll: UInt64 = 0
    private var isBroadcast = false
    private var size: VideoSize?

    /// A GUID, in the byte order of the file.
    private struct Name: Hashable {
        let first: UInt64
        let second: UInt64

        static let header = Name(first: 0x3026_B275_8E66_CF11, second: 0xA6D9_00AA_0062_CE6C)
        static let fileProperties = Name(first: 0xA1DC_AB8C_47A9_CF11, second: 0x8EE4_00C0_0C20_5365)
        static let streamProperties = Name(first: 0x9107_DCB7_B7A9_CF11, second: 0x8EE6_00C0_0C20_5365)
        static let headerExtension = Name(first: 0xB503_BF5F_2EA9_CF11, second: 0x8EE3_00C0_0C20_5365)
        static let extendedStreamProperties = Name(first: 0xCBA5_E614_72C6_3243, second: 0x8399_A969_5206_5B5A)
        static let videoMedia = Name(first: 0xC0EF_19BC_4D5B_CF11, second: 0xA8FD_0080_5F5C_442B)
    }

    private struct Object {
        let name: Name
        let range: Range<Int>
    }

    /// Width, height and duration of the first video stream.
    ///
    /// - Throws: `MediaRefusal` if there is no header or no video stream, or if objects are inconsistent.
    static func read(_ source: some ByteSource) throws -> MediaFacts {
        var asf = ASF(reader: ByteReader(source, capacity: 4_096))
        return try asf.facts()
    }

    private init(reader: ByteReader) {
        self.reader = reader
    }

    /// The header's own fields (a count and two bytes) come before its objects.
    private mutating func facts() throws -> MediaFacts {
        guard let header = try object(at: 0, within: reader.size), header.name == .header, header.range.count >= 6 else {
            throw ByteReader.damaged("no ASF header")
        }
        try readObjects(in: header.range.dropFirst(6))
        guard let size else { throw ByteReader.damaged("no video stream") }
        return VideoClaims.facts(.wmv, size, duration: duration)
    }

    /// The play duration includes the preroll (buffering time, in milliseconds), which is subtracted (3.2).
    private var duration: Double? {
        isBroadcast ? nil : VideoClaims.seconds(Double(ticks) - Double(preroll) * 1e4, per: 1e7)
    }
}

extension ASF {
    /// The object at an offset; nil if there is no room for one.
    private func object(at offset: Int, within limit: Int) throws -> Object? {
        guard limit - offset >= 24 else { return nil }
        try budget.take()
        let name = Name(first: try reader.big64(at: offset), second: try reader.big64(at: offset + 8))
        guard let length = Int(exactly: try reader.little64(at: offset + 16)), length >= 24, length <= limit - offset else {
            throw ByteReader.damaged("ASF object at \(offset) does not fit into what holds it")
        }
        return Object(name: name, range: offset + 24..<offset + length)
    }

    /// Reads the header's objects, or those of its extension; nested extensions are skipped.
    private mutating func readObjects(in range: Range<Int>, isExtension: Bool = false) throws {
        var offset = range.lowerBound
        while let object = try object(at: offset, within: range.upperBound) {
            offset = object.range.upperBound
            switch object.name {
            case .fileProperties: try readFileProperties(object)
            case .streamProperties: try readStreamProperties(object)
            case .extendedStreamProperties: try readExtendedStreamProperties(object)
            case .headerExtension where !isExtension && object.range.count >= 22:
                try readObjects(in: object.range.dropFirst(22), isExtension: true)
            default: break
            }
        }
    }

    /// The offset of a field, which must lie within the object.
    private func field(_ object: Object, at offset: Int, _ length: Int) throws -> Int {
        guard object.range.count >= offset + length else { throw ByteReader.damaged("ASF object ends early") }
        return object.range.lowerBound + offset
    }

    /// Flag 1 is "broadcast": durations are then invalid (3.2).
    private mutating func readFileProperties(_ object: Object) throws {
        ticks = try reader.little64(at: field(object, at: 40, 8))
        preroll = try reader.little64(at: field(object, at: 56, 8))
        isBroadcast = try reader.byte(at: field(object, at: 64, 4)) & 1 != 0
    }

    /// Video streams: the encoded size, a flag, the length of a BITMAPINFOHEADER, and the header, which repeats the size (3.3, 9.2).
    private mutating func readStreamProperties(_ object: Object) throws {
        let start = try field(object, at: 0, 54)
        let kind = Name(first: try reader.big64(at: start), second: try reader.big64(at: start + 8))
        guard kind == .videoMedia, size == nil else { return }
        let encoded = try dimensions(at: field(object, at: 54, 8))
        guard object.range.count >= 54 + 11 + 12 else { return size = encoded }
        let bitmap = try dimensions(at: field(object, at: 54 + 11 + 4, 8))
        size = bitmap.isStated ? bitmap : encoded
    }

    private func dimensions(at offset: Int) throws -> VideoSize {
        let height = Int32(truncatingIfNeeded: try reader.little32(at: offset + 4))
        return VideoSize(width: try reader.little32(at: offset), height: Int(height.magnitude))
    }

    /// 64 bytes, stream names, payload extension systems, and optionally the stream properties (4.1).
    private mutating func readExtendedStreamProperties(_ object: Object) throws {
        let counts = try field(object, at: 60, 4)
        let names = try reader.little16(at: counts)
        let systems = try reader.little16(at: counts + 2)
        var offset = 64
        for _ in 0..<names {
            try budget.take()
            offset += 4 + (try reader.little16(at: field(object, at: offset + 2, 2)))
        }
        for _ in 0..<systems {
            try budget.take()
            offset += 22 + (try reader.little32(at: field(object, at: offset + 18, 4)))
        }
        guard offset <= object.range.count else { throw ByteReader.damaged("ASF object ends early") }
        let inner = try self.object(at: object.range.lowerBound + offset, within: object.range.upperBound)
        if let inner, inner.name == .streamProperties { try readStreamProperties(inner) }
    }
}
