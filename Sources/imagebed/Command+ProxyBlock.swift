// `imagebed proxy-block`: prints what a web server in front of the site is told, as install.sh --behind-proxy does.

import Settings
import WebServer

private let prefix = Option("--prefix", "PATH", "the path below which visitors find the site, such as /pictures; else as it was installed")
private let port = Option("--port", "N", "the port on which the site listens; else as it was installed")
private let host = Option("--host", "NAME", "where the proxy finds this machine (127.0.0.1; from a container such as 172.17.0.1)")

extension Command {
    static let proxyBlock = Command(
        "proxy-block WEB", "Print the lines for a proxy in front of the site.",
        details: """
            WEB is the proxy: nginx, apache, or the panel that keeps its configuration, bt or 1panel. The site below a path is passed on with
            that path. The site believes the proxy about its visitors' addresses when trusted_proxies has the proxy's address.
            """,
        options: [prefix, port, host]
    ) { invocation in
        guard let kind = ProxyBlock.Kind(rawValue: invocation.operands[0]) else {
            throw CommandFailure(.usage, "WEB is one of \(ProxyBlock.Kind.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        Output.lines(String(ProxyBlock(of: try site(invocation)).text(for: kind).dropLast()))
    }
}

/// The site as the proxy reaches it.
private func site(_ invocation: Invocation) throws -> BaseURL {
    let installed = InstalledSite.here
    guard let number = invocation.value(port) ?? installed?.port else {
        throw CommandFailure(.notFound, "no site is installed here: name its port with --port")
    }
    let address = "http://\(invocation.value(host) ?? "127.0.0.1"):\(number)\(invocation.value(prefix) ?? installed?.prefix ?? "")"
    guard let site = BaseURL(address) else {
        throw CommandFailure(.usage, "\(address) is no address: --host is a name or an address, --port a number to 65535, --prefix such as /pictures")
    }
    return site
}
