// Uploads through the forms of EasyImages.

import Glibc
import TestSupport
import Testing

@Suite struct OldFormTests {
    private let site: TestSite

    init() throws { site = try TestSite() }

    private func paths(of executable: String) -> [String] {
        DocumentedPath.all.filter { $0.executable == executable }.map(\.path)
    }

    @Test func aScriptUploads() throws {
        let key = try site.key([.upload])
        for path in paths(of: "api-index") {
            let answer = try site.upload(path, Sample.bmp(4, 3), named: "a.bmp", fields: ["token": key])
            #expect(answer.text.hasPrefix(#"{"result":"success","code":200,"url":"http:\/\/localhost\/uploads\/"#))
            #expect(answer.text.contains(#""srcName":"a","thumb":"#) && answer.text.hasSuffix(#""id":1,"message":"success"}"#))
            #expect(answer.headers["access-control-allow-origin"] == "*")
        }
        func refusal(_ token: String, _ bytes: [UInt8] = Sample.bmp(4, 3)) throws -> String {
            try site.upload("/api/index.php", bytes, named: "b.bmp", fields: ["token": token]).text
        }
        #expect(try refusal("bad") == #"{"result":"failed","code":202,"message":"Token Error"}"#)
        #expect(try refusal(key, Array("text".utf8)).hasPrefix(#"{"result":"failed","code":400,"srcName":"b","id":1,"message":"#))
        #expect(try site.post("/api/index.php", "token=\(key)").text.contains(#""code":204"#))
    }

    @Test func thePageUploads() throws {
        let cookie = ["Cookie": try site.session()]
        for path in paths(of: "app-upload") {
            let answer = try site.upload(path, Sample.bmp(4, 3), as: "file", named: "a.bmp", fields: ["sign": "\(time(nil))"], cookie)
            #expect(answer.text.hasPrefix(#"{"result":"success","code":200,"url":"#) && !answer.text.contains(#""id""#))
            #expect(try site.upload(path, Sample.bmp(4, 3), as: "file", fields: ["sign": "1"], cookie).text.contains(#""code":403,"systime":"#))
            #expect(try site.upload(path, Sample.bmp(4, 3), as: "file").text.contains(#""code":401"#))
        }
        let foreign = cookie.merging(["Origin": "https://evil.example"]) { $1 }
        #expect(try site.upload("/app/upload.php", Sample.bmp(4, 3), as: "file", foreign).text.contains(#""code":401"#))
    }

    @Test func aFileComesInPieces() throws {
        let (key, bytes) = (try site.key([.upload]), Sample.bmp(40, 30))
        func send(_ piece: ArraySlice<UInt8>, _ number: Int) throws -> Answer {
            try site.upload("/api/index.php", Array(piece), as: "file", named: "blob",
                            fields: ["token": key, "name": "a.bmp", "chunk": "\(number)", "chunks": "2"])
        }
        try site.change(["chunk_bytes": "1000"])
        let first = try send(bytes[..<1000], 0)
        #expect(first.status == 200 && first.body.isEmpty && first.headers["content-type"] == "application/json; charset=utf-8")
        #expect(try send(bytes[1000...], 1).text.contains(#""srcName":"a""#))
    }
}
