// What administrators do with accounts: the last one of them stays, whatever is tried.

@testable import Accounts
import Testing

@Suite struct AdministrationTests {
    private let site: Site
    private var accounts: Accounts { site.accounts }

    init() throws { site = try Site.withAnna() }

    private func add(_ name: String, _ role: Role = .user) throws { try accounts.add(AccountName(name)!, password: "battery staple", role: role) }

    private func account(_ name: String) throws -> Account { try #require(try accounts.account(named: name)) }

    /// Everything that would leave the site without an administrator.
    private func expectToStay(_ name: String) throws {
        let deeds: [(String) throws -> Void] = [
            { try accounts.setDisabled(true, $0) }, { try accounts.setRole(.user, of: $0) }, { try accounts.setEnd(site.time + 86_400, of: $0) },
            { try accounts.delete($0) },
        ]
        for deed in deeds { #expect(throws: AccountsError.lastAdmin(name)) { try deed(name) } }
        #expect(try account(name).role == .admin && account(name).disabledAt == nil && account(name).expiresAt == nil)
    }

    @Test func accountsAreCounted() throws {
        let before = try accounts.count()
        try add("one")
        try add("two", .admin)
        #expect(try accounts.count() == before + 2)
    }

    @Test func theLastAdministratorStays() throws {
        try expectToStay("anna")
        try add("bob", .admin)
        try accounts.setDisabled(true, "bob")
        try expectToStay("anna")
        // One that has ended is no other.
        try accounts.setDisabled(false, "bob")
        try accounts.setEnd(site.time + 10, of: "bob")
        site.time += 11
        try expectToStay("anna")
        try accounts.setEnd(nil, of: "bob")
        try accounts.setRole(.user, of: "anna")
        #expect(try account("anna").role == .user)
        try expectToStay("bob")
    }

    @Test func theOtherMustGoOnWithoutEnd() throws {
        try add("bob", .admin)
        try accounts.setEnd(site.time + 10, of: "bob")
        try expectToStay("anna")
        try accounts.setEnd(nil, of: "bob")
        try accounts.setEnd(site.time + 10, of: "anna")
        try accounts.setDisabled(true, "anna")
    }

    /// As an imported site can have them: everybody's account ends.
    @Test func ofAdministratorsWithAnEndTheLongestStays() throws {
        try add("bob", .admin)
        try accounts.setEnd(site.time + 20, of: "bob")
        try site.database.run("UPDATE account SET expires_at = ? WHERE name = 'anna'", site.time + 30)
        for deed: (String) throws -> Void in [{ try accounts.setDisabled(true, $0) }, { try accounts.setRole(.user, of: $0) }, { try accounts.delete($0) },
                                             { try accounts.setEnd(site.time + 29, of: $0) }] {
            #expect(throws: AccountsError.lastAdmin("anna")) { try deed("anna") }
        }
        try accounts.setEnd(site.time + 31, of: "anna")
        try accounts.setEnd(nil, of: "anna")
        try accounts.setDisabled(true, "bob")
        // What has ended protects nobody, and may be put right.
        try accounts.setDisabled(false, "bob")
        site.time += 21
        try accounts.setEnd(site.time + 5, of: "bob")
        try expectToStay("anna")
    }

    @Test func rolesEndsAndQuotas() throws {
        try add("bob")
        try accounts.setRole(.admin, of: "BOB")
        try accounts.setEnd(site.time + 5, of: "bob")
        try accounts.setQuota(Quota(bytes: 0, files: 3), of: "bob")
        let bob = try account("bob")
        #expect(bob.role == .admin && bob.expiresAt == site.time + 5 && bob.quota == Quota(bytes: 0, files: 3))
        try accounts.setQuota(.none, of: "bob")
        #expect(try account("bob").quota == .none)
        for wrong in [Quota(bytes: -1, files: nil), Quota(bytes: 1 << 51, files: nil), Quota(bytes: nil, files: -1), Quota(bytes: nil, files: 1_000_000_001)] {
            #expect(throws: AccountsError.badQuota) { try accounts.setQuota(wrong, of: "bob") }
        }
        for deed: (String) throws -> Void in [{ try accounts.setRole(.user, of: $0) }, { try accounts.setEnd(nil, of: $0) },
                                             { try accounts.setQuota(.none, of: $0) }, { try accounts.delete($0) }] {
            #expect(throws: AccountsError.noAccount("nobody")) { try deed("nobody") }
        }
    }

    @Test func aDeletedAccountOpensNothing() throws {
        try add("bob")
        let key = try accounts.createKey(of: "bob", name: "k", scopes: [.upload]).key
        let id = try account("bob").id
        try accounts.delete("bob")
        #expect(try accounts.account(named: "bob") == nil && accounts.holder(of: key) == nil)
        #expect(try accounts.account(id)?.isDeleted == true && !account("anna").isDeleted)
        try add("bob")
        #expect(try account("bob").id != id)
    }

    @Test func accountsInParts() throws {
        for number in 0..<7 { try add("user\(number)") }
        try add("a_b")
        try accounts.delete("user3")
        #expect(try accounts.part(size: 3).accounts.map(\.name) == ["anna", "user0", "user1"])
        var (names, after) = ([String](), Int?.some(0))
        while let start = after {
            let part = try accounts.part(after: start, size: 3)
            names += part.accounts.map(\.name)
            after = part.next
        }
        #expect(names == ["anna", "user0", "user1", "user2", "user4", "user5", "user6", "a_b"])
        #expect(try accounts.part(named: "USER5").accounts.map(\.name) == ["user5"])
        #expect(try accounts.part(named: "_").accounts.map(\.name) == ["a_b"] && accounts.part(named: "%").accounts.isEmpty)
        #expect(try accounts.part(named: "!").accounts.isEmpty && accounts.part(named: "nobody").next == nil)
    }

    @Test func whoWaits() throws {
        _ = try accounts.register(AccountName("carl")!, password: "battery staple", from: "192.0.2.1", needsApproval: true)
        #expect(try accounts.waitingCount() == 1 && accounts.part(onlyWaiting: true).accounts.map(\.name) == ["carl"])
        #expect(try accounts.part().accounts.map(\.name) == ["anna", "carl"])
    }

    @Test func everybodysKeys() throws {
        try add("bob")
        let ids = try ["anna", "bob", "anna"].map { try accounts.createKey(of: $0, name: "k", scopes: [.upload]).record.id }
        #expect(try accounts.keyPart(size: 2).keys.map(\.account) == ["anna", "bob"] && accounts.keyPart(size: 2).next == ids[1])
        try accounts.revokeKey(ids[1])
        #expect(try accounts.keyPart(after: 0).keys.map(\.id) == [ids[0], ids[2]] && accounts.keyPart(after: ids[2]).keys.isEmpty)
        #expect(try accounts.keyCount(of: account("anna")) == 2 && accounts.keyCount(of: account("bob")) == 0)
    }
}
