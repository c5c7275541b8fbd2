// A log may be as large as PHP could write it, so its items are read one after the other: a window moves over the file, in which one whole
// item always fits.

import Text

/// The items of an array file, of which only one is in memory.
public struct PHPArrayStream {
    public struct Item: Sendable {
        public let key: ByteText
        public let value: PHPValue
        /// Where it begins in the file; blanks may come first.
        public let offset: Int
    }

    /// Maximum bytes of one item.
    public static let itemLimit = 256 << 10

    private let source: any ByteSource
    private var reader: PHPArrayReader
    /// The end of the window in the file.
    private var end = 0
    private var close = UInt8(ascii: ")")
    private var next = 0

    /// - Throws: `PHPArrayError`, or an error of the source.
    public init(_ source: any ByteSource, limits: PHPArrayLimits = PHPArrayLimits()) throws {
        self.source = source
        reader = PHPArrayReader([], limits)
        guard source.size <= limits.bytes else { throw reader.refusal("the file has more than \(limits.bytes >> 20) MB") }
        try fill()
        let name = try reader.head()
        guard let close = try reader.opening() else { throw reader.refusal("$\(name) is no array") }
        self.close = close
    }

    /// - Returns: nil at the end of the file.
    public mutating func item() throws -> Item? {
        try fill()
        let offset = reader.passed + reader.at
        do {
            guard let (key, value) = try reader.item(until: close, &next, depth: 1) else {
                try reader.end()
                guard end >= source.size else { throw reader.refusal("more follows after the array: only one is read") }
                return nil
            }
            return Item(key: key, value: value, offset: offset)
        } catch let error as PHPArrayError where end < source.size && PHPArrayReader.unfinished.contains(error.problem) {
            throw PHPArrayError(line: error.line, keys: error.keys, problem: "one item has more than \(PHPArrayStream.itemLimit >> 10) KB")
        }
    }

    /// Reads again an item, whose offset is known.
    public static func item(in source: any ByteSource, at offset: Int) throws -> Item {
        // Nearly all are this short.
        if let short = try? item(in: source, at: offset, length: 1 << 10), short.value.array != nil { return short }
        return try item(in: source, at: offset, length: itemLimit)
    }

    private static func item(in source: any ByteSource, at offset: Int, length: Int) throws -> Item {
        var reader = PHPArrayReader(try source.bytes(at: offset, atMost: length), PHPArrayLimits())
        var next = 0
        let (key, value) = try reader.item(&next, depth: 1)
        return Item(key: key, value: value, offset: offset)
    }

    private mutating func fill() throws {
        guard reader.bytes.count - reader.at < PHPArrayStream.itemLimit, end < source.size else { return }
        let more = try source.bytes(at: end, atMost: PHPArrayStream.itemLimit)
        end = more.isEmpty ? source.size : end + more.count
        reader.slide(more)
    }
}

extension ByteSource {
    /// Some bytes; fewer at the end.
    func bytes(at offset: Int, atMost count: Int) throws -> [UInt8] {
        try Array(unsafeUninitializedCapacity: max(0, min(count, size - offset))) { buffer, filled in
            filled = try read(at: offset, into: UnsafeMutableRawBufferPointer(buffer))
        }
    }
}
