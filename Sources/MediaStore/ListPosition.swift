// A place in a list that stays where it is when files come and go: the next part begins behind a row, not after so many rows.

import Media
import Text

/// The order of a list without page numbers.
public enum PartOrder: UInt8, CaseIterable, Sendable {
    case time = 1, views, size
    /// What a search finds: by id, which is the order in which files came here.
    case matches
    /// Of the files of a folder.
    case path

    /// The column of `file`.
    var column: String {
        switch self {
        case .time: "created_at"
        case .views: "views"
        case .size: "size"
        case .matches: "id"
        case .path: "path"
        }
    }
}

/// A place in a list: at one of its rows, by the value of the list's order and the id.
public struct ListPosition: Equatable, Sendable {
    public let order: PartOrder
    public let key: Int
    public let id: Int
    /// The value of the order `path`; empty in the others, whose values are numbers.
    let path: String

    init(_ order: PartOrder, key: Int, id: Int) { (self.order, self.key, self.id, path) = (order, key, id, "") }

    init(path: String, id: Int) { (order, key, self.id, self.path) = (.path, 0, id, path) }

    /// The place of a file in an order.
    public init(_ file: StoredFile, in order: PartOrder) {
        guard order != .path else {
            self.init(path: file.path.text, id: file.id)
            return
        }
        let key = switch order {
        case .time: file.createdAt
        case .views: file.views
        case .size: file.size
        case .matches, .path: file.id
        }
        self.init(order, key: key, id: file.id)
    }

    /// The place before all files that were uploaded at or after a moment, from newest to oldest.
    ///
    /// - Parameter seconds: since 1970.
    public static func before(_ seconds: Int) -> ListPosition { ListPosition(.time, key: seconds, id: 0) }

    /// The place directly behind this one; the part that ends there ends with the row of this one.
    func next(descending: Bool) -> ListPosition {
        let beside = descending ? id - 1 : id + 1
        return order == .path ? ListPosition(path: path, id: beside) : ListPosition(order, key: key, id: beside)
    }

    /// For addresses: 23 characters that mean nothing to others, and more where a path is the place.
    public var text: String { Base64.encode(bytes, .urlSafe) }

    /// - Returns: nil if the text is not one of `text`.
    public init?(_ text: String) {
        guard text.utf8.count <= ListPosition.lengthLimit, let bytes = Base64.decode(text.utf8, .urlSafe, .canonical) else { return nil }
        self.init(bytes)
    }

    /// - Returns: nil if the bytes are not those of `bytes`.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= ListPosition.length, let order = PartOrder(rawValue: bytes[0]), (order == .path) == (bytes.count > ListPosition.length)
        else { return nil }
        let (key, id) = (ListPosition.number(bytes[1..<9]), ListPosition.number(bytes[9..<ListPosition.length]))
        self = order == .path ? ListPosition(path: String(decoding: bytes[ListPosition.length...], as: UTF8.self), id: id)
            : ListPosition(order, key: key, id: id)
    }

    /// Bytes without a path; characters with the longest one.
    private static let length = 17, lengthLimit = (length + StoredPath.maximumLength) * 4 / 3 + 4

    /// The order, key and id, and the path if it is the place.
    var bytes: [UInt8] { [order.rawValue] + ListPosition.bytes(key) + ListPosition.bytes(id) + path.utf8 }

    private static func bytes(_ number: Int) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }
    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { Int(truncatingIfNeeded: bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }) }
}
