// Many rows that are deleted at once change with one statement for each 200 of them: at each change of a counter PostgreSQL goes through all that a
// transaction has made of it before.

import Database
import Time

extension FileRows {
    private static let changedAtOnce = 200
    private static let ids = [String](repeating: "(?)", count: changedAtOnce).joined(separator: ", ")
    private static let idsWithNames = [String](repeating: "(?, ?)", count: changedAtOnce).joined(separator: ", ")

    /// The same as `beginDeletion(of:)` for many.
    func beginDeletion(of ids: [Int], as name: String?, at now: Int) throws {
        if ids.count == 1 { return try beginDeletion(of: ids[0], as: name, at: now) }
        for start in stride(from: 0, to: ids.count, by: Self.changedAtOnce) {
            // (One text serves all; no row has the id 0.)
            let padded = ids[start...].prefix(Self.changedAtOnce) + [Int](repeating: 0, count: max(0, Self.changedAtOnce - (ids.count - start)))
            _ = try database.run(
                """
                WITH doomed (id) AS (VALUES \(Self.ids))
                UPDATE file SET state = ?, deleted_at = COALESCE(deleted_at, ?), recycled_name = ? FROM doomed WHERE file.id = doomed.id
                """, with: padded.map { $0 as any Bindable } + [FileState.leaving, now, name])
        }
    }

    /// The same as `endDeletion(of:)` for many.
    func endDeletion(of files: [(id: Int, name: String?)]) throws {
        if files.count == 1 { return try endDeletion(of: files[0].id, recycledAs: files[0].name) }
        for start in stride(from: 0, to: files.count, by: Self.changedAtOnce) {
            var values = files[start...].prefix(Self.changedAtOnce).flatMap { [$0.id, $0.name] as [any Bindable] }
            while values.count < 2 * Self.changedAtOnce { values += [0, nil as String?] as [any Bindable] }
            _ = try database.run(
                """
                WITH done (id, name) AS (VALUES \(Self.idsWithNames))
                UPDATE file SET state = ?, recycled_name = done.name FROM done WHERE file.id = done.id
                """, with: values + [FileState.recycled])
        }
    }
}
