// Responses of the JSON endpoints: JSON values into which the stored bytes of contents are inserted. Contents are not parsed again, and
// large ones are not held in memory.

import HTTP
import JSONText
import MediaStore
import SyncStore
import Time

/// A JSON value that may contain stored contents.
public indirect enum SyncJSON {
    case value(JSONValue)
    case object([(String, SyncJSON)])
    case array([SyncJSON])
    case content(KeptContent)
    /// JSON text, inserted unchanged.
    case text([UInt8])

    public static func string(_ text: String?) -> SyncJSON { .value(JSONValue(text)) }
    public static func int(_ number: Int?) -> SyncJSON { .value(JSONValue(number)) }
    public static func bool(_ value: Bool) -> SyncJSON { .value(.bool(value)) }
    /// A time in the site's time zone, or null.
    public static func time(_ seconds: Int?) -> SyncJSON { .value(JSONValue(seconds.map { SiteTime($0).text })) }

    private enum Piece {
        case bytes([UInt8])
        case content(KeptContent)
    }

    /// Contents up to this size are decompressed before the response begins, so that damaged ones cause an error response.
    private static let readyLimit = 1_048_576

    /// A response with status 200.
    public var response: Response {
        get throws {
            var pieces: [Piece] = []
            var open: [UInt8] = []
            flatten(into: &pieces, &open)
            pieces.append(.bytes(open))
            return try SyncJSON.response(pieces)
        }
    }

    private static func response(_ pieces: [Piece]) throws -> Response {
        var size = 0, contentSize = 0
        for piece in pieces {
            switch piece {
            case .bytes(let bytes): size += bytes.count
            case .content(let content): contentSize += content.size
            }
        }
        var response = Response(.ok)
        response.headers.set("Content-Type", Response.jsonType)
        response.headers.set("Content-Length", "\(size + contentSize)")
        response.headers.set("X-Content-Type-Options", "nosniff")
        response.headers.set("Cache-Control", "no-store")
        if contentSize <= readyLimit {
            let whole = Whole()
            try write(pieces, whole.add)
            response.body = .bytes(whole.bytes)
        } else {
            response.body = .stream { sink in try withoutActuallyEscaping(sink) { try write(pieces, $0) } }
        }
        return response
    }

    private static func write(_ pieces: [Piece], _ sink: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
        for piece in pieces {
            switch piece {
            case .bytes(let bytes): try bytes.withUnsafeBytes(sink)
            case .content(let content): try content.write(to: sink)
            }
        }
    }

    private func flatten(into pieces: inout [Piece], _ open: inout [UInt8]) {
        switch self {
        case .value(let value): value.write(to: &open)
        case .text(let text): open += text
        case .content(let content):
            pieces.append(.bytes(open))
            pieces.append(.content(content))
            open = []
        case .array(let elements):
            open.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { open.append(UInt8(ascii: ",")) }
                element.flatten(into: &pieces, &open)
            }
            open.append(UInt8(ascii: "]"))
        case .object(let members):
            open.append(UInt8(ascii: "{"))
            for (index, (name, member)) in members.enumerated() {
                if index > 0 { open.append(UInt8(ascii: ",")) }
                JSONValue.string(name).write(to: &open)
                open.append(UInt8(ascii: ":"))
                member.flatten(into: &pieces, &open)
            }
            open.append(UInt8(ascii: "}"))
        }
    }

    private final class Whole {
        var bytes: [UInt8] = []
        func add(_ piece: UnsafeRawBufferPointer) { bytes += piece }
    }
}
