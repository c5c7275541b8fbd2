// What nginx was built with, as `nginx -V` prints it: "configure arguments: --prefix=/usr/local/nginx --user=www …".

/// The options of nginx's configure that count here.
public struct Build: Equatable, Sendable {
    private let options: [String]

    /// - Parameter text: the output of `nginx -V`; what else is in it does not count.
    init(_ text: String) {
        let line = text.split(separator: "\n").first { $0.hasPrefix("configure arguments:") } ?? ""
        options = line.split(separator: " ").map { String($0.filter { $0 != "'" }) }
    }

    private func value(_ name: String) -> String? {
        options.last { $0.hasPrefix("--\(name)=") }.map { String($0.dropFirst(name.count + 3)) }
    }

    /// Relative paths of logs and roots begin here; a folder without a slash at its end.
    public var prefix: String { value("prefix").map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 } ?? "/usr/local/nginx" }

    /// User and group of workers where the configuration names none.
    var workers: (user: String, group: String)? { value("user").map { ($0, value("group") ?? $0) } }

    /// Where requests are logged if the configuration names no file.
    public var accessLog: String { value("http-log-path").map { absolute($0) } ?? "\(prefix)/logs/access.log" }

    func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : "\(prefix)/\(path)" }

    /// Modules that ImageBed's configuration needs and this nginx was built without.
    public var missingModules: [String] {
        ["access", "charset", "fastcgi", "gzip", "limit_conn", "map", "rewrite"].filter { options.contains("--without-http_\($0)_module") }
            + (options.isEmpty || options.contains { $0.hasPrefix("--with-http_realip_module") } ? [] : ["realip"])
    }
}
