// Files in the recycle bin, and in EasyImages' folder of suspected pictures, are in one folder under flat names: paths with every slash
// replaced by an underscore. That cannot be reversed uniquely: a row, a log or the existing folders may identify the path; without them
// none is guessed.

import Disk
import Media
import Text

/// The name of a file in the recycle bin.
public enum FlatName {
    /// The flat name within the file system's length limit, with a number if the name is taken: "2024_04_name~7.jpg".
    static func of(_ path: StoredPath, number: Int?) -> String {
        let flat = path.flat
        let length = 255 - 24
        let bounded = flat.utf8.count <= length ? flat : "~" + String(decoding: flat.utf8.suffix(length), as: UTF8.self)
        guard let number else { return bounded }
        guard let dot = bounded.utf8.lastIndex(of: UInt8(ascii: ".")) else { return "\(bounded)~\(number)" }
        return "\(bounded[..<dot])~\(number)\(bounded[dot...])"
    }

    /// The path whose folder is the deepest existing one that is named as a date; nil if there is none, or if the rest of the name begins
    /// as a date whose folder does not exist.
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

    /// The last component of a folder named as a date: digits only, perhaps with a dash between them.
    private static func isDate(_ part: Substring) -> Bool {
        !part.isEmpty && part.utf8.allSatisfy { $0.isDigit || $0 == UInt8(ascii: "-") }
    }
}
