// Which texts may name a stored file; everything that could lead elsewhere may not.

import Testing

@testable import Media

@Suite struct StoredPathTests {
    @Test(arguments: [
        ("2024/04/10gwv0y.webp", "2024/04", "10gwv0y.webp", "webp"),
        ("videos/2024/04/b2c3d4.MP4", "videos/2024/04", "b2c3d4.MP4", "mp4"),
        ("a/b", "a", "b", ""),
        ("2026/11/photo-0_1.x.jpg", "2026/11", "photo-0_1.x.jpg", "jpg"),
    ])
    func safePathsAreTaken(_ text: String, _ folder: String, _ name: String, _ fileExtension: String) throws {
        let path = try #require(StoredPath(text))
        #expect(path.text == text)
        #expect(path.folder == folder)
        #expect(path.name == name)
        #expect(path.fileExtension == fileExtension)
    }

    @Test(arguments: [
        "", "/", "a", "/a/b", "a/", "a//b", "../a", "a/../b", "a/..", "./a", "a/.b", "a/b\0", "a/b c", "a\\b/c", "a/%2e%2e",
        "a/b\n", "ä/b", "a/\u{202E}b", "a/b?c", "a/b#c", "a:b/c", "~/b", "2024/04/" + String(repeating: "a", count: 200),
    ])
    func everythingElseIsRefused(_ text: String) {
        #expect(StoredPath(text) == nil)
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
