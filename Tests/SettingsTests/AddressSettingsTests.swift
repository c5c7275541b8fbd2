import Settings
import Testing

@Suite struct AddressSettingsTests {
    static let keys = ["trusted_proxies", "address_list"]

    private func check(_ key: String, _ value: String) throws { try #require(Settings.declaration(of: key)).check(value) }

    @Test(arguments: keys) func whatIsTaken(key: String) throws {
        for value in ["", " ", "192.0.2.7", "192.0.2.7, 10.*.*.*\n2001:db8::/32,", "::1,127.0.0.0/8"] { try check(key, value) }
    }

    @Test(arguments: keys) func theWrongEntryIsNamed(key: String) throws {
        for (value, entry) in [("localhost", "localhost"), ("192.0.2.7,10.0.0, ::1", "10.0.0"), ("192.0.2.0/24 2001:db8::/129", "2001:db8::/129")] {
            let error = #expect(throws: SettingError.self) { try check(key, value) }
            #expect(error == .noAddress(key: key, entry: entry))
            #expect(error?.description == "\(key) cannot hold \"\(entry)\": each entry is an address (192.0.2.7, 2001:db8::1), a network "
                + "(192.0.2.0/24, 2001:db8::/32) or an IPv4 address with * for digits (192.0.2.*), with commas between entries")
        }
        let long = String(repeating: "x", count: 3000)
        #expect(throws: SettingError.noAddress(key: key, entry: String(repeating: "x", count: 60) + "…")) { try check(key, long) }
    }

    /// The programs could follow them, but the web server, which names visitors to them, could not.
    @Test(arguments: ["12*.0.0.1", "10.*.*.1", "1*.*.*.*", "192.0.2.1*"]) func proxiesAreWhatWebServersFollow(entry: String) throws {
        try check("address_list", entry)
        let error = #expect(throws: SettingError.self) { try check("trusted_proxies", "::1, \(entry),127.0.0.1") }
        #expect(error == .noNetwork(key: "trusted_proxies", entry: entry))
        #expect(error?.description == "trusted_proxies cannot hold \"\(entry)\": the web server cannot follow it; write the addresses (192.0.2.7), a "
            + "network (192.0.2.0/24), or * in place of whole numbers at the end (192.0.2.*)")
    }

    @Test func entriesAreBounded() throws {
        let key = "address_list"
        try check(key, String(repeating: "::1,", count: 4000))
        let error = #expect(throws: SettingError.self) { try check(key, String(repeating: "::1,", count: 4001)) }
        #expect(error == .tooManyAddresses(key: key, count: 4001))
        #expect(error?.description == "address_list cannot hold 4001 entries: it takes 4000")
    }

    @Test func otherSettingsTakeAnyText() throws { try check("site_name", "localhost, 10.0.0") }
}
