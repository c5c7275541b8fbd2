import HTTP
import Testing

@Suite struct ResponseTests {
    private func body(_ response: Response) throws -> String {
        var bytes: Bytes = []
        try response.writeBody { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func json() throws {
        let response = Response(.ok, json: ["url": "http://a/中"])
        #expect(try body(response) == "{\"url\":\"http://a/中\"}")
        #expect(response.head == "Status: 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: 22\r\n"
            + "X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n\r\n")
    }

    @Test func aProblemIsTheErrorBodyOfTheAPIPage() throws {
        let response = Response(Problem(.notFound, says: "File not found", detail: "Look there.", because: "secret", headers: [("X", "1")]))
        #expect(response.status == .notFound)
        #expect(response.headers["X"] == "1")
        #expect(try body(response) == "{\"result\":\"error\",\"code\":404,\"error\":\"File not found\",\"detail\":\"Look there.\"}")
    }

    @Test func bodiesAreWrittenAsTheyAreMade() throws {
        #expect(try body(Response(.noContent)) == "")
        let pieces = Response(.ok, body: .stream { write in
            for piece in ["a", "b"] { try Bytes(piece.utf8).withUnsafeBytes(write) }
        })
        #expect(try body(pieces) == "ab")
    }
}
