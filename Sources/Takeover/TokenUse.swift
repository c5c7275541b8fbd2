// How often one token was used, as far as the old logs tell: releases before 2.8.7 wrote the token's id, that one "web" for all, but it put the
// id into the names or folders of files.

import EasyImages

/// The uploads of one token in the old logs.
struct TokenUse {
    let token: OldToken
    /// Its place in the report's list.
    let place: Int
    /// Whether other tokens have the same id (EasyImages gives stopped ones the id 0): their uploads count too.
    let isShared: Bool
    private(set) var count = 0
    /// Seconds since 1970.
    private(set) var last: Int?
    private let folder: [UInt8]
    private let suffix: [UInt8]

    init(of token: OldToken, among all: [OldToken], place: Int, _ config: OldConfig) {
        (self.token, self.place) = (token, place)
        isShared = all.contains { $0.id == token.id && $0.text != token.text }
        folder = Array("\(config.storePath)\(token.id)/".utf8)
        suffix = Array("-\(token.id)".utf8)
    }

    mutating func see(_ entry: OldLogEntry) {
        guard isOfToken(entry) else { return }
        count += 1
        if let date = LogFact.seconds(entry.date.description) { last = max(last ?? 0, date) }
    }

    private func isOfToken(_ entry: OldLogEntry) -> Bool {
        if let id = Int(entry.from.description) { return id == token.id }
        return entry.path.bytes.starts(with: folder) || TokenUse.body(of: entry.name.bytes).hasSuffix(suffix)
    }

    /// A file's name without its extension and the number that another file of the same name has got.
    private static func body(of name: [UInt8]) -> ArraySlice<UInt8> {
        var body = name[..<(name.lastIndex(of: UInt8(ascii: ".")) ?? name.endIndex)]
        let number = body.reversed().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
        let before = body.dropLast(number)
        if number > 0, before.last == UInt8(ascii: "_") { body = before.dropLast() }
        return body
    }
}

extension ArraySlice<UInt8> {
    fileprivate func hasSuffix(_ end: [UInt8]) -> Bool { suffix(end.count).elementsEqual(end) }
}
