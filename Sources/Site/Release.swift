// The version of the program. The number is defined only here; the commit is in a file that the installer or the package puts beside the
// executable, because it is unknown at build time.

import Disk

/// This version of the program.
public enum Release {
    public static let number = "1.0.0-beta.1"

    /// "imagebed 1.0.0 (7f72abd)"; only the number if the file is missing.
    public static var text: String {
        let commit = String(decoding: commitFile ?? [], as: UTF8.self).prefix { !$0.isWhitespace }
        return "imagebed \(number)" + (commit.isEmpty ? "" : " (\(commit))")
    }

    private static var commitFile: [UInt8]? { try? Folder(Site.folderOfThisProgram).bytes(of: "commit", limit: 4096) }
}
