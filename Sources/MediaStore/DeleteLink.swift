// A delete link must not be guessable (EasyImages' could be computed from one known link, VulDB 2026) and must stay valid after a
// password change. It is the file's id and its MAC. The key is kept outside the database, so that a stolen backup cannot be used to
// delete files. Nothing is stored, and a link can be computed again at any time.

import Crypto
import Text

/// Makes and reads the `hash` of `/application/del.php?hash=…`: 43 characters of the URL-safe base64 alphabet.
public struct DeleteLink {
    private let secret: [UInt8]
    /// The purpose of a token, part of the MAC's input: a token is valid for one purpose only.
    private let word: String
    private static let macLength = 24

    public init(secret: [UInt8]) { self.init(secret: secret, word: "delete") }

    private init(secret: [UInt8], word: String) {
        self.secret = secret
        self.word = word
    }

    /// Tokens for the `key` of `/app/hide.php?key=…`, under the same secret: they allow to view a file only.
    public var hiding: DeleteLink { DeleteLink(secret: secret, word: "hide") }

    /// Places in lists, under the same secret.
    var cursors: ListCursor { ListCursor(secret: secret) }

    /// The token of a file.
    public func token(for id: Int) -> String {
        let number = withUnsafeBytes(of: Int64(id).bigEndian) { Array($0) }
        return Base64.encode(number + mac(of: number), .urlSafe)
    }

    /// The id in a token; nil if the token is invalid. Base64 padding is accepted: clients written for EasyImages' tokens add it.
    public func id(of token: String) -> Int? {
        let padded = token.utf8.count == 44 && token.hasSuffix("=")
        let text = padded ? String(token.dropLast()) : token
        guard text.utf8.count == 43, let bytes = Base64.decode(text.utf8, .urlSafe, .canonical), bytes.count == 8 + DeleteLink.macLength else {
            return nil
        }
        let number = Array(bytes.prefix(8))
        guard ConstantTime.equal(mac(of: number), Array(bytes.dropFirst(8))) else { return nil }
        return Int(number.reduce(Int64(0)) { $0 << 8 | Int64($1) })
    }

    private func mac(of number: [UInt8]) -> [UInt8] {
        Array(HMACSHA256.authenticate(Array(word.utf8) + number, key: secret).prefix(DeleteLink.macLength))
    }
}
