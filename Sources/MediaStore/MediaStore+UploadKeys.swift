// An upload with a key is stored once, however often it is repeated. The row of the key is written in the transaction that inserts the
// file's row, so a killed process leaves both or none; a lock keeps two requests from storing at the same time. It is one machine's: where two
// nodes work on one key, or one whose last transaction ends after its death, whoever writes the row of the key second keeps nothing.

import Crypto
import Media
import Time

extension MediaStore {
    /// How long a key is known after its file was stored, in seconds.
    public static let keyLifetime = 86_400

    private static let keyLocks = "upload-keys"

    /// Claims a key for an upload; the claim is held as long as the returned object.
    ///
    /// - Parameters:
    ///   - name: the client's file name.
    ///   - sha256: of the bytes as sent.
    ///   - expiry: as it was asked for: the same term, whenever it is sent.
    /// - Throws: `UploadKeyRefusal`.
    public func claim(_ key: UploadKey, named name: ClientName, sentSHA256 sha256: [UInt8], expiring expiry: Expiry? = nil) throws -> UploadClaim {
        guard let lock = try locks.lock(MediaStore.keyLocks, byteAt: key.lockOffset) else { throw UploadKeyRefusal.inUse }
        // (A name holds no zero byte.)
        let request = SHA256.hash(sha256 + Array(name.text.utf8) + (expiry.map { [0] + Array($0.canonical.utf8) } ?? []))
        return UploadClaim(key, request: request, earlier: try earlier(key, request), lock: lock)
    }

    private func earlier(_ key: UploadKey, _ request: [UInt8]) throws -> KeptFile? {
        guard let stored = try keyRows.stored(key, at: SiteTime.now.seconds) else { return nil }
        guard stored.request == request else { throw UploadKeyRefusal.otherUpload }
        return try kept(stored, key)
    }

    /// What was stored under a key, whatever the file was; nil if nothing was.
    ///
    /// - Throws: `UploadKeyRefusal.fileDeleted`.
    public func stored(under key: UploadKey) throws -> KeptFile? { try keyRows.stored(key, at: SiteTime.now.seconds).map { try kept($0, key) } }

    private func kept(_ stored: UploadKeyRows.Stored, _ key: UploadKey) throws -> KeptFile {
        guard let file = try file(stored.file) else { throw UploadKeyRefusal.fileDeleted }
        return KeptFile(file: file, isDuplicate: stored.isDuplicate, isSendersOwn: stored.isSendersOwn && stored.origin == key.origin)
    }

    /// Records what is stored under a claimed key.
    ///
    /// - Returns: what another node has stored under it meanwhile, which it stays the key of; nil if it is recorded.
    func record(_ kept: (file: Int, isDuplicate: Bool, isSendersOwn: Bool), under claim: UploadClaim?) throws -> KeptFile? {
        guard let claim else { return nil }
        let now = SiteTime.now.seconds
        let stored = UploadKeyRows.Stored(request: claim.request, origin: claim.key.origin, file: kept.file, isDuplicate: kept.isDuplicate,
                                          isSendersOwn: kept.isSendersOwn)
        if try keyRows.insert(stored, under: claim.key, at: now, endsAt: now + MediaStore.keyLifetime) { return nil }
        return try earlier(claim.key, claim.request)
    }

    /// Ends the transaction of an upload whose key another node was first to use.
    struct StoredMeanwhile: Error { let kept: KeptFile }

    func forgetKeys(at moment: Int) throws {
        try keyRows.removeEnded(at: moment, latest: moment + MediaStore.keyLifetime)
    }
}
