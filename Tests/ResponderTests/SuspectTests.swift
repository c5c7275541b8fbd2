// The pictures that EasyImages had put aside.

import Disk
import EasyImagesAPI
import Media
import MediaStore
import Site
import TestSupport
import Testing

@Suite struct SuspectTests {
    private let site: TestSite
    private var suspects: Suspects { Suspects(site.site) }

    init() throws {
        site = try TestSite()
        _ = try site.site.uploads.folder("2025/07/01", creates: true)
    }

    private func put(_ name: String, _ bytes: [UInt8] = Sample.bmp(4, 3)) throws {
        _ = try site.site.uploads.folder("suspic", creates: true)
        site.folder.write(bytes, as: "data/uploads/suspic/\(name)")
    }

    @Test func inPartsByName() throws {
        #expect(try suspects.part(atMost: 2).suspects.isEmpty, "there is no such folder")
        for name in ["2025_07_01_c.bmp", "2025_07_01_a.bmp", "2025_07_01_é.bmp", "b.bmp", ".hidden"] { try put(name) }
        _ = try site.site.uploads.folder("suspic/folder", creates: true)
        let first = try suspects.part(atMost: 3)
        #expect(first.suspects.map(\.name) == ["2025_07_01_a.bmp", "2025_07_01_c.bmp", "2025_07_01_é.bmp"] && first.next == "2025_07_01_é.bmp")
        #expect(first.suspects[0].size == Sample.bmp(4, 3).count && first.suspects[0].origin?.text == "2025/07/01/a.bmp")
        _ = try suspects.delete("2025_07_01_é.bmp")
        let last = try suspects.part(after: first.next, atMost: 3)
        #expect(last.suspects.map(\.name) == ["b.bmp"] && last.next == nil && last.suspects[0].origin == nil, "no folder tells where it was")
        #expect(try suspects.part(atMost: 3).next == nil)
    }

    @Test func oneGoesBackToItsPath() throws {
        try put("2025_07_01_a.bmp")
        let file = try #require(try suspects.publish("2025_07_01_a.bmp"))
        #expect(file.path.text == "2025/07/01/a.bmp" && file.isPublic && file.size == Sample.bmp(4, 3).count && file.width == 4)
        #expect(site.site.uploads.holds("2025/07/01/a.bmp") && !site.site.uploads.holds("suspic/2025_07_01_a.bmp"))
        #expect(try suspects.publish("2025_07_01_a.bmp") == nil)
        try put("2025_07_01_a.bmp", [1])
        #expect(try suspects.part(atMost: 9).suspects.first?.origin == nil, "another file has its path")
        #expect(try suspects.publish("2025_07_01_a.bmp") == nil && site.site.uploads.holds("suspic/2025_07_01_a.bmp"))
    }

    @Test func whatIsNoPictureStays() throws {
        for (name, bytes) in [("2025_07_01_a.php", Sample.bmp(4, 3)), ("2025_07_01_a.bmp", Array("text".utf8)), ("2024_01_01_a.bmp", Sample.bmp(4, 3))] {
            try put(name, bytes)
            #expect(try suspects.publish(name) == nil && site.site.uploads.holds("suspic/\(name)"))
        }
    }

    @Test func oneIsDeleted() throws {
        try put("2025_07_01_a.bmp")
        #expect(try suspects.delete("2025_07_01_a.bmp") && !suspects.delete("2025_07_01_a.bmp"))
        #expect(!site.site.uploads.holds("suspic/2025_07_01_a.bmp"))
    }

    @Test(arguments: ["", ".", "..", "../2025/07/01/a.bmp", "x/../../a.bmp", "/etc/passwd", "a\nb.bmp"]) func noNameLeadsOut(name: String) throws {
        try put("2025_07_01_a.bmp")
        site.folder.write([1], as: "data/uploads/2025/07/01/a.bmp")
        #expect(try suspects.publish(name) == nil && !suspects.delete(name))
        #expect(site.site.uploads.holds("2025/07/01/a.bmp") && site.site.uploads.holds("suspic/2025_07_01_a.bmp"))
    }
}
