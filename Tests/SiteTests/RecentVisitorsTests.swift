@testable import Site
import Testing

@Suite struct RecentVisitorsTests {
    /// Visits from one address, with so many programs in turn.
    private func shared(_ address: String, visits: Int, programs: Int) -> String? {
        RecentVisitors((0..<visits).map { (address: address, program: "program \($0 % programs)") }).sharedAddress?.description
    }

    @Test func aProxyOfThisMachineOrItsNetwork() {
        for address in ["127.0.0.1", "172.18.0.5", "fd00::5"] {
            #expect(shared(address, visits: 5, programs: 2) == address)
            // One person's browser, or one script.
            #expect(shared(address, visits: 500, programs: 1) == nil)
            #expect(shared(address, visits: 4, programs: 2) == nil)
        }
    }

    /// At home several programs have one address too.
    @Test func anAddressOfTheInternet() {
        #expect(shared("203.0.113.9", visits: 100, programs: 9) == nil && shared("203.0.113.9", visits: 39, programs: 10) == nil)
        #expect(shared("203.0.113.9", visits: 40, programs: 10) == "203.0.113.9")
    }

    @Test func severalAddresses() {
        #expect(RecentVisitors([]).sharedAddress == nil)
        let visits = (0..<100).map { (address: $0 == 50 ? "192.0.2.1" : "127.0.0.1", program: "\($0)") }
        #expect(RecentVisitors(visits).sharedAddress == nil && RecentVisitors(visits).count == 100)
        #expect(RecentVisitors((0..<100).map { (address: "nonsense", program: "\($0)") }).sharedAddress == nil)
    }
}
