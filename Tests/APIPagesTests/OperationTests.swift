@testable import APIPages
import HTTP
import Paths
import Testing
import Words

@Suite struct OperationTests {
    /// What lies elsewhere is a page or belongs to one; `/api/` is `/api/index.php`.
    @Test func everyPathOfTheAPIIsDescribed() {
        let paths = Path.allCases.filter { $0.text.hasPrefix("/api/") && $0 != .shortTokenUpload } + [.deletion, .thumbnail]
        #expect(Set(APIOperation.all.map(\.path)) == Set(paths))
    }

    @Test(arguments: APIOperation.all.map(\.id)) func theProgramTakesTheMethod(id: String) throws {
        let operation = try #require(APIOperation.all.first { $0.id == id })
        let endpoint = try #require(Endpoint.all.first { $0.paths.contains { $0.path == operation.path } })
        #expect(endpoint.methods.contains(operation.method))
    }

    @Test func idsAreUnique() {
        #expect(Set(APIOperation.all.map(\.id)).count == APIOperation.all.count)
        let requests = APIOperation.all.map { "\($0.method.name) \($0.path.text)" }
        #expect(Set(requests).count == requests.count)
    }

    @Test(arguments: APIOperation.all.map(\.id)) func whatTheWebServerSaysIsListed(id: String) throws {
        let operation = try #require(APIOperation.all.first { $0.id == id })
        let statuses = Set(operation.allRefusals.map(\.status))
        #expect(statuses.isSuperset(of: [400, 408, 413, 414, 429, 431, 502, 503, 504]))
        #expect(operation.allRefusals.map(\.status) == operation.allRefusals.map(\.status).sorted())
        #expect(operation.allRefusals.contains { $0.code == 507 && $0.text == "Insufficient storage" })
    }

    @Test func messagesOfTheReplacedPage() throws {
        let expected: [(String, Int, String)] = [
            ("uploadFile", 400, "No file uploaded"), ("uploadFile", 400, "Invalid file type"), ("uploadFile", 400, "File too large"),
            ("uploadFile", 401, "Login required or invalid token"), ("uploadFile", 401, "Invalid API key"),
            ("uploadFile", 403, "Video upload disabled"), ("deleteFile", 404, "File not found"), ("listFiles", 405, "Method not allowed"),
            ("uploadFile", 413, "File too large"), ("uploadFile", 500, "Upload failed"),
        ]
        for (id, status, message) in expected {
            let operation = try #require(APIOperation.all.first { $0.id == id })
            #expect(operation.allRefusals.contains { $0.status == status && $0.text == message }, "\(id) \(status) \(message)")
        }
    }

    @Test func fieldsAreNamedOnce() {
        for operation in APIOperation.all {
            let names = operation.fields.map { "\($0.place) \($0.name)" }
            #expect(Set(names).count == names.count, "\(operation.id)")
            #expect(operation.bodies == [.bytes] || operation.bodies.isEmpty == operation.fields.allSatisfy { $0.place != .body }, "\(operation.id)")
        }
    }
}
