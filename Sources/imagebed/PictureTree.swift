// Stored files have further addresses where an EasyImages site was replaced: below the setting uploads_path, and with hide_path
// without any folder before them. The web server turns them into the path below /uploads/, where everything about serving a
// file is written down once; here is only which addresses they are.

import House
import Media
import Settings

/// The addresses of stored files beside `/uploads/`.
struct PictureTree {
    /// "/i/", nil when there is none but `/uploads/`.
    private let folder: String?
    /// Whether "/2025/07/04/x.jpg" is a stored file's address.
    private let servesShort: Bool

    init(_ settings: Settings) {
        folder = settings.naming.uploadsPath == Links.ownUploads ? nil : settings.naming.uploadsPath
        servesShort = settings.hiding.hidesPath
    }

    /// A map from the path without the site's prefix to the one below `/uploads/`, empty for other addresses.
    var nginx: String {
        let rules = [folder.map { _ in "^\(pattern)(?<imagebed_rest>.+)$" }, servesShort ? "^/(?<imagebed_rest>.+\(kinds))$" : nil]
        return """
            # Written by imagebed from the settings uploads_path and hide_path.
            map $imagebed_script $imagebed_stored {
                default "";
            \(rules.compactMap { $0 }.map { "    \"~\($0)\" $imagebed_rest;\n" }.joined())}

            """
    }

    /// The same as pieces of regular expressions.
    var apache: String {
        """
        # Written by imagebed from the settings uploads_path and hide_path.
        Define IMAGEBED_TREE "\(folder == nil ? PictureTree.never : pattern)"
        Define IMAGEBED_SHORT "\(servesShort ? kinds : PictureTree.never)"

        """
    }

    /// The setting allows nothing that means something in an expression but the dot.
    private var pattern: String { (folder ?? "").split(separator: ".", omittingEmptySubsequences: false).joined(separator: "\\.") }

    private var kinds: String {
        "\\.(?i:\(MediaType.allCases.flatMap(\.fileExtensions).joined(separator: "|")))"
    }

    private static let never = "(?!)"
}
