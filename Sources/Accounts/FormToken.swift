// The CSRF token of forms. It is derived from the session cookie, which other sites cannot read. Pages are compressed and also contain text
// that a visitor chose, so a token that is the same in each could be guessed from their lengths (BREACH); each page therefore shows another
// spelling of it.

import Crypto
import Text

/// The token of a session's forms.
public struct FormToken: Sendable {
    /// The name of the form field.
    public static let field = "form_token"

    private let bytes: [UInt8]

    /// - Parameter session: the value of the session cookie.
    public init(session: String) { bytes = SHA256.hash(Array(("form " + session).utf8)) }

    /// A spelling for one page: random bytes, then the token XORed with them, in hexadecimal.
    public func masked() -> String { masked(by: RandomBytes.make(FormToken.length)) }

    func masked(by pad: [UInt8]) -> String { Hexadecimal.encode(pad + zip(pad, bytes).map { $0 ^ $1 }) }

    /// Whether a form's field is a spelling of this token. Pages of releases before 2026-11 have it without a mask; the check accepts that
    /// for good, because only what a page shows can be guessed.
    func matches(_ text: String) -> Bool {
        guard text.utf8.count <= 4 * FormToken.length, let sent = Hexadecimal.decode(text) else { return false }
        switch sent.count {
        case FormToken.length: return ConstantTime.equal(sent, bytes)
        case 2 * FormToken.length:
            let unmasked = zip(sent.prefix(FormToken.length), sent.dropFirst(FormToken.length)).map { $0 ^ $1 }
            return ConstantTime.equal(unmasked, bytes)
        default: return false
        }
    }

    /// Bytes of a SHA-256.
    static let length = 32
}
