// What all paths have in common: each has an executable that answers the methods of the table and refuses the others.

import Testing

@Suite struct MethodTests {
    @Test(arguments: DocumentedPath.all)
    func otherMethodsAreRefused(path: DocumentedPath) throws {
        let site = try TestSite()
        let answer = try site.ask("TRACE", path.path)
        switch path.executable {
        // EasyImages' own forms take whatever comes, and tell what is wrong in the body.
        case "api-index", "app-upload": #expect(answer.status == 200 && answer.text.hasPrefix(#"{"result":"failed","code":"#))
        case "del" where path.path.hasPrefix("/app/"): #expect(answer.status == 200 && answer.text.contains("无效请求"))
        default:
            #expect(answer.status == 405)
            #expect(answer.headers["allow"]?.split(separator: ", ").map(String.init) == path.methods + ["OPTIONS"])
        }
    }

    /// The methods that a refusal names are all answered, OPTIONS too.
    @Test(arguments: DocumentedPath.all)
    func theMethodsAreToldToWhoAsks(path: DocumentedPath) throws {
        let answer = try TestSite().ask("OPTIONS", path.path)
        guard !["api-index", "app-upload"].contains(path.executable), path.path != "/app/del.php" else { return #expect(answer.status == 200) }
        let methods = answer.headers["access-control-allow-methods"] ?? answer.headers["allow"]
        #expect(answer.status == 204 && methods?.split(separator: ", ").map(String.init) == path.methods + ["OPTIONS"])
        #expect((answer.headers["access-control-allow-origin"] != nil) == (answer.headers["allow"] == nil), "\(answer.headers)")
    }

    @Test func aSiteWithoutDataSaysSo() throws {
        let site = try TestSite()
        let answer = try Program.run("stats", ["REQUEST_METHOD": "GET", "SCRIPT_NAME": "/api/v1/stats.php"], body: [], in: site.folder)
        #expect(answer.status == 500 && answer.text.hasPrefix(#"{"result":"error","code":500,"error":"Internal server error","detail":"The server failed"#))
        #expect(answer.log.contains("IMAGEBED_DATA is not set"))
    }
}
