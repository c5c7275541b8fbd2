// Several files in one form of the API.

import Database
import MediaStore
import TestSupport
import Testing

@Suite struct SeveralFilesTests {
    private let site: TestSite

    init() throws { site = try TestSite() }

    private func send(_ parts: [(field: String, name: String?, bytes: [UInt8])], _ headers: [String: String] = [:]) throws -> Answer {
        var body: [UInt8] = []
        for part in parts {
            let name = part.name.map { "; filename=\"\($0)\"" } ?? ""
            body += Array("--x\r\nContent-Disposition: form-data; name=\"\(part.field)\"\(name)\r\n\r\n".utf8) + part.bytes + [13, 10]
        }
        return try site.ask("POST", "/api/v1/upload.php", headers, type: "multipart/form-data; boundary=x", body: body + Array("--x--".utf8))
    }

    private func picture(_ name: String, _ field: String = "image", width: Int = 4) -> (field: String, name: String?, bytes: [UInt8]) {
        (field, name, Sample.bmp(width, 3))
    }

    /// How often a text occurs.
    private func count(_ text: String, in answer: Answer) -> Int { answer.text.split(separator: text, omittingEmptySubsequences: false).count - 1 }

    @Test(arguments: ["image", "image[]", "image2", "file", "file[0]"])
    func allAreStored(field: String) throws {
        let key = ["X-API-Key": try site.key([.upload])]
        let answer = try send([picture("a.bmp"), ("note", nil, Array("x".utf8)), picture("b.bmp", field)], key)
        #expect(answer.status == 200 && answer.text.hasPrefix(#"{"result":"success","code":200,"url":"#))
        #expect(count(#""srcName":"a.bmp""#, in: answer) == 2 && count(#""srcName":"b.bmp""#, in: answer) == 1 && count(#""files":["#, in: answer) == 1)
        #expect(answer.text.contains(#""id":1"#) && answer.text.contains(#""id":2"#))
    }

    @Test(arguments: ["picture", "imagex", "images", "file-2", "image[a]", "image[", "Image"])
    func otherFieldsCarryNone(field: String) throws {
        let key = ["X-API-Key": try site.key([.upload])]
        #expect(try !send([picture("a.bmp"), picture("b.bmp", field)], key).text.contains("files"))
        let refused = try send([picture("b.bmp", field)], key)
        #expect(refused.status == 400 && refused.text.contains("No file uploaded") && refused.text.contains(", but \(field); send one there"))
    }

    @Test func anErrorStandsInItsPlace() throws {
        let key = ["X-API-Key": try site.key([.upload])]
        try site.change(["image_max_width": "5"])
        let answer = try send([picture("a.bmp"), picture("b.bmp", width: 6), ("image", "c.bmp", Array("text".utf8))], key)
        #expect(answer.status == 200 && answer.text.contains(#"},{"result":"error","code":400,"error":"Too many pixels","detail":"The picture is 6 pixels wide;"#))
        #expect(answer.text.hasSuffix("]}") && count(#""error":"Invalid file type""#, in: answer) == 1)
        let reversed = try send([picture("b.bmp", width: 6), picture("a.bmp")], key)
        #expect(reversed.status == 400 && reversed.text.hasPrefix(#"{"result":"error","code":400,"error":"Too many pixels","detail":"#))
        #expect(count(#""result":"success""#, in: reversed) == 1 && count(#""error":"Too many pixels""#, in: reversed) == 2)
    }

    /// A failure of the machine concerns one file, and is told as such and logged; the other stays stored.
    @Test func aFailureConcernsItsFile() throws {
        let key = ["X-API-Key": try site.key([.upload]), "Idempotency-Key": "0123456789abcdef"]
        try site.site.database.run("CREATE TRIGGER once BEFORE INSERT ON upload_key WHEN EXISTS (SELECT 1 FROM upload_key) BEGIN SELECT RAISE(ABORT, 'no'); END")
        let files = [picture("a.bmp"), picture("b.bmp", width: 5)]
        let broken = try send(files, key)
        #expect(broken.status == 200 && broken.text.contains(#"},{"result":"error","code":500,"error":"Upload failed","detail":"The server failed"#))
        #expect(broken.log.contains("file 2 of the form was not stored (Upload failed)"))
        try site.site.database.run("DROP TRIGGER once")
        let whole = try send(files, key)
        #expect(whole.status == 200 && count(#""result":"success""#, in: whole) == 3)
        #expect(try send(files, key).text == whole.text)
    }

    @Test func tooManyAreNotTaken() throws {
        let key = ["X-API-Key": try site.key([.upload])]
        try site.change(["batch_files": "2"])
        let refused = try send([picture("a.bmp"), picture("b.bmp"), picture("c.bmp")], key)
        #expect(refused.status == 400 && refused.text.contains(#""error":"Too many files","detail":"The form has more than 2 files"#))
        #expect(try site.site.store.statistics().images == 0)
    }

    @Test func aKeyIsThatOfTheWholeForm() throws {
        let key = ["X-API-Key": try site.key([.upload]), "Idempotency-Key": "0123456789abcdef"]
        let first = try send([picture("a.bmp"), picture("b.bmp", width: 5)], key)
        #expect(try send([picture("a.bmp"), picture("b.bmp", width: 5)], key).text == first.text)
        for other in [[picture("a.bmp"), picture("b.bmp", width: 6)], [picture("b.bmp", width: 5), picture("a.bmp")], [picture("c.bmp"), picture("b.bmp", width: 5)]] {
            let refused = try send(other, key)
            #expect(refused.status == 422 && !refused.text.contains("files"))
        }
        #expect(try site.site.store.statistics().images == 2)
        #expect(try send([picture("a.bmp")], key).status == 200 && site.site.store.statistics().images == 2)
    }
}
