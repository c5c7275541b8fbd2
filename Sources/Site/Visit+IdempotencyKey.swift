// The header Idempotency-Key of uploads (https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/). Its value is opaque,
// so that clients may send it quoted, as the draft has it, or plain, as most do.

import Accounts
import HTTP
import MediaStore
import ResumableStore
import Text

extension Visit {
    /// Bytes. A visitor without an account is told from others by the key alone, so that it must not be guessed.
    private static let keyLengths = 16...255

    /// The client's key for this upload; nil without one.
    ///
    /// - Throws: `Problem` 400 for a key that is too short, too long or not visible ASCII.
    public var idempotencyKey: String? {
        get throws {
            guard let key = request.header("Idempotency-Key"), !key.isEmpty else { return nil }
            guard Visit.keyLengths.contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw Problem(.badRequest, says: "Invalid parameter: Idempotency-Key (\(Visit.keyLengths.lowerBound) to "
                    + "\(Visit.keyLengths.upperBound) visible ASCII characters)",
                    detail: "The header Idempotency-Key has \(key.utf8.count.grouped) bytes; it must have \(Visit.keyLengths.lowerBound) to "
                        + "\(Visit.keyLengths.upperBound), all of them visible ASCII characters.")
            }
            return key
        }
    }
}

extension Visit {
    /// The request's key as one of its sender; nil without one.
    ///
    /// - Throws: as `idempotencyKey`.
    public func uploadKey(of caller: Caller) throws -> UploadKey? {
        try idempotencyKey.map { try uploadKey(of: caller, for: site.resumable.id(for: $0, of: caller.sender)) }
    }

    /// The request's keys for the files of its form; none without one.
    ///
    /// - Throws: as `idempotencyKey`.
    public func uploadKeys(of caller: Caller, count: Int) throws -> [UploadKey] {
        guard let key = try idempotencyKey else { return [] }
        let id = site.resumable.id(for: key, of: caller.sender)
        return try (0..<count).map { try uploadKey(of: caller, for: id, place: $0) }
    }

    /// The key under which a resumable upload's file is recorded. Uploads in one request have that of the resumable one with the same
    /// Idempotency-Key, so that a key stores one file, whichever way it is sent.
    ///
    /// - Parameter place: of the file in a form of several, from 0.
    public func uploadKey(of caller: Caller, for id: UploadID, place: Int = 0) throws -> UploadKey {
        UploadKey("upload \(id.text)\(place == 0 ? "" : " file \(place + 1)")", of: caller.sender, from: caller.accountID == nil ? try origin : nil)
    }

    /// Of visitors: two whose programs chose the same key must not get each other's delete links.
    private var origin: String { get throws { "\(try address.network)\n\(request.header("User-Agent") ?? "")" } }
}

extension Caller {
    /// Whose keys and unfinished uploads a request may use. Several programs may have API keys of one account, and get no delete links of each
    /// other's uploads. Visitors are all one: the address of a device changes when it loses its network.
    public var sender: String {
        guard let accountID else { return "visitor" }
        return keyID.map { "account \(accountID) key \($0)" } ?? "account \(accountID)"
    }
}

extension UploadKeyRefusal: ProblemConvertible {
    /// Seconds; an upload that is converted or scaled takes a few.
    private static let retryAfter = 2

    public func problem(failure: String) -> Problem {
        switch self {
        case .inUse: Problem(.conflict, says: "An upload with this Idempotency-Key is in progress",
                             detail: "Another request with this Idempotency-Key is not finished; send this one again in \(UploadKeyRefusal.retryAfter) seconds.",
                             headers: [("Retry-After", "\(UploadKeyRefusal.retryAfter)")])
        case .otherUpload: .keyOfAnotherUpload
        case .fileDeleted: Problem(.gone, says: "The file uploaded with this Idempotency-Key was deleted",
                                   detail: "The file that this Idempotency-Key stands for was deleted since; choose another key to upload it again.")
        }
    }
}

extension Problem {
    /// An Idempotency-Key that came with another file.
    public static var keyOfAnotherUpload: Problem {
        Problem(.unprocessableContent, says: "Idempotency-Key was used for another upload",
                detail: "This Idempotency-Key came with another file or another name before; choose a new key for each upload.")
    }
}
