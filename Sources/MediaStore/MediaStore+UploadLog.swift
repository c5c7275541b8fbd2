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

/// What the log is asked for.
public struct UploadLogRequest: Sendable {
    public enum Search: Equatable, Sendable {
        case everything
        /// As it was recorded.
        case address(String)
        case account(Int)
        /// Part of an original or stored name. Of fewer than two characters nothing is found.
        case name(String)
    }

    let search: Search
    let seconds: Range<Int>
    let start: RowPosition
    let size: Int

    /// Rows of a part.
    public static let usualSize = 50

    /// - Parameters:
    ///   - seconds: since 1970, between which the files came.
    ///   - position: behind which the part begins; of a part of the same search.
    public init(_ search: Search = .everything, in seconds: Range<Int> = 0..<Int.max, from position: RowPosition = .beginning, size: Int = usualSize) {
        (self.search, self.seconds, self.size) = (search, seconds, size)
        start = position.key < seconds.upperBound || !search.isByTime ? position : RowPosition(key: seconds.upperBound, id: 0)
    }

    func position(of file: StoredFile) -> RowPosition { RowPosition(key: search.isByTime ? file.createdAt : file.id, id: file.id) }

    /// Whether a row belongs to the log, whatever the database has left out already.
    func shows(_ file: StoredFile) -> Bool { file.state != .leaving && seconds.contains(file.createdAt) }
}

extension UploadLogRequest.Search {
    /// Whether the rows are found in order of their times; otherwise in order of ids, in which they came here.
    fileprivate var isByTime: Bool {
        switch self {
        case .everything, .account: true
        case .address, .name: false
        }
    }
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
