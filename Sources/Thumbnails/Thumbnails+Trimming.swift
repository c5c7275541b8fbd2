// Trimming walks the cache twice with little memory: first it sums up bytes by the hour of writing, then it removes the
// oldest hours; of the last such hour only as much as needed, to keep files that may be in use.

import Disk
import Time

extension Thumbnails {
    /// Removes the oldest files until at most `bytes` are left.
    ///
    /// - Returns: the number of removed files, and the bytes that are left.
    func removeOldest(to bytes: Int, clearsFolders: Bool = true) throws -> (removed: Int, left: Int) {
        var bytesByHour: [Int: Int] = [:]
        var left = 0
        try walk(cache, depth: 0, clearsFolders) { _, _, file in
            bytesByHour[file.modified / 3600, default: 0] += file.size
            left += file.size
        }
        var surplus = left - bytes
        var lastHourToGo = Int.min
        for (hour, size) in bytesByHour.sorted(by: { $0.key < $1.key }) where surplus > 0 {
            lastHourToGo = hour
            if size >= surplus { break }
            surplus -= size
        }
        let now = Now.seconds
        var removed = 0
        var ofLastHour: [(path: String, modified: Int, size: Int)] = []
        try walk(cache, depth: 0, clearsFolders) { folder, name, file in
            let hour = file.modified / 3600
            if hour == lastHourToGo, file.size > 0 { return ofLastHour.append((folder.path + "/" + name, file.modified, file.size)) }
            guard hour < lastHourToGo || Thumbnails.isForgiven(name, age: now - file.modified) else { return }
            try folder.remove(name)
            removed += 1
            left -= file.size
        }
        for (path, _, size) in ofLastHour.sorted(by: { $0.modified < $1.modified }) where left > bytes {
            try cache.remove(String(path.dropFirst(cache.path.count + 1)))
            removed += 1
            left -= size
        }
        return (removed, left)
    }

    /// Maximum nesting of folders in the cache: those of a stored path, and the picture's own.
    private static let deepest = 100

    /// Calls `visit` for each file, and optionally removes folders that are empty afterwards.
    private func walk(_ folder: Folder, depth: Int, _ clearsFolders: Bool, _ visit: (Folder, String, File) throws -> Void) throws {
        for name in try folder.entries() {
            if let inner = try? folder.folder(name) {
                guard depth < Thumbnails.deepest else { continue }
                try walk(inner, depth: depth + 1, clearsFolders, visit)
                if clearsFolders, try inner.entries().isEmpty { try? folder.removeFolder(name) }
            } else if let file = try existing(folder, name) {
                try visit(folder, name, file)
            }
        }
    }
}
