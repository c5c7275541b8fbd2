import Testing
import Text

@Suite struct IPAddressTests {
    @Test(arguments: ["", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.4 ", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
                      "12345::", "::g", "999.999.999.999", ".......", "5.6.7.8' OR 1", "::1.2.3.4:5", "fe80::1%eth0",
                      "1.2.3.4\0", "::1\0", "1.2.3.4::", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "0x1.2.3.4", "1.2.3.04"])
    func noAddresses(text: String) { #expect(IPAddress(text) == nil) }

    @Test(arguments: [
        ("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1", "2001:db8::/64"), ("::", "::", "::/64"), ("::1", "::1", "::/64"),
        ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8", "1:2:3:4::/64"), ("::ffff:1.2.3.4", "1.2.3.4", "1.2.3.4"), ("64:ff9b::1.2.3.4", "64:ff9b::102:304", "64:ff9b::/64"),
    ])
    func spellings(text: String, shown: String, network: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.description == shown)
        #expect(address.network == network)
    }

    @Test(arguments: [("192.0.2.255", "192.0.2.0", 24, true), ("192.0.2.127", "192.0.2.128", 25, false), ("2001:db8::1", "2001:db8::", 64, true),
                      ("2001:db8::1", "192.0.2.1", 0, false), ("192.0.2.1", "192.0.2.1", 33, false)])
    func sharedBits(one: String, other: String, length: Int, areShared: Bool) throws {
        #expect(try #require(IPAddress(one)).shares(length, bitsWith: #require(IPAddress(other))) == areShared)
    }

    @Test(arguments: [
        ("192.0.2.255", 24, "192.0.2.0"), ("192.0.2.255", 25, "192.0.2.128"), ("192.0.2.255", 0, "0.0.0.0"), ("192.0.2.255", 32, "192.0.2.255"),
        ("192.0.2.255", 33, nil), ("192.0.2.255", -1, nil), ("2001:db8:ffff::1", 36, "2001:db8:f000::"), ("2001:db8::1", 128, "2001:db8::1"),
    ] as [(String, Int, String?)])
    func theBitsAfterANetworkAreZero(text: String, length: Int, masked: String?) throws {
        #expect(try #require(IPAddress(text)).masked(to: length)?.description == masked)
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("::1", true), ("10.255.0.1", true), ("172.16.0.1", true), ("172.31.255.255", true), ("172.32.0.1", false),
        ("192.168.1.1", true), ("192.169.1.1", false), ("169.254.1.1", true), ("100.64.0.1", true), ("100.128.0.1", false), ("fd00::1", true),
        ("fe80::1", true), ("2001:db8::1", false), ("203.0.113.9", false), ("::ffff:10.0.0.1", true),
    ])
    func addressesThatNobodyHasOnTheInternet(text: String, isLocal: Bool) throws {
        #expect(try #require(IPAddress(text)).isLocal == isLocal)
    }
}
