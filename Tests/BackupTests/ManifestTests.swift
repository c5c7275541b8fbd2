// The manifest of a backup as text.

@testable import Backup
import Disk
import Glibc
import Media
import MediaStore
import Site
import SQLite
import SyncStore
import TestSupport
import Testing

@Suite struct ManifestTests {
    let temporary = TemporaryFolder()
    let manifest = Manifest(number: 7, made: 1_700_000_000, schema: 9, database: .init(name: "imagebed-7.db", size: 10, sha256: "aa"),
                            secret: .init(name: "secret-7", size: 64, sha256: "bb"))

    @Test func comesBackAsItWent() throws {
        let folder = try Folder(temporary.path)
        #expect(try ReadManifest(in: folder) == nil)
        let files = [(5, "uploads/2024/04/a.jpg"), (0, "uploads/2025/假 日 .jpg"), (1 << 40, "uploads/end 1"), (3, "uploads/files 2 3")]
        let total = try manifest.write(to: folder) { line in for (size, path) in files { try line(size, path) } }
        #expect(total.files == 4 && total.bytes == 1 << 40 + 8)
        let read = try #require(try ReadManifest(in: folder))
        #expect(read.manifest == manifest && read.files == 4 && read.bytes == total.bytes)
        var found: [(Int, String)] = []
        try read.forEach { found.append(($0, $1)) }
        #expect(found.map(\.0) == files.map(\.0) && found.map(\.1) == files.map(\.1))
    }

    @Test func anyByteThatDiffersIsNoticed() throws {
        let folder = try Folder(temporary.path)
        _ = try manifest.write(to: folder) { line in try line(5, "uploads/a.jpg") }
        let whole = temporary.read("manifest")
        for index in whole.indices {
            var bytes = whole
            bytes[index] ^= 1
            temporary.write(bytes, as: "manifest")
            #expect(throws: BackupError.self, "byte \(index)") { try ReadManifest(in: folder) }
        }
        for length in 0..<whole.count - 1 {
            temporary.write(Array(whole.prefix(length)), as: "manifest")
            #expect(throws: BackupError.self, "\(length) bytes") { try ReadManifest(in: folder) }
        }
    }
}
