// Tokens of upload forms: API keys, and tokens imported from EasyImages. EasyImages drops characters that its tokens cannot contain,
// so tokens with added spaces and dashes must be accepted. Half of all API keys contain a dash of their own, so that it is dropped last.

import Text

/// The state of a form's `token`.
public enum UploadToken: Sendable {
    case unknown
    /// The token or its account has expired.
    case expired
    /// - Parameter number: the id that EasyImages gave it, or the key's own id.
    case valid(Caller, number: Int)
}

extension Accounts {
    /// Looks a token up as it was pasted, then without what is in no key, then as EasyImages would read it.
    public func uploadToken(_ text: String) throws -> UploadToken {
        let sent = text.pasted
        guard sent.utf8.count <= Accounts.keyLengthLimit else { return .unknown }
        var tried: [String] = []
        for spelling in [sent, Accounts.only(sent) { $0.isWordByte || $0 == UInt8(ascii: "-") }, Accounts.only(sent, \.isWordByte)]
        where !spelling.isEmpty && !tried.contains(spelling) {
            tried.append(spelling)
            let found = try uploadKey(spelling)
            if case .unknown = found { continue }
            return found
        }
        return .unknown
    }

    private static func only(_ text: String, _ wanted: (UInt8) -> Bool) -> String {
        String(decoding: text.utf8.filter(wanted), as: UTF8.self)
    }

    /// Stores an imported token.
    ///
    /// - Parameter number: its id in answers and folders.
    /// - Returns: false if it was stored already.
    @discardableResult
    public func importToken(_ token: String, number: Int, account: Account, createdAt: Int, expiresAt: Int?) throws -> Bool {
        try keyRows.insert(of: account.id, name: "EasyImages token \(number)", digest: Accounts.digest(of: token), prefix: String(token.prefix(4)),
                           [.upload], at: createdAt, expiresAt: expiresAt, number: number)
    }

    private func uploadKey(_ token: String) throws -> UploadToken {
        guard let found = try keyRows.uploader(of: Accounts.digest(of: token)), found.caller.scopes.contains(.upload) else { return .unknown }
        if let end = found.ends.min(), end < now() { return .expired }
        return .valid(found.caller, number: found.number)
    }
}
