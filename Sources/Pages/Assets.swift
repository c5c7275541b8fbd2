// The addresses of style sheet, scripts and icons. The digest over all of them is part of their folder's name, so that browsers may keep
// them for good: an upgrade changes the address. Scripts import each other by relative paths and need no digest of their own.

import Process

/// The static files of the pages.
struct Assets: Sendable {
    /// The folder's URL path, with a slash at its end.
    let folder: String

    /// - Parameters:
    ///   - prefix: of the site's paths.
    ///   - digest: eight hexadecimal digits; anything else counts as none, and the files are addressed without it.
    init(prefix: String, digest: String? = Assets.digest) {
        let isDigest = digest?.utf8.count == 8 && digest?.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) } == true
        folder = prefix + "/assets/" + (isDigest ? digest.map { $0 + "/" } ?? "" : "")
    }

    func address(_ name: String) -> String { folder + name }

    /// Of the installed files; set by the process manager.
    private static let digest = Environment["IMAGEBED_ASSETS"]
}
