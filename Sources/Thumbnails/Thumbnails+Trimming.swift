// Trimming walks the cache twice with little memory: once to add up bytes by the hour in which they were written, once to remove the
// oldest hours; of the last of them only as much as is needed, so that what somebody is being sent stays.

import Disk
import Time

extension Thumbnails {
    /// Keeps at most `bytes`.
    ///
    /// - Returns: how many files went, and the bytes of those that stay.
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

    /// Folders within each other in the cache: those of a stored path, and that of its picture.
    private static let deepest = 100

    /// Calls for every file, and takes away folders that are empty afterwards if so wished.
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
