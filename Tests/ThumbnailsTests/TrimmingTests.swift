// The oldest hours go first, and no more of them than needed.

import Disk
import Glibc
import Testing
@testable import Thumbnails

@Suite struct TrimmingTests {
    private func fill(_ site: Site, _ files: [(name: String, bytes: Int, hour: Int)]) throws {
        for file in files {
            let parts = file.name.split(separator: "/")
            _ = try Folder("\(site.scratch.path)/thumbs").folder(parts.dropLast().joined(separator: "/"), creates: true)
            let path = site.scratch.write([UInt8](repeating: 1, count: file.bytes), as: "thumbs/\(file.name)")
            var times = [timeval(tv_sec: file.hour * 3600, tv_usec: 0), timeval(tv_sec: file.hour * 3600, tv_usec: 0)]
            utimes(path, &times)
        }
    }

    static let rows: [(limit: Int, removed: Int, left: [String])] = [
        (1000, 0, ["a", "b", "c"]), (600, 0, ["a", "b", "c"]), (599, 1, ["b", "c"]), (300, 2, ["c"]), (299, 3, []), (0, 3, []),
    ]

    @Test(arguments: rows.indices) func oldestGoFirst(_ row: Int) throws {
        let site = try Site()
        try fill(site, [("2024/04/a/1", 100, 10), ("2024/04/b/1", 200, 20), ("2024/05/c/1", 300, 30)])
        #expect(try site.service().trim(to: Self.rows[row].limit) == Self.rows[row].removed)
        let root = try Folder("\(site.scratch.path)/thumbs")
        let left = ["2024/04/a/1", "2024/04/b/1", "2024/05/c/1"].filter { root.holds($0) }.map { String($0.dropFirst(8).prefix(1)) }
        #expect(left == Self.rows[row].left)
    }

    @Test func emptyFoldersAndOldMarkersGo() throws {
        let site = try Site()
        try fill(site, [("2024/04/a/\(Thumbnails.unreadable)", 0, 10), ("2024/04/b/\(Thumbnails.interrupted)-3", 0, 0)])
        try site.service().trim(to: 1000)
        try site.service().trim(to: 1000)
        #expect(try Folder("\(site.scratch.path)/thumbs").entries().isEmpty)
    }
}
