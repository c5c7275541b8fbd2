// The statements on `removal`, a table of servers alone: what other nodes have to remove that they derived from a file.

import Database
import Media

struct RemovalRows {
    let database: any Database

    private static let now = "extract(epoch FROM clock_timestamp())::bigint"
    private static let atOnce = 200

    /// Within the transaction that says what became of the files, if there is one.
    func note(_ paths: [StoredPath]) throws {
        guard database.engine == .postgresql else { return }
        for start in stride(from: 0, to: paths.count, by: Self.atOnce) {
            let part = paths[start..<min(start + Self.atOnce, paths.count)]
            // (No path has a line's end in it.)
            try database.run("INSERT INTO removal (path, at) SELECT path, \(Self.now) FROM unnest(string_to_array(?, chr(10))) AS path",
                             part.map(\.text).joined(separator: "\n"))
        }
    }
}
