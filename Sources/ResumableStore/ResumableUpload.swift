// A resumable upload as its row describes it.

import Database
import Media
import Text
import Time

/// The form in which an upload's outcome is told, and the rules by which its file is stored.
public enum UploadDialect: String, Sendable, Bindable {
    /// `/api/v1/upload.php`.
    case v1
    /// `/app/upload.php`.
    case app
}

/// What a client says of a file before it sends it.
public struct NewUpload: Sendable {
    public let name: ClientName
    public let dialect: UploadDialect
    /// The header `Upload-Metadata` as sent.
    public let metadata: String
    /// Bytes; at least 1.
    public let length: Int

    /// When the file is to be gone, counted from when it is stored; nil if it stays.
    public var expiry: Expiry? { UploadMetadata(metadata)?[Expiry.field].flatMap { Expiry($0) } }

    public init(name: ClientName, dialect: UploadDialect, metadata: String, length: Int) {
        (self.name, self.dialect, self.metadata, self.length) = (name, dialect, metadata, length)
    }
}

/// A resumable upload.
public struct ResumableUpload: Sendable {
    public enum State: Int, Sendable, Bindable {
        /// Bytes are missing, or all are there and the file is not stored yet.
        case receiving = 0
        case stored = 1
        case refused = 2
    }

    /// The final refusal of a file.
    public struct Refusal: Sendable, Equatable {
        /// The HTTP status.
        public let status: Int
        /// A JSON object.
        public let answer: String

        public init(status: Int, answer: String) { (self.status, self.answer) = (status, answer) }
    }

    let digest: [UInt8]
    /// Who may continue it.
    let sender: String
    public let new: NewUpload
    /// Bytes that are on the disk.
    public internal(set) var offset: Int
    public internal(set) var state: State
    public internal(set) var refusal: Refusal?
    /// Seconds since 1970.
    public internal(set) var endsAt: Int

    /// Whether all bytes are there, and what becomes of them is not decided.
    public var isComplete: Bool { state == .receiving && offset == new.length }

    /// Its file in the folder of unfinished uploads.
    var fileName: String { Hexadecimal.encode(digest) }

    static let columns = "hash, sender, name, dialect, metadata, length, position, state, status, answer, ends_at"

    init(_ row: Row) {
        (digest, sender) = (row.blob(0), row.text(1))
        new = NewUpload(name: ClientName(row.text(2)), dialect: UploadDialect(rawValue: row.text(3)) ?? .v1, metadata: row.text(4),
                        length: row.integer(5))
        (offset, state, endsAt) = (row.integer(6), State(rawValue: row.integer(7)) ?? .receiving, row.integer(10))
        refusal = row.optionalInteger(8).map { Refusal(status: $0, answer: row.text(9)) }
    }

    init(_ id: UploadID, _ new: NewUpload, sender: String, endsAt: Int) {
        (digest, self.sender, self.new, offset, state, self.endsAt) = (id.digest, sender, new, 0, .receiving, endsAt)
    }
}

/// Why a request cannot be carried out.
public enum ResumableRefusal: Error, Equatable {
    /// There is none with this id, or it is another sender's.
    case unknown
    /// It was not continued in time, or its bytes are gone.
    case ended
    /// Another request works on it.
    case inUse
    /// The sender has as many unfinished uploads as are allowed.
    case tooMany(limit: Int)
    /// All bytes of the sender's unfinished uploads.
    case tooMuch(limit: Int)
    /// More bytes than the length that was announced.
    case tooLong
    /// The bytes do not match their checksum.
    case otherSum
    /// The Idempotency-Key is that of an upload with another length, name, dialect or term.
    case otherUpload
}
