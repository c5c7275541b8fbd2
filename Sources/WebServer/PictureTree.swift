// Stored files have further addresses where an EasyImages site was replaced: below the setting uploads_path, and with hide_path
// without any folder before them. The web server turns them into the path below /uploads/, where everything about serving a
// file is written down once; here is only which addresses they are.

import Media
import Settings
import Site

/// The addresses of stored files beside `/uploads/`, as parts of regular expressions.
struct PictureTree {
    /// "/i/", nil when there is none but `/uploads/`.
    private let folder: String?
    /// Whether "/2025/07/04/x.jpg" is a stored file's address.
    private let servesShort: Bool

    init(_ settings: Settings) {
        folder = settings.naming.uploadsPath == Links.ownUploads ? nil : settings.naming.uploadsPath
        servesShort = settings.hiding.hidesPath
    }

    /// How addresses begin that lie below the folder.
    var tree: String { folder.map(Expression.literal) ?? Expression.never }

    /// How addresses end that may stand without a folder.
    var short: String {
        servesShort ? "\\.(?i:\(MediaType.allCases.flatMap(\.fileExtensions).joined(separator: "|")))" : Expression.never
    }
}

enum Expression {
    /// Matches nothing.
    static let never = "(?!)"

    /// The setting uploads_path allows nothing that means something in an expression but the dot.
    static func literal(_ path: String) -> String {
        path.split(separator: ".", omittingEmptySubsequences: false).joined(separator: "\\.")
    }
}
