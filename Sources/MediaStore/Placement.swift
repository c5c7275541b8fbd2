// Where a new file is to lie. Files of the API get names that nobody can guess; files of the old forms get the folder and the
// name that the operator's settings and the sender's own name make.

import Media
import Time

/// The place of a new file.
public enum Placement: Sendable {
    /// Below the month, under a random name.
    case unguessable
    /// In this folder ("2025/07/04", or empty) as `body.fileExtension`; `body_1` and so on where the name is taken.
    case named(folder: String, body: String, fileExtension: String)

    /// How many names are tried before the folder counts as full of it.
    static let tries = 10_000

    /// The place at the n-th try; nil when these texts cannot name a stored file.
    func path(_ number: Int, type: MediaType, random: [UInt8]) -> StoredPath? {
        switch self {
        case .unguessable:
            let now = SiteTime.now
            return NewFileName.random(from: random).flatMap {
                StoredPath(of: type, year: now.year, month: now.month, name: $0)
            }
        case .named(let folder, let body, let fileExtension):
            let name = (number == 0 ? body : "\(body)_\(number)") + "." + fileExtension
            return StoredPath(folder.isEmpty ? name : "\(folder)/\(name)")
        }
    }
}

/// Who sent a file, kept where the operator wants it kept.
public struct Sender: Sendable, Equatable {
    public let address: String
    public let port: Int?
    public let userAgent: String
    /// "web", or the id of the token that was used.
    public let way: String

    public init(address: String, port: Int?, userAgent: String, way: String) {
        self.address = address
        self.port = port
        self.userAgent = userAgent
        self.way = way
    }
}
