// Bodies that come in pieces of every size, and what the multipart reader makes of them.

import HTTP

typealias Bytes = [UInt8]

/// Bytes that come in pieces; the sizes are used in turn, the last again and again.
final class PiecewiseBody: BodyStream {
    private var rest: ArraySlice<UInt8>
    private var sizes: ArraySlice<Int>

    init(_ bytes: Bytes, sizes: [Int] = [.max]) {
        rest = bytes[...]
        self.sizes = sizes[...]
    }

    convenience init(_ text: String) { self.init(Bytes(text.utf8)) }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let size = sizes.count > 1 ? sizes.removeFirst() : sizes.first ?? .max
        let piece = rest.prefix(min(size, buffer.count))
        buffer.copyBytes(from: piece)
        rest = rest.dropFirst(piece.count)
        return piece.count
    }
}

/// A body too large to be held: a beginning, a filling of a number of bytes, an end.
final class GeneratedBody: BodyStream {
    private let start: Bytes, filling: Bytes, end: Bytes
    private let length: Int
    private var offset = 0
    /// The longest piece that was asked for.
    private(set) var largestRequest = 0

    init(start: String, filling: Bytes, length: Int, end: String) {
        self.start = Bytes(start.utf8)
        self.filling = filling
        self.length = length
        self.end = Bytes(end.utf8)
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        largestRequest = max(largestRequest, buffer.count)
        let piece: ArraySlice<UInt8>
        if offset < start.count {
            piece = start[offset...].prefix(buffer.count)
        } else if offset < start.count + length {
            piece = filling.prefix(min(buffer.count, start.count + length - offset))
        } else {
            piece = end.dropFirst(offset - start.count - length).prefix(buffer.count)
        }
        buffer.copyBytes(from: piece)
        offset += piece.count
        return piece.count
    }
}

/// A part as it was read.
struct ReadPart: Equatable, CustomStringConvertible {
    let name: String
    let fileName: Bytes?
    let contentType: String?
    let content: Bytes

    var description: String {
        let file = fileName.map { " file \"\(String(decoding: $0, as: UTF8.self))\"" } ?? ""
        let type = contentType.map { " (\($0))" } ?? ""
        return "\(name)\(file)\(type): \(content.count < 200 ? String(decoding: content, as: UTF8.self) : "\(content.count) bytes")"
    }
}

/// All parts of a form, or the message of its refusal.
enum Outcome: Equatable {
    case parts([ReadPart])
    case refused(String)

    init(_ contentType: String, _ body: some BodyStream, _ limits: MultipartLimits = MultipartLimits()) throws {
        do {
            let reader = try MultipartReader(contentType: contentType, body: body, limits: limits)
            var parts: [ReadPart] = []
            while let part = try reader.nextPart() {
                var content: Bytes = []
                if part.fileName == nil {
                    content = try Bytes(reader.readField().utf8)
                } else {
                    try reader.readPart { content += $0 }
                }
                parts.append(ReadPart(name: part.name, fileName: part.fileName, contentType: part.contentType, content: content))
            }
            self = .parts(parts)
        } catch let problem as Problem {
            self = .refused("\(problem.status.code) \(problem.says)")
        }
    }

    init(_ body: String, boundary: String = "b") throws {
        try self.init("multipart/form-data; boundary=\(boundary)", PiecewiseBody(body))
    }

    /// Each part in a line, or the refusal without the words that all of them begin with.
    var lines: [String] {
        switch self {
        case .parts(let parts): parts.map(\.description)
        case .refused(let message): [message.hasPrefix(Outcome.prefix) ? "refused: " + message.dropFirst(Outcome.prefix.count) : message]
        }
    }

    private static let prefix = "400 Invalid multipart body: "
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers in every run.
struct RepeatableNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
