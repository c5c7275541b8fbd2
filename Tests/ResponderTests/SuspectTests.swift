// The pictures that EasyImages had put aside.

import Disk
import EasyImagesAPI
import Glibc
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
            #expect(try suspects.publish(SuspectName(field: name)) == nil && site.site.uploads.holds("suspic/\(name)"))
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
        #expect(try suspects.publish(SuspectName(field: name)) == nil && !suspects.delete(SuspectName(field: name)))
        #expect(site.site.uploads.holds("2025/07/01/a.bmp") && site.site.uploads.holds("suspic/2025_07_01_a.bmp"))
    }

    /// Names in GBK, in no encoding, and of characters that no stored file has: each is shown by its bytes.
    @Test func aNameThatNoFileCanHaveIsShownPublishedAndDeleted() throws {
        let folder = try site.site.uploads.folder("suspic", creates: true)
        func put(_ name: [UInt8]) throws {
            try self.put("new.bmp")
            _ = try folder.removeFile(name)
            let old = site.folder.path + "/data/uploads/suspic/new.bmp", new = Array((site.folder.path + "/data/uploads/suspic/").utf8) + name + [0]
            #expect(new.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer { Glibc.rename(old, $0.baseAddress!) } == 0)
        }
        let start = Array("2025_07_01_".utf8), end = Array(".bmp".utf8)
        let names = [[0x61, 0x07], [0xBC, 0xD9, 0xC8, 0xD5], [0xFF]].map { start + $0 + end }
        for name in names { try put(name) }
        let part = try suspects.part(atMost: 9).suspects
        #expect(part.map(\.name.bytes) == names)
        #expect(part.map(\.name.field) == ["2025_07_01_a%07.bmp", "2025_07_01_%BC%D9%C8%D5.bmp", "2025_07_01_%FF.bmp"])
        #expect(part.map { $0.origin?.text } == ["2025/07/01/a.bmp", "2025/07/01/假日.bmp", "2025/07/01/_.bmp"])
        #expect(try suspects.part(after: part[0].name, atMost: 1).suspects.map(\.name) == [part[1].name])
        let file = try suspects.publish(SuspectName(field: part[1].name.field))
        #expect(file?.path.text == "2025/07/01/假日.bmp" && site.site.uploads.holds("2025/07/01/假日.bmp"))
        #expect(try suspects.delete(part[2].name) && !suspects.delete(part[2].name))
        #expect(try folder.listing().count == 1)
    }
}

extension SuspectName: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self.init(field: value) }
}
