// A document as the property test thinks of it: scalars by their JSON Pointer. Objects and a set of scalars are enough to go
// wrong in every way that matters; the merge of all other shapes is tested where it is made.

/// Scalars by pointer; "/set/x" stands for an element of the array "/set".
struct Model: Equatable {
    var leaves: [String: String] = [:]

    static let places = ["/a", "/b", "/c", "/n/x", "/n/y", "/n/z", "/set/1", "/set/2", "/set/3", "/set/4"]

    init() {}

    /// The JSON text with members in order.
    var text: String {
        let flat = leaves.filter { !$0.key.hasPrefix("/n/") && !$0.key.hasPrefix("/set/") }
        let nested = leaves.filter { $0.key.hasPrefix("/n/") }
        let elements = leaves.keys.filter { $0.hasPrefix("/set/") }.map { String($0.dropFirst(5)) }.sorted()
        var members = flat.sorted { $0.key < $1.key }.map { "\"\($0.key.dropFirst())\":\($0.value)" }
        members.append("\"n\":{" + nested.sorted { $0.key < $1.key }.map { "\"\($0.key.dropFirst(3))\":\($0.value)" }.joined(separator: ",") + "}")
        members.append("\"set\":[" + elements.joined(separator: ",") + "]")
        return "{" + members.joined(separator: ",") + "}"
    }

    /// Reads texts of the form that `text` writes, members in any order.
    init(_ text: String) {
        var reader = Reader(rest: Array(text.utf8)[...])
        reader.object("", into: &leaves)
    }

    private struct Reader {
        var rest: ArraySlice<UInt8>

        mutating func object(_ prefix: String, into leaves: inout [String: String]) {
            rest = rest.dropFirst()
            while rest.first != UInt8(ascii: "}") {
                if rest.first == UInt8(ascii: ",") { rest = rest.dropFirst() }
                let key = String(decoding: rest.dropFirst().prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
                rest = rest.dropFirst(key.utf8.count + 3)
                switch rest.first {
                case UInt8(ascii: "{"): object("\(prefix)/\(key)", into: &leaves)
                case UInt8(ascii: "["): array("\(prefix)/\(key)", into: &leaves)
                default: leaves["\(prefix)/\(key)"] = scalar()
                }
            }
            rest = rest.dropFirst()
        }

        private mutating func array(_ prefix: String, into leaves: inout [String: String]) {
            rest = rest.dropFirst()
            while rest.first != UInt8(ascii: "]") {
                if rest.first == UInt8(ascii: ",") { rest = rest.dropFirst() }
                leaves["\(prefix)/\(scalar())"] = "1"
            }
            rest = rest.dropFirst()
        }

        private mutating func scalar() -> String {
            let text = rest.prefix { ![UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]")].contains($0) }
            rest = rest.dropFirst(text.count)
            return String(decoding: text, as: UTF8.self)
        }
    }

    static let deleted = Model()

    /// Where two documents differ.
    static func differences(_ one: Model, _ other: Model) -> [String] {
        Set(one.leaves.keys).union(other.leaves.keys).filter { one.leaves[$0] != other.leaves[$0] }.sorted()
    }
}

/// A generator whose sequence is the same in every run.
struct Dice: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state &* 0x2545_F491_4F6C_DD1D
    }

    mutating func roll(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}
