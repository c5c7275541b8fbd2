// The account with which the doctor tries what users do.

@testable import Accounts
import Testing

@Suite struct ExaminerTests {
    private let site: Site
    private var accounts: Accounts { site.accounts }

    init() throws { site = try Site.withAnna() }

    @Test func itWorksForAWhileAndIsInNoList() throws {
        let examiner = try accounts.openExaminer()
        let caller = try #require(try accounts.holder(of: examiner.key))
        #expect(caller.accountID == examiner.id && caller.role == .user && caller.scopes == Set(Scope.allCases))
        #expect(try accounts.part().accounts.map(\.name) == ["anna"] && accounts.endedExaminers().isEmpty)
        site.time += Examiner.lifetime + 1
        #expect(try accounts.holder(of: examiner.key) == nil && accounts.endedExaminers() == [examiner.id])
    }

    @Test func nothingOfItStays() throws {
        let key = try accounts.createKey(of: "anna", name: "hers", scopes: [.upload]).key
        let examiner = try accounts.openExaminer()
        try accounts.disarmExaminer(examiner.id)
        #expect(try accounts.holder(of: examiner.key) == nil && accounts.all().count == 2)
        try accounts.removeExaminer(examiner.id)
        // Whose id it is not, keeps all.
        let anna = try site.anna().id
        try accounts.disarmExaminer(anna)
        try accounts.removeExaminer(anna)
        #expect(try accounts.all().map(\.name) == ["anna"] && accounts.keys().map(\.name) == ["hers"] && accounts.holder(of: key) != nil)
    }
}
