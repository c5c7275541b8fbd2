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
