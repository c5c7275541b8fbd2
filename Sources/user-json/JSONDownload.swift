// Contents and differences to be saved: streamed, and every value as it is stored.

import HTTP
import JSONText
import SyncAPI
import SyncRules
import SyncStore

enum JSONDownload {
    /// A version's content.
    static func response(_ pulled: PulledVersion, _ key: FileKey) throws -> Response {
        var response = try SyncJSON.content(pulled.content).response
        response.headers.set("Content-Disposition", ContentDisposition.attachment(name(key, "v\(pulled.version.number)")))
        return response
    }

    /// An array of objects with the members `path`, `before` and `after`; the last two are missing where there is no value.
    static func response(_ pair: VersionPair, _ key: FileKey, _ from: Int, _ to: Int) -> Response {
        var response = Response(.ok, body: .stream { write in
            try withoutActuallyEscaping(write) { try stream(pair, $0) }
        })
        response.headers.set("Content-Type", Response.jsonType)
        response.headers.set("X-Content-Type-Options", "nosniff")
        response.headers.set("Cache-Control", "no-store")
        response.headers.set("Content-Disposition", ContentDisposition.attachment(name(key, "v\(from)-v\(to)")))
        return response
    }

    /// Bytes of differences. Paths repeat the keys that lead to them, so that they can be much longer than both documents.
    private static let limit = 104_857_600

    private static func stream(_ pair: VersionPair, _ write: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
        var separator = "[", left = limit
        try pair.eachChange { change in
            let head = Array(separator.utf8) + Array("\n{\"path\":".utf8) + JSONValue.string(change.path).bytes
            try head.withUnsafeBytes(write)
            for (name, value) in [("before", change.before), ("after", change.after)] {
                guard let value else { continue }
                try Array(",\"\(name)\":".utf8).withUnsafeBytes(write)
                try value.withBytes(write)
            }
            try Array("}".utf8).withUnsafeBytes(write)
            left -= head.count + (change.before?.count ?? 0) + (change.after?.count ?? 0)
            separator = ","
            return left > 0
        }
        let end = left > 0 ? "" : ",\n{\"truncated\":true}"
        try Array("\(separator == "[" ? "[" : end)\n]\n".utf8).withUnsafeBytes(write)
    }

    /// "user_settings-v7.json".
    private static func name(_ key: FileKey, _ version: String) -> String {
        let plain = key.text.hasSuffix(".json") ? String(key.text.dropLast(5)) : key.text
        return String(plain.map { $0 == "/" || $0 == "\\" ? "_" : $0 }) + "-\(version).json"
    }
}
