// An event as a receiver gets it. Addresses are those of the settings at that moment.

import Events
import JSONText
import Media
import Time

extension StoredEvent {
    /// One JSON object on one line, without a line end.
    public func message(_ links: Links) -> [UInt8] {
        let head: [(String, JSONValue)] = [
            ("id", JSONValue(id)), ("kind", .string(kind.rawValue)), ("time", .string(InternetTime.text(happenedAt))),
            ("site", .string(links.base)), ("owner", JSONValue(owner)),
        ]
        return JSONValue.object(head).bytes.dropLast() + Array(",\"\(kind.subject)\":".utf8) + subject(links) + [UInt8(ascii: "}")]
    }

    /// The stored object, with addresses in front.
    private func subject(_ links: Links) -> [UInt8] {
        guard let path, let stored = StoredPath(path) else { return Array(data.utf8) }
        let addresses: JSONValue = [
            "url": .string(links.file(stored)), "thumbnail_url": .string(links.thumbnail(of: stored)), "path": .string(path),
        ]
        return addresses.bytes.dropLast() + [UInt8(ascii: ",")] + data.utf8.dropFirst()
    }
}
