// The list of the most common passwords. It is a file beside the program, which says itself where it is from; it is read when a
// password is chosen and at no other time.

import Crypto
import Disk

/// The most common passwords.
public struct CommonPasswords: Sendable {
    private let path: String?

    /// - Parameter path: a file of lower-case words, one a line; lines that begin with `# ` are none. nil for no list.
    public init(path: String?) { self.path = path }

    /// Whether a password is one of them, in whatever case of letters. A list that cannot be read has none.
    public func contains(_ password: String) -> Bool {
        let word = Array(password.lowercased().utf8)
        return words.contains { $0.elementsEqual(word) }
    }

    /// Whether there is a list.
    public var isThere: Bool { !words.isEmpty }

    /// The digests of all of them and what is wrong with each, for passwords of which only the digest is known.
    public var digests: [PasswordDigest: PasswordWeakness] {
        let least = Accounts.passwordLength(.user).lowerBound
        return Dictionary(words.map { (PasswordDigest(hashing: Array($0)), $0.count < least ? .short : .common) }) { first, _ in first }
    }

    /// Bytes.
    private static let sizeLimit = 1 << 20

    private var words: [ArraySlice<UInt8>] {
        guard let path, let slash = path.lastIndex(of: "/"), let folder = try? Folder(String(path[..<slash])),
              let bytes = try? folder.bytes(of: String(path[path.index(after: slash)...]), limit: CommonPasswords.sizeLimit) else { return [] }
        return bytes.split(separator: UInt8(ascii: "\n")).filter { !$0.starts(with: Array("# ".utf8)) }
    }
}
