// The cache may grow as large as the operator says. Trimming walks it twice with little memory: once to add up bytes by
// the hour in which they were written, once to remove the oldest hours.

import Disk
import Glibc

extension Thumbnails {
    /// Removes the oldest thumbnails until at most `bytes` are kept, to the hour; returns how many went.
    @discardableResult
    public func trim(to bytes: Int) throws -> Int {
        var bytesByHour: [Int: Int] = [:]
        var total = 0
        try walk(cache, depth: 0) { _, _, file in
            bytesByHour[file.modified / 3600, default: 0] += file.size
            total += file.size
        }
        var lastHourToGo = Int.min
        for (hour, size) in bytesByHour.sorted(by: { $0.key < $1.key }) where total > bytes {
            total -= size
            lastHourToGo = hour
        }
        let forgiven = time(nil) - Thumbnails.grudge
        var removed = 0
        try walk(cache, depth: 0) { folder, name, file in
            let isOld = file.modified / 3600 <= lastHourToGo
            guard isOld || name.hasPrefix(Thumbnails.unreadable) && file.modified < forgiven else { return }
            try folder.remove(name)
            removed += 1
        }
        return removed
    }

    /// Folders within each other in the cache: those of a stored path, and that of its picture.
    private static let deepest = 100

    /// Calls for every file, and takes away folders that are empty afterwards.
    private func walk(_ folder: Folder, depth: Int, _ visit: (Folder, String, File) throws -> Void) throws {
        for name in try folder.entries() {
            if let inner = try? folder.folder(name) {
                guard depth < Thumbnails.deepest else { continue }
                try walk(inner, depth: depth + 1, visit)
                if try inner.entries().isEmpty { try? folder.removeFolder(name) }
            } else if let file = try existing(folder, name) {
                try visit(folder, name, file)
            }
        }
    }
}
