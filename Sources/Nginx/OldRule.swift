// What becomes of each directive of an old server block. Everything that is not in these tables has to be decided by the operator: a
// rule that refuses somebody something must not get lost silently.

/// How the directives of a server block are handled.
struct OldRule {
    /// Whether a path is that of the old site's folder or below it.
    let isOfSite: (String) -> Bool

    /// Where it listens, TLS, who is let in, who is believed about addresses, limits, and where errors are logged.
    private static let taken: Set = [
        "listen", "server_name", "http2", "http3", "ssl", "allow", "deny", "satisfy", "auth_basic", "auth_basic_user_file", "set_real_ip_from",
        "real_ip_header", "real_ip_recursive", "error_log", "limit_req", "limit_req_status", "limit_req_log_level", "limit_conn",
        "limit_conn_log_level", "limit_rate", "limit_rate_after", "valid_referers", "set",
    ]
    private static let takenGroups = ["quic_", "ssl_"]
    private static let dropped: Set = ["root", "index", "client_max_body_size", "access_log"]
    /// What only says how the old site's files and programs were served.
    private static let noted: Set = [
        "absolute_redirect", "add_header", "aio", "charset", "charset_types", "chunked_transfer_encoding", "default_type", "directio",
        "disable_symlinks", "error_page", "etag", "expires", "if_modified_since", "ignore_invalid_headers", "include", "large_client_header_buffers",
        "limit_conn_status", "log_not_found", "log_subrequest", "max_ranges", "merge_slashes", "output_buffers", "port_in_redirect",
        "postpone_output", "recursive_error_pages", "reset_timedout_connection", "rewrite_log", "send_timeout", "server_name_in_redirect",
        "server_tokens", "try_files", "types", "underscores_in_headers", "uninitialized_variable_warn",
    ]
    private static let notedGroups = [
        "autoindex", "brotli", "client_", "fastcgi_", "gzip", "http2_", "keepalive_", "lingering_", "msie_", "open_file_cache", "proxy_", "resolver",
        "scgi_", "sendfile", "tcp_", "types_hash", "uwsgi_",
    ]

    func handling(of directive: Directive) -> Handling {
        let name = directive.name
        switch name {
        case "if": return handling(ofIf: directive)
        case "location": return handling(ofLocation: directive)
        case "rewrite": return handling(ofRewrite: directive)
        // (HTTP sent to a port of TLS.)
        case "error_page" where directive.arguments.first == "497": return .taken([directive.text])
        default: break
        }
        if OldRule.has(name, OldRule.taken, OldRule.takenGroups) { return .taken([directive.text]) }
        if OldRule.dropped.contains(name) { return .dropped }
        if name.hasSuffix("_pass") || directive.lua != nil { return .open([directive.text]) }
        return OldRule.has(name, OldRule.noted, OldRule.notedGroups) ? .noted : .open([directive.text])
    }

    private static func has(_ name: String, _ names: Set<String>, _ groups: [String]) -> Bool {
        names.contains(name) || groups.contains { name.hasPrefix($0) }
    }

    // MARK: - Rewriting

    /// Redirects and refusals are taken; what leads to the old programs has no meaning any more.
    private func handling(ofIf directive: Directive) -> Handling {
        let inner = (directive.block ?? []).flat
        if inner.contains(where: OldRule.leadsToPHP) || inner.allSatisfy({ OldRule.noted.contains($0.name) || $0.name == "access_log" }) { return .noted }
        let isTaken = inner.allSatisfy { ["return", "set", "break", "rewrite", "limit_rate"].contains($0.name) }
        // (The new site's files lie in another folder.)
        let asksForFiles = directive.arguments.contains { $0.contains("$request_filename") || $0.contains("$document_root") }
        return isTaken && !asksForFiles ? .taken([directive.text]) : .open([directive.text])
    }

    private func handling(ofRewrite directive: Directive) -> Handling {
        OldRule.leadsToPHP(directive) ? .noted : .taken([directive.text])
    }

    private static func leadsToPHP(_ directive: Directive) -> Bool {
        directive.name == "rewrite" && directive.arguments.dropFirst().first.map { $0.contains(".php") && !$0.contains("://") } == true
    }

    // MARK: - Locations

    /// What lets somebody in or not, or slows him down.
    private static let guards: Set = [
        "allow", "auth_basic", "auth_basic_user_file", "auth_jwt", "auth_request", "deny", "limit_conn", "limit_rate", "limit_rate_after", "limit_req",
        "satisfy", "secure_link", "secure_link_md5",
    ]

    private func handling(ofLocation directive: Directive) -> Handling {
        let location = OldLocation(directive)
        if directive.isForCertificates { return isApart(location) ? .taken([directive.text]) : .dropped }
        if location.all.has(["valid_referers"]) { return HotLinkRule(location).map { .taken($0.lines) } ?? .open([directive.text]) }
        if location.refuses { return location.isOfPHP ? .noted : .taken([directive.text]) }
        let guards = location.all.filter { OldRule.guards.contains($0.name) && $0.arguments != ["off"] && $0.text != "allow all;" }
        if !guards.isEmpty {
            // In the new block they count for the whole site.
            return isApart(location) && !location.isForAll ? .taken([directive.text]) : .open(guards.map(\.text))
        }
        if location.isOfPHP || location.inner.allSatisfy(isPlain) { return .noted }
        return isApart(location) && !location.isForAll && !location.isPattern ? .taken([directive.text]) : .open([directive.text])
    }

    /// Whether it serves something of its own, not the old site's files.
    private func isApart(_ location: OldLocation) -> Bool {
        let places = location.all.filter { ["root", "alias"].contains($0.name) }.flatMap(\.arguments)
        if places.contains(where: isOfSite) || location.isOfPHP { return false }
        return !places.isEmpty || location.all.has(["proxy_pass", "uwsgi_pass", "grpc_pass", "scgi_pass", "return"])
    }

    /// How the old site's own files were sent.
    private func isPlain(_ directive: Directive) -> Bool {
        switch directive.name {
        case "if", "rewrite":
            if case .noted = handling(of: directive) { return true }
            return false
        case "root", "alias": return directive.arguments.allSatisfy(isOfSite) && directive.name == "root"
        case "allow": return directive.arguments == ["all"]
        case "index", "break", "access_log", "error_log": return true
        default: return OldRule.has(directive.name, OldRule.noted, OldRule.notedGroups) && !directive.name.hasSuffix("_pass")
        }
    }
}
