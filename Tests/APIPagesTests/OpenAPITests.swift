@testable import APIPages
import JSONText
import Paths
import Settings
import Testing

extension JSONValue {
    fileprivate subscript(_ names: String...) -> JSONValue? {
        names.reduce(self) { value, name in
            guard case .object(let members)? = value else { return nil }
            return members.first { $0.0 == name }?.1
        }
    }

    fileprivate var names: [String] { if case .object(let members) = self { members.map(\.0) } else { [] } }
    fileprivate var text: String { String(decoding: bytes, as: UTF8.self) }
}

@Suite struct OpenAPITests {
    private static let document: JSONValue = {
        var settings = Settings()
        settings.siteName = "图床"
        settings.baseURL = BaseURL("https://img.example.org/p")!
        return OpenAPI(settings).document
    }()

    private var document: JSONValue { OpenAPITests.document }

    @Test func head() {
        #expect(document["openapi"] == "3.1.0" && document["info", "title"] == "图床 API")
        #expect(document["servers"] == [["url": "https://img.example.org/p"]])
        #expect(document["components", "securitySchemes", "session", "name"] == "__Host-imagebed_session~p")
    }

    @Test func everyMethodOfEveryPath() throws {
        let paths = try #require(document["paths"])
        #expect(paths.names == APIOperation.all.reduce(into: []) { if !$0.contains($1.path.text) { $0.append($1.path.text) } })
        for path in paths.names {
            let endpoint = try #require(Endpoint.all.first { $0.paths.contains { $0.path.text == path } })
            let methods = Set(paths[path]?.names ?? [])
            #expect(methods.isSuperset(of: endpoint.methods.map { $0.name.lowercased() }), "\(path)")
            #expect(methods.contains("options"), "\(path)")
        }
    }

    @Test func noAnswerIsLeftToADefault() throws {
        for path in try #require(document["paths"]).names {
            for method in document["paths", path]?.names ?? [] {
                let statuses = document["paths", path, method, "responses"]?.names ?? []
                #expect(!statuses.isEmpty && statuses.allSatisfy { Int($0) != nil }, "\(method) \(path)")
                #expect(statuses == statuses.sorted(), "\(method) \(path)")
            }
        }
    }

    @Test func referencesLeadSomewhere() throws {
        let names = Set(try #require(document["components", "responses"]).names)
        let used = Set(document.text.split(separator: "#/components/responses/").dropFirst().map { String($0.prefix { $0 != "\"" }) })
        #expect(!used.isEmpty && used == names)
    }

    private func response(_ method: String, _ path: Path, _ status: String) -> JSONValue? {
        let found = document["paths", path.text, method, "responses", status]
        guard case .string(let reference)? = found?["$ref"] else { return found }
        return document["components", "responses", String(reference.split(separator: "/").last ?? "")]
    }

    @Test func anErrorHasItsExactMessages() throws {
        let upload = try #require(response("post", .upload, "401")?["content", "application/json", "schema", "properties"])
        #expect(upload["error"] == ["enum": ["Login required or invalid token", "Invalid API key"]])
        #expect(upload["code"] == ["const": 401] && upload.names == ["result", "code", "error", "detail", "request_id"])
        let push = try #require(response("post", .sync, "403")?["content", "application/json", "schema", "properties"])
        #expect(push.names == ["success", "result", "code", "error", "detail", "request_id"] && push["error"] == ["enum": ["API key lacks the scope: json"]])
    }

    /// HEAD is GET without a body, also where POST comes first.
    @Test func headIsDescribedLikeGet() throws {
        for path in try #require(document["paths"]).names {
            guard let get = document["paths", path, "get"], let head = document["paths", path, "head"], head["operationId"] != "getUploadOffset" else { continue }
            #expect(head["parameters"] == get["parameters"] && head["summary"] == get["summary"], "\(path)")
            #expect(head["responses"]?.names == get["responses"]?.names, "\(path)")
        }
    }

    @Test func aKeyIsASecuritySchemeAndNoParameter() {
        #expect(!document.text.contains("\"name\":\"X-API-Key\",\"in\":\"header\",\"required\""))
        #expect(document["paths", "/api/v1/json/history.php", "get", "security"] == [["apiKey": []], ["bearer": []], ["session": []]])
    }

    @Test func answersWithoutABodyHaveNone() throws {
        let head = try #require(response("head", .list, "200"))
        #expect(head["description"] != nil && head["content"] == nil)
    }
}
