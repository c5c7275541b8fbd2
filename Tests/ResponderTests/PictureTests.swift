// The v1 API of pictures, and thumbnails.

import TestSupport
import Testing

@Suite struct PictureTests {
    @Test func anUploadIsKeptAndListed() throws {
        let site = try TestSite()
        let headers = ["X-API-Key": try site.key()]
        let answer = try site.upload("/api/v1/upload.php", Sample.bmp(4, 3), named: "a.bmp", headers)
        #expect(answer.status == 200)
        #expect(answer.text.hasPrefix(#"{"result":"success","code":200,"url":"http:\/\/localhost\/uploads\/"#)
            || answer.text.hasPrefix(#"{"result":"success","code":200,"url":"http://localhost/uploads/"#))
        #expect(answer.text.contains(#""srcName":"a.bmp""#) && answer.text.contains(#""width":4,"height":3"#) && answer.text.contains(#""del":"#))
        let list = try site.ask("GET", "/api/v1/list.php")
        #expect(list.text.hasPrefix(#"{"success":true,"data":[{"id":1,"#) && list.text.contains(#""total":1,"total_pages":1"#))
        #expect(try site.ask("GET", "/api/v1/list.php?mine=1", headers).text.contains(#""total":1,"#))
        #expect(try site.ask("GET", "/api/v1/stats.php").text.hasPrefix(#"{"success":true,"data":{"images":1,"videos":0,"views":0,"uploads":1,"#))
    }

    @Test func theKeyMayStandInTheForm() throws {
        let site = try TestSite()
        let answer = try site.upload("/api/v1/upload.php", Sample.bmp(4, 3), as: "file", fields: ["token": site.key([.upload])])
        #expect(answer.status == 200)
    }

    @Test func whatIsRefused() throws {
        let site = try TestSite()
        let key = try site.key([.upload])
        func refusal(_ bytes: [UInt8], _ headers: [String: String]) throws -> String {
            let answer = try site.upload("/api/v1/upload.php", bytes, headers)
            return "\(answer.status) \(answer.text)"
        }
        #expect(try refusal(Sample.bmp(4, 3), [:]).hasPrefix(#"401 {"result":"error","code":401,"error":"Login required or invalid token","detail":"There"#))
        #expect(try refusal(Array("text".utf8), ["X-API-Key": key]) .hasPrefix(#"400 {"result":"error","code":400,"error":"Invalid file type","detail":"The"#))
        #expect(try refusal([], ["X-API-Key": key]) 
            .hasPrefix(#"400 {"result":"error","code":400,"error":"No file uploaded","detail":"The file in the form has 0 bytes, or none was chosen; send one that is not empty.","request_id":""#))
        for address in ["/api/v1/list.php?mine=1", "/api/v1/list.php", "/api/v1/stats.php"] {
            let answer = try site.ask("GET", address, ["X-API-Key": "bad"])
            #expect(answer.status == 401 && answer.text.contains("Invalid API key"))
        }
        #expect(try site.ask("GET", "/api/v1/list.php?mine=1", ["X-API-Key": key]).text.contains("API key lacks the scope: read"))
    }

    @Test(arguments: [("/application/thumb.php", 404), ("/app/thumb.php", 200)])
    func aThumbnailIsMade(path: String, statusOfMissing: Int) throws {
        let site = try TestSite()
        let file = try site.keep("a.bmp", Sample.bmp(40, 30))
        let made = try site.ask("GET", "\(path)?img=/uploads/\(file.path.encoded)")
        #expect(made.status == 200 && made.headers["content-type"]?.hasPrefix("image/") == true && !made.body.isEmpty)
        let handed = try site.ask("GET", "\(path)?img=/uploads/\(file.path.encoded)", sendFile: "X-Accel-Redirect")
        #expect(handed.body.isEmpty && handed.headers["x-accel-redirect"]?.hasPrefix("/_imagebed/thumbs/\(file.path.encoded)/") == true)
        let detour = try site.ask("GET", "\(path)?img=\(file.path.encoded)")
        #expect(detour.status == 302 && detour.headers["location"] == "thumb.php?img=/uploads/\(file.path.encoded)")
        let missing = try site.ask("GET", "\(path)?img=/uploads/2024/01/none.png")
        #expect(missing.status == statusOfMissing && missing.headers["content-type"] == "image/png" && !missing.body.isEmpty)
    }
}
