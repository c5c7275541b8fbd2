// The sample install (Tests/Data/easyimages): files as the replaced program wrote them.

import Glibc

enum SampleInstall {
    static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/")
        + "/Data/easyimages"

    static func bytes(_ name: String) -> [UInt8] {
        guard let file = fopen("\(root)/\(name)", "r") else { fatalError("no \(name) in \(root)") }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&piece, 1, piece.count, file), count > 0 { bytes += piece[..<count] }
        return bytes
    }

    static let arrayFiles = [
        "config/config.php", "config/api_key.php", "config/config.guest.php", "admin/logs/upload/2025-07.php",
        "admin/logs/ipcounts/2025-07-01.php", "admin/logs/ipcounts/2025-07-28.php",
    ]
}
