import HTTP
import Testing

@Suite struct RequestFormTests {
    private func form(_ type: String, _ body: String, size: Int = .max) throws -> Query {
        try Request(parameters: ["CONTENT_TYPE": type], body: PiecewiseBody(Bytes(body.utf8), sizes: [size])).form()
    }

    private func refusal(_ type: String, _ body: String) throws -> String {
        do {
            _ = try form(type, body)
            return "taken"
        } catch let problem as Problem {
            return "\(problem.status.code) \(problem.says)"
        }
    }

    @Test(arguments: ["application/x-www-form-urlencoded", "Application/X-WWW-Form-URLEncoded; charset=utf-8"])
    func fields(_ type: String) throws {
        for size in [1, 3, Int.max] {
            let form = try form(type, "a=1+2&b=%E4%B8%AD", size: size)
            #expect(form.first("a") == "1 2" && form.first("b") == "中")
        }
    }

    @Test func anEmptyBodyIsAnEmptyForm() throws {
        #expect(try form("application/x-www-form-urlencoded", "").first("a") == nil)
    }

    @Test func fieldsInParts() throws {
        let body = ["a\"\r\n\r\n1 2", "b\"\r\n\r\n中", "a\"\r\n\r\nlast", "f\"; filename=\"f\"\r\n\r\nx"]
            .map { "--B\r\nContent-Disposition: form-data; name=\"\($0)\r\n" }.joined() + "--B--\r\n"
        let form = try form("multipart/form-data; boundary=B", body, size: 7)
        #expect(form.all("a") == ["1 2", "last"] && form.first("b") == "中" && form.first("f") == nil)
    }

    @Test func refusals() throws {
        let whole = "a=" + String(repeating: "x", count: 65_534)
        #expect(try refusal("application/x-www-form-urlencoded", whole) == "taken")
        #expect(try refusal("application/x-www-form-urlencoded", whole + "x") == "413 Form too large: over 65536 bytes")
        #expect(try refusal("text/plain", "a=1") == "400 Invalid form: application/x-www-form-urlencoded is expected")
        #expect(try refusal("", "a=1") == "400 Invalid form: application/x-www-form-urlencoded is expected")
    }
}
