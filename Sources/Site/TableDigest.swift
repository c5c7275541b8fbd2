// A digest of a table that is the same whichever engine has it: of each row the SHA-256 of its values, all added up, so that the order in which an
// engine gives rows makes no difference.

import Crypto
import Database

/// The number of rows and what they add up to.
struct TableDigest: Equatable, Sendable {
    private(set) var count = 0
    private var sums: [UInt64] = [0, 0, 0, 0]

    mutating func add(_ row: [Binding]) {
        let hash = SHA256.hash(row.flatMap(TableDigest.bytes))
        count += 1
        for (place, start) in stride(from: 0, to: SHA256.length, by: 8).enumerated() {
            sums[place] &+= hash[start..<(start + 8)].reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    /// A value's kind, length and bytes. U+0000 is what a server has in its place.
    private static func bytes(_ value: Binding) -> [UInt8] {
        switch value {
        case .null: [UInt8(ascii: "n")]
        case .integer(let number): told("i", Array(String(number).utf8))
        case .real(let number): told("r", Array(String(number.bitPattern).utf8))
        case .text(let text): told("t", text.utf8.flatMap { $0 == 0 ? Array("\u{FFFD}".utf8) : [$0] })
        case .bytes(let bytes): told("b", bytes)
        }
    }

    private static func told(_ kind: String, _ bytes: [UInt8]) -> [UInt8] { Array("\(kind)\(bytes.count):".utf8) + bytes }
}
