// Where a server block listens, as its `listen` says it.

/// One `listen` of a server block.
public struct Listen: Equatable, Sendable {
    /// As nginx takes it: "*" for all of IPv4, "[::]", "127.0.0.1", "unix:/PATH".
    public let host: String
    public let port: Int
    public let isTLS: Bool
    /// QUIC, which no test of an address speaks.
    let isQUIC: Bool

    init(_ words: [String], isTLS: Bool) {
        let (address, options) = (words.first ?? "80", words.dropFirst())
        self.isTLS = isTLS || options.contains("ssl")
        isQUIC = options.contains("quic")
        if let all = Int(address) { (host, port) = ("*", all); return }
        if address.hasPrefix("unix:") { (host, port) = (address, 0); return }
        let end = address.hasPrefix("[") ? address.lastIndex(of: "]").map { address.index(after: $0) } : address.lastIndex(of: ":")
        let name = end.map { String(address[..<$0]) } ?? address
        host = name == "0.0.0.0" || name.isEmpty ? "*" : name
        port = end.flatMap { Int(address[$0...].drop { $0 == ":" }) } ?? 80
    }

    /// Where a program of this machine reaches it.
    var reachableHost: String {
        switch host {
        case "*": "127.0.0.1"
        case "[::]": "[::1]"
        default: host.wholeMatch(of: /[0-9.]+|\[[0-9A-Fa-f:.]+\]/) != nil ? host : "127.0.0.1"
        }
    }
}
