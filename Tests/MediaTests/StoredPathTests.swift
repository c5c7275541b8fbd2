// Which texts may name a stored file; everything that could lead elsewhere may not.

import Testing

@testable import Media

@Suite struct StoredPathTests {
    @Test(arguments: [
        ("2024/04/10gwv0y.webp", "2024/04", "10gwv0y.webp", "webp"),
        ("videos/2024/04/b2c3d4.MP4", "videos/2024/04", "b2c3d4.MP4", "mp4"),
        ("a/b", "a", "b", ""),
        ("2026/11/photo-0_1.x.jpg", "2026/11", "photo-0_1.x.jpg", "jpg"),
        ("a.jpg", "", "a.jpg", "jpg"), ("2025/07/04/假日-照片_1.jpg", "2025/07/04", "假日-照片_1.jpg", "jpg"),
        ("a/b c (1)?#%20.png", "a", "b c (1)?#%20.png", "png"), ("~/b:c", "~", "b:c", ""),
    ])
    func safePathsAreTaken(_ text: String, _ folder: String, _ name: String, _ fileExtension: String) throws {
        let path = try #require(StoredPath(text))
        #expect(path.text == text)
        #expect(path.folder == folder)
        #expect(path.name == name)
        #expect(path.fileExtension == fileExtension)
    }

    @Test(arguments: [
        "", "/", "/a/b", "a/", "a//b", "../a", "a/../b", "a/..", "./a", "a/.b", ".a", "..", "a/b\0", "a\\b/c", "a/b\n", "a/\u{7F}b",
        "a/\u{202E}b", "a/\u{FFFD}b", "a/" + String(repeating: "a", count: 256), String(repeating: "a/", count: 250) + "b",
    ])
    func everythingElseIsRefused(_ text: String) {
        #expect(StoredPath(text) == nil)
    }

    @Test(arguments: [
        ("2024/04/a-b_c.~d.jpg", "2024/04/a-b_c.~d.jpg"), ("a/假.jpg", "a/%E5%81%87.jpg"), ("a/b c?#%\"&+.png", "a/b%20c%3F%23%25%22%26%2B.png"),
    ])
    func urlsHoldItEncoded(_ text: String, _ encoded: String) {
        #expect(StoredPath(text)?.encoded == encoded)
    }

    @Test func newFilesLieBelowTheirMonth() throws {
        let name = try #require(NewFileName.random(from: Array<UInt8>(0..<12)))
        #expect(StoredPath(of: .jpeg, year: 2024, month: 4, name: name)?.text == "2024/04/0123456789ab.jpg")
        #expect(StoredPath(of: .mp4, year: 2024, month: 12, name: name)?.text == "videos/2024/12/0123456789ab.mp4")
        for type in MediaType.allCases {
            let made = try #require(StoredPath(of: type, year: 2024, month: 4, name: name))
            #expect(StoredPath(made.text) == made)
        }
        #expect(StoredPath(of: .png, year: 2024, month: 13, name: name) == nil)
        #expect(StoredPath(of: .png, year: -1, month: 1, name: name) == nil)
    }
}
