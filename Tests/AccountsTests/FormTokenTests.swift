// The token of a session's forms, as pages show it and as forms bring it back.

@testable import Accounts
import Crypto
import Testing
import Text

@Suite struct FormTokenTests {
    private let token = FormToken(session: "session")
    /// As pages showed it before it was masked.
    private let plain = Hexadecimal.encode(SHA256.hash(Array("form session".utf8)))

    @Test func everyPageSpellsItAnew() {
        let spellings = (0..<20).map { _ in token.masked() }
        #expect(Set(spellings).count == 20 && spellings.allSatisfy { $0.utf8.count == 128 && token.matches($0) })
        #expect(token.masked(by: [UInt8](repeating: 0, count: 32)) == String(repeating: "0", count: 64) + plain)
        #expect(spellings.allSatisfy { !$0.contains(plain) })
    }

    /// Of pages that are open while the program is upgraded.
    @Test func itIsKnownWithoutAMask() { #expect(token.matches(plain) && !FormToken(session: "other").matches(plain)) }

    @Test func whatIsNotTheTokenIsRefused() {
        let masked = token.masked()
        let others = [
            "", "x", "0", masked + "00", String(masked.dropLast(2)), String(masked.dropFirst()), masked + masked, String(repeating: "0", count: 64),
            String(repeating: "0", count: 128), String(masked.reversed()), " " + masked, FormToken(session: "").masked(),
            FormToken(session: "other").masked(), String(repeating: "ab", count: 100_000),
        ]
        #expect(others.allSatisfy { !token.matches($0) })
    }
}
