// What `imagebed doctor` pushed to try the way is removed as if it had never been.

import Database

extension SyncStore {
    /// Removes all JSON files of an account with their names, versions, devices and small contents. (A large content is a file, which a
    /// collection removes; the doctor pushes none.)
    public func erase(account: Int) throws {
        let rows = ErasureRows(database: database)
        try database.write {
            let contents = try rows.contents(of: account)
            try rows.removeAll(of: account)
            for content in contents { try rows.removeContent(content) }
        }
    }
}
