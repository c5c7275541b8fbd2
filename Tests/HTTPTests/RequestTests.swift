import HTTP
import Testing

@Suite struct RequestTests {
    private func request(_ parameters: [String: String]) -> Request { Request(parameters: parameters, body: PiecewiseBody("")) }

    @Test func variablesBecomeARequest() {
        let request = request(["REQUEST_METHOD": "POST", "SCRIPT_NAME": "/api/v1/upload.php", "QUERY_STRING": "a=1", "REMOTE_ADDR": "::1",
                               "CONTENT_TYPE": "text/plain", "CONTENT_LENGTH": "12", "HTTP_X_API_KEY": "k"])
        #expect(request.method == .post)
        #expect(request.path == "/api/v1/upload.php")
        #expect(request.query.first("a") == "1")
        #expect(request.remoteAddress == "::1")
        #expect(request.contentType == "text/plain")
        #expect(request.contentLength == 12)
    }

    @Test(arguments: [("X-API-Key", "k"), ("x-api-key", "k"), ("Content-Type", "text/plain"), ("content-length", "12"), ("Remote-Addr", nil), ("", nil)])
    func headersInAnyCase(_ name: String, _ value: String?) {
        let request = request(["HTTP_X_API_KEY": "k", "CONTENT_TYPE": "text/plain", "CONTENT_LENGTH": "12", "REMOTE_ADDR": "::1"])
        #expect(request.header(name) == value)
    }

    @Test(arguments: [(nil, nil), ("", nil), ("0", 0), ("12", 12), ("-1", nil), ("1e3", nil), ("99999999999999999999", nil), ("9223372036854775807", Int.max)])
    func declaredLengths(_ text: String?, _ length: Int?) {
        #expect(request(text.map { ["CONTENT_LENGTH": $0] } ?? [:]).contentLength == length)
    }

    @Test func nothingIsNeeded() {
        let request = request([:])
        #expect(request.method == .other(""))
        #expect(request.path == "" && request.contentType == "" && request.contentLength == nil)
    }

    @Test(arguments: [("GET", true), ("HEAD", true), ("POST", false), ("OPTIONS", false), ("get", false), ("", false), ("BREW", false)])
    func methods(_ name: String, _ isAllowed: Bool) {
        do {
            try request(["REQUEST_METHOD": name]).require([.get, .head])
            #expect(isAllowed)
        } catch let problem as Problem {
            #expect(!isAllowed)
            #expect(problem.says == "Method not allowed")
            let response = Response(problem)
            #expect(response.status == .methodNotAllowed)
            #expect(response.headers["Allow"] == "GET, HEAD, OPTIONS")
        } catch {
            Issue.record("\(error)")
        }
    }

    @Test(arguments: ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "BREW"])
    func methodNames(_ name: String) {
        #expect(Method(name).name == name)
    }
}
