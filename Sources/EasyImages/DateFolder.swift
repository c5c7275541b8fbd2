// The date folder of new files. An operator's format can produce any text; it is used only if it is a valid folder of stored
// files and not one of the reserved folders.

import Media

/// A folder in the picture tree, derived from a date.
public enum DateFolder {
    /// Folders directly in the tree that contain no original pictures.
    public static let reserved: Set<String> = ["cache", recycleBin, suspects, "thumbnails"]
    /// Deleted files, under flat names.
    public static let recycleBin = "recycle"
    /// Pictures that a check of contents had put aside, under flat names.
    public static let suspects = "suspic"

    /// Whether a path leads into one of them; case is ignored, as some file systems do.
    public static func isReserved(_ path: StoredPath) -> Bool { reserved.contains(path.text.prefix { $0 != "/" }.lowercased()) }

    /// Used if a format gives no valid folder.
    public static let usual = "Y/m/d"

    /// The folder without a slash at either end; empty for the tree itself.
    ///
    /// With a format that does not end in a slash EasyImages stored the file in one place and returned another; here there is one.
    public static func folder(_ format: String, at date: DateText) -> String {
        let made = date.format(format).split(separator: "/").joined(separator: "/")
        if made.isEmpty { return "" }
        let isUsable = StoredPath(made) != nil && made.utf8.count <= 200
            && !reserved.contains(String(made.prefix { $0 != "/" }).lowercased())
        return isUsable ? made : date.format(usual)
    }
}

extension DateFolder {
    /// An account's own folder with the day in it ("7/2025/07/04"); nil if the name is not a valid folder.
    public static func folder(named name: String, at date: DateText) -> String? {
        let made = FileNameBody.cleaned(name, lengthLimit: 60)
        return made.isEmpty || reserved.contains(made.lowercased()) ? nil : "\(made)/\(date.format(usual))"
    }
}
