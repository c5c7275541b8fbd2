// The name under which a file is shown and found. Its address does not depend on it.

import Database
import Media

extension MediaStore {
    /// Gives a file another name.
    ///
    /// - Parameter owner: whose file it has to be; nil for anybody's.
    /// - Returns: the file with its new name; nil if there is no such file, or if it is deleted or its time is over.
    public func rename(_ id: Int, to name: ClientName, of owner: Int?) throws -> StoredFile? {
        try database.write {
            guard let file = try file(id), owner == nil || file.owner == owner else { return nil }
            try rows.rename(id, to: name)
            return try rows.file(id)
        }
    }
}
