// The list of the most common passwords: a file installed with the program, which states its source. It is read only when a password is
// set.

import Crypto
import Disk

/// The most common passwords.
public struct CommonPasswords: Sendable {
    private let path: String?

    /// - Parameter path: a file of lower-case passwords, one a line; lines that begin with `# ` are comments. nil for no list.
    public init(path: String?) { self.path = path }

    /// Whether a password is in the list, ignoring letter case. An unreadable list counts as empty.
    public func contains(_ password: String) -> Bool {
        let word = Array(password.lowercased().utf8)
        return words.contains { $0.elementsEqual(word) }
    }

    /// Whether a list could be read.
    public var isThere: Bool { !words.isEmpty }

    /// The digests of all of them and the weakness of each, for passwords of which only the digest is known.
    public var digests: [PasswordDigest: PasswordWeakness] {
        let least = Accounts.passwordLength(.user).lowerBound
        return Dictionary(words.map { (PasswordDigest(hashing: Array($0)), $0.count < least ? .short : .common) }) { first, _ in first }
    }

    /// Maximum file size in bytes.
    private static let sizeLimit = 1 << 20

    private var words: [ArraySlice<UInt8>] {
        guard let path, let slash = path.lastIndex(of: "/"), let folder = try? Folder(String(path[..<slash])),
              let bytes = try? folder.bytes(of: String(path[path.index(after: slash)...]), limit: CommonPasswords.sizeLimit) else { return [] }
        return bytes.split(separator: UInt8(ascii: "\n")).filter { !$0.starts(with: Array("# ".utf8)) }
    }
}
