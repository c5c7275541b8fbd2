// The libFuzzer target for forms. An input is a line with the content type, then the body.
// `Tests/Fuzz/Multipart/build OUT` makes the program; `SWIFT_BACKTRACE=enable=no OUT/fuzz-multipart -dict=Tests/Fuzz/Multipart/words
// OUT/corpus Tests/Fuzz/Multipart/seeds` runs it (without Swift's own backtrace, which address sanitizer trips over).
// What it finds is a trap, a bad access, a time-out, or a form that means something else when its bytes come in other pieces.

import HTTP

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMultipart(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = UnsafeBufferPointer(start: data, count: size)
    let type = String(decoding: input.prefix { $0 != 10 }, as: UTF8.self)
    let body = Array(input.drop { $0 != 10 }.dropFirst())
    let whole = outcome(type, body, size: .max)
    // A piece size that the fuzzer can choose, and the smallest.
    for size in [1, 2 + Int(body.last ?? 0) % 61] where outcome(type, body, size: size) != whole {
        fatalError("pieces of \(size) bytes give another form")
    }
    return 0
}

/// The parts one after the other, or the message of the refusal.
private func outcome(_ type: String, _ bytes: [UInt8], size: Int) -> [[UInt8]] {
    var parts: [[UInt8]] = []
    do {
        let reader = try MultipartReader(contentType: type, body: Pieces(bytes, size: size))
        while let part = try reader.nextPart() {
            parts += [Array(part.name.utf8), part.fileName ?? [0], Array((part.contentType ?? "").utf8)]
            if part.fileName == nil {
                try parts.append(Array(reader.readField().utf8))
            } else {
                var content: [UInt8] = []
                try reader.readPart { piece in
                    precondition(!piece.isEmpty)
                    content += piece
                }
                parts.append(content)
            }
        }
        return parts
    } catch {
        guard let problem = error as? Problem, problem.status == .badRequest else { fatalError("\(error)") }
        return [Array(problem.says.utf8)]
    }
}

private final class Pieces: BodyStream {
    private var rest: ArraySlice<UInt8>
    private let size: Int

    init(_ bytes: [UInt8], size: Int) {
        rest = bytes[...]
        self.size = size
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let piece = rest.prefix(min(size, buffer.count))
        buffer.copyBytes(from: piece)
        rest = rest.dropFirst(piece.count)
        return piece.count
    }
}
