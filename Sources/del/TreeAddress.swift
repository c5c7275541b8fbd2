// How an administrator's page names a file: by its stored path, or by a full URL with one of the site's names.

import EasyImages
import HTTP
import Media
import Settings
import Site
import Text

/// A file in the uploads folder, in one of its special folders, or in the recycle bin.
enum TreeAddress {
    case picture(StoredPath)
    /// In EasyImages' folders for its cache and for suspected pictures.
    case kept(StoredPath)
    /// By its flat name.
    case recycled(String)

    /// "/i/2025/07/04/a.jpg"
    init?(storedPath text: String, _ settings: Settings) {
        guard let path = Links(settings).storedPath(inParameter: text) else { return nil }
        self.init(path)
    }

    private init(_ path: StoredPath) {
        guard DateFolder.isReserved(path) else {
            self = .picture(path)
            return
        }
        self = path.folder == DateFolder.recycleBin ? .recycled(path.name) : .kept(path)
    }

    /// The possible meanings of a URL, most likely first: browsers show it percent-encoded, EasyImages' responses contain it unencoded.
    static func all(_ text: String, _ settings: Settings) -> [TreeAddress] {
        let bases = [settings.baseURL.text] + settings.naming.pictureBases.map(\.text)
        guard let base = bases.first(where: { text.utf8.starts(with: ($0 + "/").utf8) }) else {
            return TreeAddress(storedPath: text, settings).map { [$0] } ?? []
        }
        let rest = Array(text.utf8.dropFirst(base.utf8.count))
        return [rest, PercentCoding.decode(rest)].compactMap {
            Links(settings).storedPath(inAddress: String(decoding: $0, as: UTF8.self), settings)
        }.map { TreeAddress($0) }
    }
}
