// What a visit finds, it finds once.

import HTTP
import Site
import Testing

@Suite struct VisitTests {
    private let site: TestSite

    init() throws { site = try TestSite() }

    private func visit(_ variables: [String: String]) throws -> Visit {
        Visit(Request(parameters: variables, body: NoBody()), site.site)
    }

    private final class NoBody: BodyStream {
        func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int { 0 }
    }

    @Test func theCallerOfAVisitStaysTheSame() throws {
        let key = try site.key([.upload])
        let first = try visit(["HTTP_X_API_KEY": key])
        let caller = try first.caller()
        try site.site.accounts.revokeKey(#require(caller.keyID))
        #expect(try first.caller() == caller)
        try first.refuseBadKey()
        #expect(throws: Problem.self) { try visit(["HTTP_X_API_KEY": key]).refuseBadKey() }
        try visit([:]).refuseBadKey()
    }

    @Test func theKeyOfAFormCounts() throws {
        let key = try site.key([.upload])
        #expect(try visit([:]).caller(formKey: key).keyID != nil)
        #expect(throws: Problem.self) { try visit([:]).caller(formKey: "bad") }
    }

    @Test func settingsStayTheSameDuringARequest() throws {
        let first = try visit([:])
        #expect(try first.settings.siteName != "Other")
        try site.change(["site_name": "Other"])
        #expect(try first.settings.siteName != "Other" && visit([:]).settings.siteName == "Other")
    }

    @Test func aRequestThatNamesAnAccountIsItsOwn() throws {
        try site.change(["anonymous_upload": "on"])
        let cookie = try site.session()
        let known = try visit(["HTTP_COOKIE": cookie]).accountMark
        let mark = try #require(known)
        let key = try site.key([.upload])
        #expect(try visit(["REQUEST_METHOD": "GET", "HTTP_COOKIE": cookie, "HTTP_ACCOUNT_MARK": mark]).caller().accountID != nil)
        #expect(try visit(["HTTP_X_API_KEY": key, "HTTP_ACCOUNT_MARK": mark]).caller().keyID != nil)
        #expect(throws: Problem.self) { try visit(["HTTP_ACCOUNT_MARK": mark]).caller() }
        #expect(throws: Problem.self) { try visit(["REQUEST_METHOD": "GET", "HTTP_COOKIE": cookie, "HTTP_ACCOUNT_MARK": "0123456789abcdef"]).caller() }
        #expect(try visit([:]).caller().accountID == nil && visit([:]).accountMark == nil)
    }

    @Test func marksTellNumbersApart() throws {
        let marks = try (1...3).map { _ in try visit(["HTTP_COOKIE": site.session()]).accountMark }
        #expect(Set(marks).count == 1 && marks[0]?.count == 16)
    }

    @Test func onlyWhoIsLoggedInHasATokenForForms() throws {
        let cookie = try ["HTTP_COOKIE": site.session()]
        let known = try visit(cookie)
        #expect(try known.formToken == known.formToken && known.formToken != visit(cookie).formToken)
        #expect(try known.account?.name == "anna" && known.formToken?.count == 128)
        try site.site.accounts.closeSession(known.credentials.session)
        #expect(try known.account?.name == "anna")
        let gone = try visit(cookie)
        #expect(try gone.account?.name == nil && gone.formToken == nil && gone.credentials.formToken != nil)
    }
}
