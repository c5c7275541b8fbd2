// The folder of new files by date. What an operator wrote as a format may make anything; only what can be a folder of stored
// files, and is none of the tree's own, is one.

import Media

/// A folder below the picture tree, made of a date.
public enum DateFolder {
    /// Folders directly below the tree that hold no pictures of their own.
    public static let reserved: Set<String> = ["cache", "recycle", "suspic", "thumbnails"]

    /// Whether a path leads into one of them, in whatever case some file system may take for the same.
    public static func isReserved(_ path: StoredPath) -> Bool { reserved.contains(path.text.prefix { $0 != "/" }.lowercased()) }

    /// What is taken where a format makes no folder.
    public static let usual = "Y/m/d"

    /// The folder without a slash at its ends, empty for the tree itself.
    ///
    /// EasyImages stored with a format that does not end in a slash in one place and told another; here there is one.
    public static func folder(_ format: String, at date: DateText) -> String {
        let made = date.format(format).split(separator: "/").joined(separator: "/")
        if made.isEmpty { return "" }
        let isUsable = StoredPath(made) != nil && made.utf8.count <= 200
            && !reserved.contains(String(made.prefix { $0 != "/" }).lowercased())
        return isUsable ? made : date.format(usual)
    }
}

extension DateFolder {
    /// A folder of somebody's own with a day in it ("7/2025/07/04"); nil where the name cannot be one.
    public static func folder(named name: String, at date: DateText) -> String? {
        let made = FileNameBody.cleaned(name, lengthLimit: 60)
        return made.isEmpty || reserved.contains(made.lowercased()) ? nil : "\(made)/\(date.format(usual))"
    }
}
