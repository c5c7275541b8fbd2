// What was put aside (the recycle bin, and EasyImages' folder of suspected pictures) lies in one folder under flat names: paths with
// every slash made an underscore. The way back is not unique (C 35): a row or a log may tell, or the folders that are there, and
// where none does, nothing is guessed.

import Disk
import Media
import Text

/// The name of a file that was put aside.
public enum FlatName {
    /// The flat path within what a file system takes, with a number where the name is taken: "2024_04_name~7.jpg".
    static func of(_ path: StoredPath, number: Int?) -> String {
        let flat = path.flat
        let length = 255 - 24
        let bounded = flat.utf8.count <= length ? flat : "~" + String(decoding: flat.utf8.suffix(length), as: UTF8.self)
        guard let number else { return bounded }
        guard let dot = bounded.utf8.lastIndex(of: UInt8(ascii: ".")) else { return "\(bounded)~\(number)" }
        return "\(bounded[..<dot])~\(number)\(bounded[dot...])"
    }

    /// The path whose folder is the deepest one that is there and named as a date; nil where there is none, or where the name goes on
    /// as a date does whose folder is gone.
    public static func path(_ name: String, in tree: Folder) -> StoredPath? {
        let parts = name.split(separator: "_", omittingEmptySubsequences: false)
        for count in stride(from: parts.count - 1, to: 0, by: -1) {
            let folder = parts[..<count].joined(separator: "/")
            guard isDate(parts[count - 1]), let path = StoredPath(folder + "/" + parts[count...].joined(separator: "_")),
                  (try? tree.folder(folder)) != nil else { continue }
            let isWhole = count >= 3 && parts[count - 3..<count].allSatisfy(isDate)
            let goesOn = count < parts.count - 1 && isDate(parts[count]) && parts[count].utf8.count <= 2
            return goesOn && !isWhole ? nil : path
        }
        return nil
    }

    /// The last part of a folder by date holds digits alone, perhaps with a dash between them.
    private static func isDate(_ part: Substring) -> Bool {
        !part.isEmpty && part.utf8.allSatisfy { $0.isDigit || $0 == UInt8(ascii: "-") }
    }
}
