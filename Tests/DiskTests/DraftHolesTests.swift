import Disk
import Glibc
import TestSupport
import Testing

/// Space that nothing was written to.
@Suite struct DraftHolesTests {
    @Test(arguments: [false, true]) func zerosTakeNoSpace(named: Bool) throws {
        let temporary = TemporaryFolder()
        let folder = try Folder(temporary.path)
        let draft = try Draft(in: folder, named: named)
        try write("ab", to: draft)
        try draft.enlarge(to: 1 << 30)
        #expect(draft.size == 1 << 30)
        var status = stat()
        fstat(draft.descriptor, &status)
        #expect(status.st_size == 1 << 30 && status.st_blocks < 64)
        #expect(try draft.published(in: folder).prefix(4) == [97, 98, 0, 0])
    }
}

extension Draft {
    fileprivate func published(in folder: Folder) throws -> [UInt8] {
        try publish(as: "holes", in: folder, isDurable: false)
        var bytes = [UInt8](repeating: 1, count: 8)
        let file = try folder.file("holes")
        _ = try bytes.withUnsafeMutableBytes { try file.read(at: 0, into: $0) }
        return bytes
    }
}
