// A server block: where it listens and for which names, and what it serves.

/// A server block of the configuration.
public struct ServerBlock: Sendable {
    public let directive: Directive
    /// The directives around it.
    private let surrounding: [Directive]

    init(_ directive: Directive, within surrounding: [Directive]) { (self.directive, self.surrounding) = (directive, surrounding) }

    /// The file in which it begins.
    public var file: String { directive.file }

    /// Its directives, with what includes stand for.
    var lines: [Directive] { (directive.block ?? []).flat }

    public var names: [String] { lines.named("server_name").flatMap(\.arguments) }

    /// The name in links: the first that is a host's name with a dot.
    public var hostName: String? { names.first { $0.wholeMatch(of: /[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+/) != nil } }

    /// Where it listens.
    public var listens: [Listen] {
        let isTLS = lines.named("ssl").last?.arguments == ["on"]
        let written = lines.named("listen").map { Listen($0.arguments, isTLS: isTLS) }
        return written.isEmpty ? [Listen(["80"], isTLS: isTLS)] : written
    }

    /// The folders that it serves files from, as they are written; those for certificates do not count.
    public var roots: [String] {
        let own = ServerBlock.roots(in: lines)
        return lines.contains { $0.name == "root" } ? own : own + surrounding.named("root").suffix(1).flatMap(\.arguments)
    }

    private static func roots(in list: [Directive]) -> [String] {
        list.flatMap { directive -> [String] in
            if directive.name == "root" { return directive.arguments }
            return directive.isForCertificates ? [] : roots(in: (directive.block ?? []).flat)
        }
    }

    /// Whether it answers everything with a redirect or a refusal.
    var servesNothing: Bool {
        if lines.contains(where: { $0.name == "return" || $0.redirectsAll }) { return true }
        let rest = lines.filter { !$0.isForCertificates }.deep
        return !rest.has(["root", "alias", "proxy_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass", "grpc_pass", "memcached_pass"])
            && !rest.contains { $0.lua != nil } && !surrounding.has(["root"])
    }

    /// The last value of a directive that may stand around it too.
    func value(_ name: String) -> [String]? { (lines.named(name).last ?? surrounding.named(name).last)?.arguments }
}

extension Directive {
    /// `location / { return 301 …; }`: what is left beside it is not worth a word.
    fileprivate var redirectsAll: Bool {
        guard name == "location", arguments == ["/"], let inner = block?.flat, inner.count == 1 else { return false }
        return inner[0].name == "return" || inner[0].name == "rewrite" && ["permanent", "redirect"].contains(inner[0].arguments.last)
    }

    /// A location for what proves to whom a name belongs.
    var isForCertificates: Bool { name == "location" && (arguments.last ?? "").contains("well-known") }
}
