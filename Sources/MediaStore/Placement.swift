// The path of a new file. Files uploaded through the API get names that cannot be guessed; files of the old forms get the folder and
// name that follow from the settings and the original name.

import Media
import Time

/// How the path of a new file is chosen.
public enum Placement: Sendable {
    /// In the month's folder, with a random name.
    case unguessable
    /// In this folder ("2025/07/04", or empty) as `body.fileExtension`; `body_1` and so on if the name is taken.
    case named(folder: String, body: String, fileExtension: String)

    /// How many names are tried before the upload fails.
    static let tries = 10_000

    /// The path for the n-th attempt; nil if it would not be a valid path of a stored file.
    func path(_ number: Int, of new: NewFile, random: [UInt8]) -> StoredPath? {
        let path = path(number, type: new.facts.type, random: random)
        return new.expiresAt == nil ? path : path?.expiring
    }

    private func path(_ number: Int, type: MediaType, random: [UInt8]) -> StoredPath? {
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

/// Who uploaded a file; stored if the settings say so.
public struct Sender: Sendable, Equatable {
    public let address: String
    public let port: Int?
    public let userAgent: String
    /// "web", or the number of the token that was used.
    public let way: String

    public init(address: String, port: Int?, userAgent: String, way: String) {
        self.address = address
        self.port = port
        self.userAgent = userAgent
        self.way = way
    }
}
