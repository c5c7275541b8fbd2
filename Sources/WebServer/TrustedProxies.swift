// Behind a proxy the web server too has to know its visitors' addresses: for its limits and its log, and for the responders, which it tells
// who asks. Whom it believes about them is the setting `trusted_proxies`, as for the responders themselves.

import Settings
import Text

/// The proxies in front of a site, as the web servers' configuration names them; nothing where there are none.
struct TrustedProxies {
    private let networks: [String]

    init(_ settings: Settings) { networks = AddressList(settings.senders.trustedProxies).networks }

    /// Directives of ngx_http_realip_module.
    var nginx: String { networks.map { "set_real_ip_from \($0);" }.joined(separator: " ") }

    /// Directives of mod_remoteip, which believes everybody where it has a header and no proxies. (Proxies of the kind "internal": a visitor
    /// behind one may have a private address.)
    var apache: String {
        networks.isEmpty ? "" : "RemoteIPHeader X-Forwarded-For\nRemoteIPInternalProxy \(networks.joined(separator: " "))"
    }
}
