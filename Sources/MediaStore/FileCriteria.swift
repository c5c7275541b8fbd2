// What an administrator's list of everybody's files is narrowed to, beside type and name.

import Media

/// Everybody's files that a list shows, also unlisted ones.
public struct FileCriteria: Equatable, Sendable {
    public enum Owner: Equatable, Sendable {
        case account(Int)
        /// Files without an account.
        case visitors
    }

    /// The way on which a file came, as `Sender.way` tells it.
    public enum Way: Equatable, Sendable {
        case page, anyKey
        /// The number of a key or a token.
        case key(String)

        /// The recorded word of an upload from a page.
        static let pageWord = "web"

        func covers(_ way: String) -> Bool {
            switch self {
            case .page: way == Way.pageWord
            case .anyKey: way != Way.pageWord
            case .key(let number): way == number
            }
        }
    }

    /// Whether they are in the recycle bin; otherwise they are not deleted.
    public var isRecycled: Bool
    public var isUnlisted: Bool
    public var owner: Owner?
    public var way: Way?
    /// The client's address as it was recorded.
    public var address: String?
    /// Files in it and below it.
    public var folder: StoredPath?
    /// One file alone.
    public var path: StoredPath?
    /// Files with higher ids are left out: they came later.
    public var lastID: Int?

    public init(isRecycled: Bool = false, isUnlisted: Bool = false, owner: Owner? = nil, way: Way? = nil, address: String? = nil, folder: StoredPath? = nil,
                path: StoredPath? = nil, lastID: Int? = nil) {
        (self.isRecycled, self.isUnlisted, self.owner, self.way, self.address) = (isRecycled, isUnlisted, owner, way, address)
        (self.folder, self.path, self.lastID) = (folder, path, lastID)
    }

    /// The one order of such a list; nil where it can have another.
    var order: PartOrder? {
        if isRecycled || path != nil { return .matches }
        if folder != nil { return .path }
        return address == nil ? nil : .matches
    }

    /// Whether a file fits, whatever its sender.
    func covers(_ file: StoredFile) -> Bool {
        guard file.isRecycled == isRecycled, !isUnlisted || !file.isPublic, lastID.map({ file.id <= $0 }) ?? true else { return false }
        guard folder.map({ file.path.text.hasPrefix($0.text + "/") }) ?? true, path.map({ file.path == $0 }) ?? true else { return false }
        return switch owner {
        case nil: true
        case .visitors: file.owner == nil
        case .account(let id): file.owner == id
        }
    }

    /// Whether a file's sender fits; nil is one that was not recorded.
    func covers(_ sender: Sender?) -> Bool {
        guard way != nil || address != nil else { return true }
        return sender.map { sent in (address.map { $0 == sent.address } ?? true) && (way?.covers(sent.way) ?? true) } ?? false
    }
}
