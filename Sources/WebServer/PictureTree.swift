// If an EasyImages site was replaced, stored files have further URL paths: below the setting uploads_path, and with hide_path without any
// folder. The web server rewrites them to paths below /uploads/, for which serving a file is configured once; this type only describes
// them.

import Media
import Settings
import Site

/// The URL paths of stored files beside `/uploads/`, as parts of regular expressions.
struct PictureTree {
    /// "/i/"; nil if `/uploads/` is the only one.
    private let folder: String?
    /// Whether "/2025/07/04/x.jpg" is the path of a stored file.
    private let servesShort: Bool

    init(_ settings: Settings) {
        folder = settings.naming.uploadsPath == Links.ownUploads ? nil : settings.naming.uploadsPath
        servesShort = settings.hiding.hidesPath
    }

    /// The prefix of paths below the folder.
    var tree: String { folder.map(Expression.literal) ?? Expression.never }

    /// The rest of paths that may omit the folder.
    var short: String {
        servesShort ? PictureTree.ending : Expression.never
    }

    /// The end of names of pictures and videos.
    static let ending = "\\.(?i:\(MediaType.allCases.flatMap(\.fileExtensions).joined(separator: "|")))"
}

enum Expression {
    /// Matches nothing.
    static let never = "(?!)"

    /// The setting uploads_path allows no character with a meaning in regular expressions except the dot.
    static func literal(_ path: String) -> String {
        path.split(separator: ".", omittingEmptySubsequences: false).joined(separator: "\\.")
    }
}
