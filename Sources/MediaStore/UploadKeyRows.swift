// The statements on the table `upload_key`: files by sender and digest of the client's key.

import Crypto
import Database

struct UploadKeyRows {
    let database: any Database

    /// A stored upload.
    struct Stored {
        /// The digest of the request.
        let request: [UInt8]
        /// See `UploadKey.origin`. The column `request` has it behind the digest.
        let origin: [UInt8]
        let file: Int
        let isDuplicate: Bool
        /// See `KeptFile.isSendersOwn`.
        let isSendersOwn: Bool
    }

    /// - Parameter moment: seconds since 1970; keys that ended then or before are not found.
    func stored(_ key: UploadKey, at moment: Int) throws -> Stored? {
        try database.first(
            "SELECT request, file_id, is_duplicate, is_own FROM upload_key WHERE sender = ? AND key = ? AND ends_at > ?",
            key.sender, key.digest, moment
        ) { Stored(request: Array($0.blob(0).prefix(SHA256.length)), origin: Array($0.blob(0).dropFirst(SHA256.length)), file: $0.integer(1), isDuplicate: $0.integer(2) != 0, isSendersOwn: $0.integer(3) != 0) }
    }

    /// - Parameter moment: as for `stored`.
    /// - Returns: false if the key is known already, which stays as it is then.
    func insert(_ stored: Stored, under key: UploadKey, at moment: Int, endsAt end: Int) throws -> Bool {
        try database.run(
            """
            INSERT INTO upload_key (sender, key, request, file_id, is_duplicate, is_own, ends_at) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (sender, key) DO UPDATE SET request = excluded.request, file_id = excluded.file_id,
                is_duplicate = excluded.is_duplicate, is_own = excluded.is_own, ends_at = excluded.ends_at
                WHERE upload_key.ends_at <= ?
            """, key.sender, key.digest, stored.request + stored.origin, stored.file, stored.isDuplicate, stored.isSendersOwn, end, moment) > 0
    }

    /// Removes the keys that have ended, and those that end later than any can: the clock was set back.
    func removeEnded(at moment: Int, latest: Int) throws {
        try database.run("DELETE FROM upload_key WHERE ends_at <= ? OR ends_at > ?", moment, latest)
    }
}
