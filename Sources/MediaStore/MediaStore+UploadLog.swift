// The log of uploads, for the operator: the rows of files that were not deleted for good, with their senders where these were recorded.

import Database

/// An upload as the log tells it.
public struct LoggedUpload: Sendable {
    public let file: StoredFile
    /// nil where none was recorded.
    public let sender: Sender?

    /// Whether the file is in the recycle bin.
    public var isRecycled: Bool { file.state == .recycled }
}

/// What the log is searched for.
public enum UploadSearch: LogSearch, Equatable {
    case everything
    /// As it was recorded.
    case address(String)
    case account(Int)
    /// Part of an original or stored name. Of fewer than two characters nothing is found.
    case name(String)

    public var isByTime: Bool {
        switch self {
        case .everything, .account: true
        case .address, .name: false
        }
    }
}

/// A part of the log of uploads.
public typealias UploadLogRequest = LogRequest<UploadSearch>

extension UploadLogRequest {
    func position(of file: StoredFile) -> RowPosition { RowPosition(key: search.isByTime ? file.createdAt : file.id, id: file.id) }

    /// Whether a row belongs to the log, whatever the database has left out already.
    func shows(_ file: StoredFile) -> Bool { file.state != .leaving && seconds.contains(file.createdAt) }
}

extension MediaStore {
    /// Rows that are read for one part.
    private static let logReadLimit = 1_000

    /// A part of the log.
    public func uploadLog(_ request: UploadLogRequest) throws -> RowPart<LoggedUpload> {
        try database.read {
            let part = try RowPart<StoredFile>(size: request.size, readingAtMost: MediaStore.logReadLimit) { take in
                try eachLogged(request) { take($0, request.position(of: $0), request.shows($0)) }
            }
            return try part.map { LoggedUpload(file: $0, sender: try senderRows.sender(of: $0.id)) }
        }
    }

    private func eachLogged(_ request: UploadLogRequest, _ body: (StoredFile) -> Bool) throws {
        let (start, limit) = (request.start, MediaStore.logReadLimit)
        switch request.search {
        case .everything: try logs.each(of: nil, since: request.seconds.lowerBound, from: start, atMost: limit, body)
        case .account(let id): try logs.each(of: id, since: request.seconds.lowerBound, from: start, atMost: limit, body)
        case .address(let address): try logs.each(from: address, before: start.id, atMost: limit, body)
        case .name(let text): try names.each(text, from: start.id, descending: true, atMost: limit, body)
        }
    }

    /// When the oldest file of the log came, in seconds since 1970; nil for an empty log.
    public func uploadLogBeginning() throws -> Int? { try logs.beginning() }
}
