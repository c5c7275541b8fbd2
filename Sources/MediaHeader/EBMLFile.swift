// Matroska and WebM are trees of EBML elements (RFC 8794): identifier and size, both variable-length numbers, then the payload.
// Only one level is read at a time, and each element advances the offset, so parsing always ends.

import Media
import Text

/// One element: its identifier with the length marker, as in the specifications, and the range of its payload.
struct EBMLElement {
    let identifier: Int
    let payload: Int
    /// Offset after the element; for one of unknown size (segment or cluster of a live recording) the end of its parent.
    let end: Int
    let isUnknownSize: Bool

    var range: Range<Int> { payload..<end }
}

/// The file as a sequence of elements, each of which counts against the budget.
struct EBMLFile {
    let reader: ByteReader
    let budget: VideoBudget

    /// - Parameter items: how many elements are read before the file is rejected.
    init(_ source: some ByteSource, items: Int = VideoBudget.items) {
        reader = ByteReader(source, capacity: 4_096)
        budget = VideoBudget(items: items)
    }

    init(_ reader: ByteReader, items: Int) { (self.reader, budget) = (reader, VideoBudget(items: items)) }

    /// The element at an offset; nil if not even the shortest one fits before `limit`.
    ///
    /// - Parameter clips: accepts an element that is cut off by the end of the file, for segment and cluster.
    func element(at offset: Int, within limit: Int, clips: Bool = false) throws -> EBMLElement? {
        guard offset >= 0, offset < limit, limit - offset >= 2 else { return nil }
        try budget.take()
        let head = try reader.bytes(at: offset, min(12, limit - offset))
        guard let (identifier, identifierLength) = EBMLFile.number(head, at: 0, longest: 4, keepsMarker: true),
            let (length, lengthLength) = EBMLFile.number(head, at: identifierLength, longest: 8, keepsMarker: false)
        else { throw ByteReader.damaged("no element at \(offset)") }
        let payload = offset + identifierLength + lengthLength
        let isUnknown = length == (1 << (7 * lengthLength)) - 1
        if !isUnknown, length > limit - payload, !clips {
            throw ByteReader.damaged("element at \(offset) is larger than what holds it")
        }
        let end = isUnknown || length > limit - payload ? limit : payload + length
        return EBMLElement(identifier: identifier, payload: payload, end: end, isUnknownSize: isUnknown)
    }

    /// Calls `body` with each element in a range; elements of unknown size are an error here.
    func forEach(in range: Range<Int>, _ body: (EBMLElement) throws -> Void) throws {
        var offset = range.lowerBound
        while let element = try element(at: offset, within: range.upperBound) {
            guard !element.isUnknownSize else { throw ByteReader.damaged("element of unknown size at \(offset)") }
            try body(element)
            offset = element.end
        }
    }

    /// A variable-size number (RFC 8794, 4): its length is one more than the number of leading zero bits.
    private static func number(
        _ bytes: UnsafeRawBufferPointer, at offset: Int, longest: Int, keepsMarker: Bool
    ) -> (value: Int, length: Int)? {
        guard offset < bytes.count, bytes[offset] != 0 else { return nil }
        let length = bytes[offset].leadingZeroBitCount + 1
        guard length <= longest, offset + length <= bytes.count else { return nil }
        let value = bytes[offset..<offset + length].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let marker = UInt64(1) << UInt64(7 * length)
        return (Int(keepsMarker ? value : value & ~marker), length)
    }
}

/// Payloads.
extension EBMLFile {
    /// An unsigned number of up to 8 bytes; Int.max for larger values.
    func unsigned(_ element: EBMLElement) throws -> Int {
        let length = element.range.count
        guard length <= 8 else { throw ByteReader.damaged("number of \(length) bytes") }
        let value = try reader.bytes(at: element.payload, length).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Int(exactly: value) ?? .max
    }

    /// A floating-point number of 0, 4 or 8 bytes.
    func float(_ element: EBMLElement) throws -> Double {
        switch element.range.count {
        case 0: return 0
        case 4: return Double(Float(bitPattern: UInt32(truncatingIfNeeded: try reader.big32(at: element.payload))))
        case 8: return Double(bitPattern: try reader.big64(at: element.payload))
        case let length: throw ByteReader.damaged("floating-point number of \(length) bytes")
        }
    }

    /// A short ASCII text, without zero padding.
    func text(_ element: EBMLElement) throws -> String {
        let bytes = try reader.bytes(at: element.payload, min(element.range.count, 32))
        return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}
