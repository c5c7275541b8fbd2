// One directive of nginx's configuration, by the rules of ngx_conf_read_token() in nginx's src/core/ngx_conf_file.c.

/// A directive with its words as they are written, so that it can be written again.
public struct Directive: Equatable, Sendable {
    /// The words with their quotes and backslashes; the first is the name.
    let words: [String]
    /// The directives between braces; nil if a semicolon ends it.
    public internal(set) var block: [Directive]?
    /// What an `include` stands for.
    public internal(set) var included: [Directive] = []
    /// Lua between braces, which is no configuration (`…_by_lua_block`).
    let lua: String?
    /// The file, and its bytes from the first word up to the semicolon or the closing brace.
    public let file: String
    let bytes: Range<Int>

    init(_ words: [String], block: [Directive]? = nil, lua: String? = nil, file: String = "", bytes: Range<Int> = 0..<0) {
        (self.words, self.block, self.lua) = (words, block, lua)
        (self.file, self.bytes) = (file, bytes)
    }

    public var name: String { Directive.value(of: words[0]) }

    /// The other words as nginx understands them.
    public var arguments: [String] { words.dropFirst().map(Directive.value) }

    /// The directive in one line; what an `include` stands for is not part of it.
    public var text: String {
        let start = words.joined(separator: " ")
        if let lua { return "\(start) {\(lua)}" }
        guard let block else { return start + ";" }
        return "\(start) { " + block.map { $0.text + " " }.joined() + "}"
    }

    /// A word without its quotes and backslashes.
    static func value(of word: String) -> String {
        var rest = Array(word.utf8)[...]
        if let first = rest.first, first == UInt8(ascii: "\"") || first == UInt8(ascii: "'"), rest.count > 1 { rest = rest.dropFirst().dropLast() }
        var value: [UInt8] = []
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let meant = rest.first.flatMap({ escapes[$0] }) else {
                value.append(byte)
                continue
            }
            value.append(meant)
            rest.removeFirst()
        }
        return String(decoding: value, as: UTF8.self)
    }

    /// What a backslash before these bytes means; before others it is itself, as regular expressions need it.
    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "'"): UInt8(ascii: "'"), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
        UInt8(ascii: "t"): 9, UInt8(ascii: "r"): 13, UInt8(ascii: "n"): 10,
    ]
}

extension [Directive] {
    /// With what includes stand for in their place.
    public var flat: [Directive] { flatMap { $0.name == "include" ? $0.included.flat : [$0] } }

    /// All directives at any depth.
    var deep: [Directive] { flat.flatMap { [$0] + ($0.block ?? []).deep } }

    func named(_ name: String) -> [Directive] { filter { $0.name == name } }

    func has(_ names: Set<String>) -> Bool { contains { names.contains($0.name) } }
}
