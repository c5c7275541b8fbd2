import HTTP
import TestSupport
import Testing
import Text

/// The replaced program believed X-Forwarded-For from anybody and had a white list that let strangers in. Where this one
/// differs from what was recorded, the reason stands here.
@Suite struct AddressListTests {
    private static let listDifferences = [
        "127.0.0.1|8.8.8.8|white": "a stranger to a white list is refused",
        "127.0.0.1|127.*.*.*|white": "a wildcard of a white list lets its members in",
        "127.0.0.1||white": "an empty white list lets nobody in",
        "127.0.0.1| 127.0.0.1|black": "blanks in a list mean nothing",
        "127.0.0.1|1|black": "a list that is a number matches nobody, and no upload fails of it",
    ]

    @Test func recordedLists() throws {
        let vectors = Vectors.part("ip_list_vectors").all
        #expect(vectors.count == 17)
        var differing: Set<String> = []
        for vector in vectors {
            let isWhite = vector["whitelist_mode"].isTrue
            let address = try #require(IPAddress(vector["client_ip"].text))
            let refused = AddressList(vector["list"].text).contains(address) != isWhite
            let name = "\(address)|\(vector["list"].text)|\(isWhite ? "white" : "black")"
            if "\(refused)" != "\(vector["blocked"])" { differing.insert(name) }
        }
        #expect(differing == Set(AddressListTests.listDifferences.keys))
    }

    @Test(arguments: [
        ("192.0.2.0/24", "192.0.2.255", true), ("192.0.2.0/24", "192.0.3.0", false), ("192.0.2.128/25", "192.0.2.127", false),
        ("0.0.0.0/0", "203.0.113.9", true), ("0.0.0.0/0", "2001:db8::1", false), ("192.0.2.0/33", "192.0.2.0", false),
        ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::1", false), ("::/0", "192.0.2.1", false),
        ("2001:db8::1", "2001:0DB8:0:0:0:0:0:1", true), ("192.0.2.5", "::ffff:192.0.2.5", true), ("::ffff:192.0.2.5", "192.0.2.5", true),
        ("10.*.*.1, 192.0.2.7\n2001:db8::2", "10.200.3.1", true), ("10.*.*.1, 192.0.2.7\n2001:db8::2", "2001:db8::2", true),
        ("10.*", "10.1.2.3", false), ("*", "10.1.2.3", false), ("1*.0.0.1", "127.0.0.1", true), ("1*.0.0.1", "1.0.0.1", false),
        ("**.0.0.1", "7.0.0.1", true), ("*.*.*.*", "2001:db8::1", false), ("example.org,192.0.2.*", "192.0.2.9", true),
        ("::ffff:192.0.2.0/120", "192.0.2.9", true), ("::ffff:192.0.2.0/120", "192.0.3.9", false), ("192.0.2.1/", "192.0.2.1", false), ("/24", "192.0.2.1", false), ("-1.0.0.0/-1", "1.0.0.0", false),
    ])
    func lists(list: String, address: String, isMember: Bool) throws {
        #expect(try AddressList(list).contains(#require(IPAddress(address))) == isMember)
    }

    @Test(arguments: [
        "192.0.2.7", "2001:db8::1", "::", "::ffff:192.0.2.5", "192.0.2.0/24", "0.0.0.0/0", "192.0.2.7/32", "2001:db8::/32", "::/0", "2001:db8::1/128",
        "::ffff:192.0.2.0/120", "192.0.2.*", "*.*.*.*", "10.*.*.1", "1*.0.0.1", "**.0.0.1", "10.25*.0.1",
    ])
    func entries(word: String) { #expect(AddressEntry(word) != nil) }

    @Test(arguments: [
        "", "localhost", "example.org", "192.0.2", "192.0.2.256", "192.0.2.07", "192.0.2.7.1", "192.0.2.7:80", "[2001:db8::1]", "2001:db8::1%eth0",
        "2001:db8:::1", "2001:db8::*", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/+8", "192.0.2.0/", "/24", "192.0.2.0/24/8", "2001:db8::/129",
        "::ffff:192.0.2.0/95", "192.0.2.0/255.255.255.0", "*", "10.*", "10.*.*", "1.*.*.*.*", "999*.0.0.1", "0*.0.0.1", "256.*.0.1", "a*.0.0.1", "1",
        "192.0.2.1-192.0.2.9", "192.0.2.1;192.0.2.2", "１.2.3.4",
    ])
    func whatIsNoEntry(word: String) { #expect(AddressEntry(word) == nil) }
}

@Suite struct NetworksTests {
    /// What web servers are told about proxies has no member that the list itself does not have.
    @Test(arguments: [
        ("", []), ("127.0.0.1, ::1", ["127.0.0.1", "::1"]), ("172.18.0.9/16\n2001:db8::7/32", ["172.18.0.0/16", "2001:db8::/32"]),
        ("192.0.2.*,10.*.*.*", ["192.0.2.0/24", "10.0.0.0/8"]), ("10.*.*.1", []), ("1*.0.0.1", []), ("10.*", []), ("1", []), ("a.b.c.d", []),
        ("192.0.2.0/33", []), ("*.*.*.*", ["0.0.0.0/0"]), ("; include x;", []), ("300.1.1.*", []), ("::ffff:192.0.2.5", ["192.0.2.5"]),
    ] as [(String, [String])])
    func networks(list: String, networks: [String]) { #expect(AddressList(list).networks == networks) }
}

@Suite struct ClientAddressTests {
    /// Recorded with the headers believed from anybody: what they say now counts only from a proxy that is listed.
    @Test func recordedAddressesOfUntrustedPeers() {
        for vector in Vectors.part("client_ip_vectors").all {
            let peer = vector["server"]["REMOTE_ADDR"].text
            let seen = Request(parameters: parameters(vector["server"]), body: PiecewiseBody("")).clientAddress(trusting: AddressList(""))
            #expect(seen.description == (peer.isEmpty ? "0.0.0.0" : peer), "\(vector)")
        }
    }

    /// With its peer trusted, a vector's answer is the same, but for these, because anybody can write that header.
    private static let differences = [
        "unknown, 198.51.100.7, 10.0.0.1": "10.0.0.1: the entry that the trusted proxy itself appended",
        "unknown": "203.0.113.9: no address was forwarded, so the proxy is the client",
        "": "203.0.113.9: as above",
        "2001:db8::1": "2001:db8::1: IPv6 is an address too",
        "999.999.999.999": "1.2.3.4: that is no address",
        ".......": "1.2.3.4: as above",
        "5.6.7.8' OR 1": "1.2.3.4: as above",
    ]

    @Test func recordedAddressesBehindATrustedProxy() {
        for vector in Vectors.part("client_ip_vectors").all where !vector["server"]["HTTP_X_FORWARDED_FOR"].isNull {
            let forwarded = vector["server"]["HTTP_X_FORWARDED_FOR"].text
            let seen = Request(parameters: parameters(vector["server"]), body: PiecewiseBody(""))
                .clientAddress(trusting: AddressList("203.0.113.9,1.2.3.4"))
            let expected = ClientAddressTests.differences[forwarded].map { String($0.prefix { $0 != " " }.dropLast()) }
            #expect(seen.description == expected ?? vector["client_ip"].text, "\(vector)")
        }
    }

    @Test(arguments: [
        ("10.0.0.1", "1.1.1.1, 2.2.2.2, 10.0.0.2", "2.2.2.2"), ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("10.0.0.1", "1.1.1.1, nonsense, 10.0.0.2", "10.0.0.2"), ("9.9.9.9", "1.1.1.1", "9.9.9.9"),
        ("10.0.0.1", "192.0.2.7:4711", "192.0.2.7"), ("10.0.0.1", "[2001:db8::1]:4711", "2001:db8::1"), ("10.0.0.1", ",", "10.0.0.1"),
    ])
    func trustedProxies(peer: String, forwarded: String, client: String) {
        let request = Request(parameters: ["REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": forwarded], body: PiecewiseBody(""))
        #expect(request.clientAddress(trusting: AddressList("10.0.0.0/8")).description == client)
    }

    private func parameters(_ server: Recorded) -> [String: String] {
        guard case .object(let members) = server else { return [:] }
        return Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.value.text) })
    }
}
