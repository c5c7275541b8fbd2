// A virtual host of Apache, and where it is reached.

/// One section <VirtualHost>.
struct ApacheHost {
    let section: ApacheDirective

    init(_ section: ApacheDirective) { self.section = section }

    var file: String { section.file }

    func all(_ key: String) -> [ApacheDirective] { section.children.filter { $0.key == key } }

    /// The folder of its files as written; nil if it has none of its own.
    var root: String? { all("documentroot").last?.arguments.first }

    /// Without scheme and port, the first one of `ServerName`.
    var names: [String] {
        let name = all("servername").last?.arguments.first.map { text in
            let bare = text.firstRange(of: "://").map { text[$0.upperBound...] } ?? text[...]
            return String(bare.prefix { $0 != ":" })
        }
        return (name.map { [$0] } ?? []) + all("serveralias").flatMap(\.arguments)
    }

    /// The first name that a visitor can use; nil if it has none.
    var visitedName: String? { names.first { $0.wholeMatch(of: /[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/) != nil } }

    var addresses: [ApacheAddress] { section.arguments.map(ApacheAddress.init) }

    var isSecure: Bool { all("sslengine").last?.arguments.first?.lowercased() == "on" }

    /// Whether it sends no files and asks no other program, and leads its visitors elsewhere.
    var onlyRedirects: Bool {
        let keys = section.children.map(\.key)
        return !keys.contains { $0.hasPrefix("proxypass") || ApacheHost.serving.contains($0) }
            && keys.contains { $0.hasPrefix("redirect") || $0 == "rewriterule" }
    }

    private static let serving: Set<String> = ["documentroot", "alias", "aliasmatch", "scriptalias", "scriptaliasmatch", "wsgiscriptalias", "sethandler"]
}

/// An address of a virtual host.
struct ApacheAddress: Equatable {
    /// As written: "*", "_default_", "192.0.2.1", "[::1]".
    let host: String
    /// "*" for every port.
    let port: String

    init(_ text: String) {
        let end = text.lastIndex(of: "]") ?? text.startIndex
        let colon = text[end...].lastIndex(of: ":")
        host = String(text[..<(colon ?? text.endIndex)])
        port = colon.map { String(text[text.index(after: $0)...]) } ?? "*"
    }

    /// Where a program of this machine reaches it.
    var reachableHost: String {
        switch host {
        case "*", "_default_", "0.0.0.0": "127.0.0.1"
        case "[::]": "[::1]"
        default: host
        }
    }

    var reachablePort: Int { Int(port) ?? 80 }
    var isIPv6: Bool { host.hasPrefix("[") }

    /// Whether one connection may belong to either.
    func meets(_ other: ApacheAddress) -> Bool { port == other.port || port == "*" || other.port == "*" }
}
