// Where a program of this machine asks a server block.

/// An address that a program of this machine can ask.
public struct ServerAddress: Equatable, Sendable {
    public let scheme: String
    public let host: String
    public let port: Int
    /// Empty if the block has no name.
    public let name: String

    /// Those of a block, TLS before the others and IPv4 before IPv6.
    public static func all(of block: ServerBlock) -> [ServerAddress] {
        let listens = block.listens.filter { $0.port != 0 && !$0.isQUIC }
        let ranked = listens.map { (rank: ($0.isTLS ? 0 : 2) + ($0.host.hasPrefix("[") ? 1 : 0), listen: $0) }
        return ranked.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }.map {
            let listen = $0.element.listen
            return ServerAddress(scheme: listen.isTLS ? "https" : "http", host: listen.reachableHost, port: listen.port, name: block.hostName ?? "")
        }
    }
}
