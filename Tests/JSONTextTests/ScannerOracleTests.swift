// The scanner against a second reader that is slow and plain, on random texts and on changed ones: both must agree on every one.

import JSONText
import Testing

/// A reader by the letter of the grammar; refuses by nil.
private struct PlainReader {
    let text: [UInt8]
    var at = 0
    var output: [UInt8] = []

    static func minified(_ text: [UInt8]) -> [UInt8]? {
        guard String(validating: text, as: UTF8.self) != nil else { return nil }
        var reader = PlainReader(text: text)
        reader.space()
        guard reader.value(0) else { return nil }
        reader.space()
        return reader.at == text.count ? reader.output : nil
    }

    private var byte: UInt8? { at < text.count ? text[at] : nil }
    private mutating func take() { output.append(text[at]); at += 1 }
    private mutating func take(_ character: Character) -> Bool {
        guard byte == character.asciiValue else { return false }
        take()
        return true
    }
    private mutating func space() { while let byte, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { at += 1 } }

    private mutating func value(_ depth: Int) -> Bool {
        switch byte {
        case UInt8(ascii: "{"): return depth < 512 && list("}", depth, keys: true)
        case UInt8(ascii: "["): return depth < 512 && list("]", depth, keys: false)
        case UInt8(ascii: "\""): return string() != nil
        case UInt8(ascii: "t"): return "true".allSatisfy { take($0) }
        case UInt8(ascii: "f"): return "false".allSatisfy { take($0) }
        case UInt8(ascii: "n"): return "null".allSatisfy { take($0) }
        default: return number()
        }
    }

    private mutating func list(_ end: Character, _ depth: Int, keys: Bool) -> Bool {
        var seen: Set<[UInt16]> = []
        take()
        space()
        if take(end) { return true }
        while true {
            if keys {
                guard let key = string(), seen.insert(key).inserted else { return false }
                space()
                guard take(":") else { return false }
                space()
            }
            guard value(depth + 1) else { return false }
            space()
            if take(end) { return true }
            guard take(",") else { return false }
            space()
        }
    }

    /// The string's UTF-16.
    private mutating func string() -> [UInt16]? {
        guard take("\"") else { return nil }
        var units: [UInt16] = [], raw: [UInt8] = []
        func flush() { units += Array(String(decoding: raw, as: UTF8.self).utf16); raw = [] }
        while let byte {
            if byte < 0x20 { return nil }
            take()
            if byte == UInt8(ascii: "\"") {
                flush()
                return String(validating: units, as: UTF16.self) == nil ? nil : units
            }
            guard byte == UInt8(ascii: "\\") else { raw.append(byte); continue }
            flush()
            guard let letter = self.byte else { return nil }
            take()
            let plain: [UInt8: UInt16] = [0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 8, 0x66: 12, 0x6E: 10, 0x72: 13, 0x74: 9]
            if let unit = plain[letter] { units.append(unit); continue }
            guard letter == UInt8(ascii: "u"), at + 4 <= text.count else { return nil }
            let digits = String(decoding: text[at..<(at + 4)], as: UTF8.self)
            guard digits.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }), let unit = UInt16(digits, radix: 16) else { return nil }
            units.append(unit)
            for _ in 0..<4 { take() }
        }
        return nil
    }

    private mutating func digits() -> Bool {
        let start = at
        while let byte, (0x30...0x39).contains(byte) { take() }
        return at > start
    }

    private mutating func number() -> Bool {
        _ = take("-")
        if !take("0"), !digits() { return false }
        if take("."), !digits() { return false }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            return digits()
        }
        return true
    }
}

/// Random bytes that are the same in every run.
struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

struct ScannerOracleTests {
    private static let scraps = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u00", "\\ud83d", "\\ude00", "0", "1", "-", ".", "e", "E+", "true", "false", "null",
        " ", "\n", "\t", "\u{B}", "\"a\"", "\"b\":", "\"\\u0061\":", "é", "漢字", "😀", "{\"a\":", "[1,", "\u{0}", "x",
        "0123456789abcdef", "{\"k1\":1,\"k2\":2,\"k3\":3,\"k4\":4,\"k5\":5,\"k6\":6,\"k7\":7,\"k8\":8,\"k9\":9,",
    ].map { Array($0.utf8) }

    private func check(_ text: [UInt8]) {
        let expected = PlainReader.minified(text)
        #expect((try? minified(text)) == expected, "\(String(decoding: text, as: UTF8.self))")
    }

    @Test("Random scraps of JSON", arguments: 0..<8)
    func scraps(_ seed: UInt64) {
        var random = Seeded(state: seed)
        for _ in 0..<1500 {
            check((0..<Int.random(in: 1...8, using: &random)).flatMap { _ in Self.scraps.randomElement(using: &random)! })
        }
    }

    @Test("Random values, whole and with changed, lost and doubled bytes", arguments: 0..<8)
    func values(_ seed: UInt64) {
        var random = Seeded(state: seed &+ 1000)
        for _ in 0..<150 {
            let text = Array(value(&random, 4).utf8)
            #expect(PlainReader.minified(text) != nil)
            check(text)
            for _ in 0..<8 {
                var changed = text
                let at = Int.random(in: 0..<text.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: changed[at] = UInt8.random(in: 0...255, using: &random)
                case 1: changed.remove(at: at)
                case 2: changed.insert(contentsOf: Self.scraps.randomElement(using: &random)!, at: at)
                default: changed.removeLast(text.count - at)
                }
                check(changed)
            }
        }
    }

    private func value(_ random: inout Seeded, _ depth: Int) -> String {
        let space = [" ", "", "", "\n  "].randomElement(using: &random)!
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
        case 0: return ["0", "-1.5e-3", "1.10", "9007199254740993", "1e400"].randomElement(using: &random)!
        case 1, 2: return "\"\(word(&random))\""
        case 3: return ["true", "false", "null"].randomElement(using: &random)!
        case 4: return "[]"
        case 5: return "{}"
        case 6:
            let elements = (0..<Int.random(in: 0..<6, using: &random)).map { _ in value(&random, depth - 1) }
            return "[\(space)\(elements.joined(separator: ",\(space)"))\(space)]"
        default:
            let members = (0..<Int.random(in: 0..<14, using: &random)).map { index in
                "\"\(index)\(word(&random))\"\(space):\(space)\(value(&random, depth - 1))"
            }
            return "{\(space)\(members.joined(separator: "\(space),"))\(space)}"
        }
    }

    private func word(_ random: inout Seeded) -> String {
        (0..<Int.random(in: 0..<5, using: &random)).map { _ in
            ["a", "longer text ", "é", "漢", "😀", "\\n", "\\u00e9", "\\ud83d\\ude00", "\\\\"].randomElement(using: &random)!
        }.joined()
    }
}
