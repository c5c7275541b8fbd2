// Bytes in memory answer as pread(2) does.

import Testing
import Text

@Suite struct ByteSourceTests {
    @Test(arguments: [(0, 3, [1, 2, 3]), (3, 3, [4, 5]), (5, 1, []), (6, 1, []), (-1, 1, []), (0, 0, [])])
    func memoryReadsAsFilesDo(_ offset: Int, _ count: Int, _ expected: [UInt8]) {
        var buffer = [UInt8](repeating: 0, count: count)
        let done = buffer.withUnsafeMutableBytes { MemorySource([1, 2, 3, 4, 5]).read(at: offset, into: $0) }
        #expect(Array(buffer.prefix(done)) == expected)
    }
}
