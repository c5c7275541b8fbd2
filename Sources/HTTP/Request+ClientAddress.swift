// The client's address, which requires a list of trusted proxies: anyone can send X-Forwarded-For.

import Text

extension Request {
    /// The client's address: the peer, unless that is a trusted proxy; then the last entry of X-Forwarded-For that is not one.
    ///
    /// Proxies append the address that they saw, so everything to the left of the first untrusted one is unverified.
    public func clientAddress(trusting proxies: AddressList) -> IPAddress {
        guard var address = IPAddress(remoteAddress) else { return .unknown }
        let forwarded = (header("X-Forwarded-For") ?? "").utf8.suffix(4096).split(separator: UInt8(ascii: ","))
        for entry in forwarded.reversed() {
            guard proxies.contains(address), let next = Request.address(ofForwarded: HeaderValue.text(entry)) else { break }
            address = next
        }
        return address
    }

    /// Some proxies include the port: "192.0.2.7:4711", "[2001:db8::1]:4711".
    private static func address(ofForwarded text: String) -> IPAddress? {
        if let address = IPAddress(text) { return address }
        if text.hasPrefix("[") { return IPAddress(text.dropFirst().prefix { $0 != "]" }) }
        return IPAddress(text.prefix { $0 != ":" })
    }
}
