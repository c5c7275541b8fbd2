import Testing

@testable import HTTP

/// File names as programs in the wild send them.
@Suite struct PartHeaderTests {
    private func header(_ disposition: Bytes) throws -> PartHeader {
        try PartHeader(lines: Bytes("Content-Disposition: ".utf8) + disposition, limits: MultipartLimits())
    }

    @Test(arguments: [
        ("form-data; name=\"image\"; filename=\"a.png\"", "image", "a.png"),
        ("form-data; name=image; filename=a.png", "image", "a.png"),
        ("form-data;name=\"image\";filename=\"a.png\"", "image", "a.png"),
        ("FORM-DATA; Name=\"image\"; FileName=\"a.png\"", "image", "a.png"),
        ("form-data; filename=\"a.png\"; name=\"image\"", "image", "a.png"),
        ("attachment; name=\"image\"; filename=\"a.png\"", "image", "a.png"),
        ("form-data ; name = image ; filename = \"a.png\" ", "image", "a.png"),
        ("form-data; name=\"image\"", "image", nil),
        ("form-data; name=\"\"; filename=\"a.png\"", "", "a.png"),
        ("form-data; name=\"image\"; filename=\"\"", "image", ""),
        ("form-data; name=\"image\"; filename=", "image", ""),
        ("form-data; name=\"image\"; filename=\"blob\"", "image", "blob"),
        ("form-data; name=\"image\"; filename=\"C:\\x\\a.png\"", "image", "C:\\x\\a.png"),
        ("form-data; name=\"image\"; filename=\"./a.png\"", "image", "./a.png"),
        ("form-data; name=\"image\"; filename=\"../../../etc/passwd\"", "image", "../../../etc/passwd"),
        ("form-data; name=\"image\"; filename=\"a;b=c.png\"; x=y", "image", "a;b=c.png"),
        ("form-data; name=\"image\"; filename=my photo.png", "image", "my photo.png"),
        // Quotes: as old programs write them, and as browsers do.
        ("form-data; name=\"image\"; filename=\"a\\\"b\\\".png\"", "image", "a\"b\".png"),
        ("form-data; name=\"image\"; filename=\"a%22b%0D%0Ac%20d%.png\"", "image", "a\"b\r\nc%20d%.png"),
        ("form-data; name=\"image\"; filename=\"%E4%B8%AD.png\"", "image", "%E4%B8%AD.png"),
        ("form-data; name=\"image\"; filename=\"a.png", "image", "a.png"),
        ("form-data; name=\"image\"; filename=\"a\\\"", "image", "a\\"),
        // Not ASCII: raw, extended, encoded words.
        ("form-data; name=\"image\"; filename=\"中文.png\"", "image", "中文.png"),
        ("form-data; name=\"image\"; filename*=UTF-8''%e4%b8%ad.png", "image", "中.png"),
        ("form-data; name=\"image\"; filename=\"x.png\"; filename*=utf-8'en'%E4%B8%AD.png", "image", "中.png"),
        ("form-data; name=\"image\"; filename*=UTF-8''%e4%b8%ad.png; filename=x.png", "image", "中.png"),
        ("form-data; name=\"image\"; filename*=\"UTF-8''a%20b.png\"", "image", "a b.png"),
        ("form-data; name=\"image\"; filename*=ISO-8859-1''%E9.png", "image", "é.png"),
        ("form-data; name=\"image\"; filename=\"x.png\"; filename*=gbk''%D6%D0.png", "image", "x.png"),
        ("form-data; name=\"image\"; filename=\"x.png\"; filename*=a.png", "image", "x.png"),
        ("form-data; name=\"image\"; filename=\"x.png\"; filename*=UTF-8''", "image", "x.png"),
        ("form-data; name=\"image\"; filename*=a.png", "image", "a.png"),
        ("form-data; name=\"image\"; filename*=UTF-8''", "image", "UTF-8''"),
        ("form-data; name=\"image\"; filename=\"=?UTF-8?B?5Lit5paHLnBuZw==?=\"", "image", "中文.png"),
        ("form-data; name=\"image\"; filename==?utf-8?Q?=E4=B8=AD_a.png?=", "image", "中 a.png"),
        // What is no name.
        ("form-data; name=image; filename=\"a\u{202E}gnp.exe\"", "image", "a\u{202E}gnp.exe"),
        ("form-data; name=image; ; ;filename=a", "image", "a"),
        ("form-data; name=image; filename", "image", nil),
        ("form-data; name=image;", "image", nil),
    ])
    func fileNames(_ disposition: String, _ name: String, _ fileName: String?) throws {
        let header = try header(Bytes(disposition.utf8))
        #expect(header.name == name)
        #expect(header.fileName.map { String(decoding: $0, as: UTF8.self) } == fileName)
    }

    @Test func bytesOfAnyEncodingComeOutAsSent() throws {
        let name: Bytes = [0xD6, 0xD0, 0xCE, 0xC4, 0x5C, 0x22, 0xFF, 0x2E, 0x70, 0x6E, 0x67]
        let header = try header(Bytes("form-data; name=image; filename=\"".utf8) + name + Bytes("\"".utf8))
        #expect(header.fileName == [0xD6, 0xD0, 0xCE, 0xC4, 0x22, 0xFF, 0x2E, 0x70, 0x6E, 0x67])
    }

    @Test func aNameOf15KBIsHandedOnWhole() throws {
        let name = Bytes(repeating: UInt8(ascii: "a"), count: 15_000)
        #expect(try header(Bytes("form-data; name=image; filename=".utf8) + name).fileName == name)
    }

    @Test func contentType() throws {
        let lines = "content-TYPE :\t image/png \r\ncontent-disposition : form-data; name=a"
        #expect(try PartHeader(lines: Bytes(lines.utf8), limits: MultipartLimits()).contentType == "image/png")
    }
}
