import Testing
import Text

@Suite struct SearchTests {
    @Test(arguments: [(0, 1), (1, 1), (2, 3), (4, nil), (9, nil)] as [(Int, Int?)])
    func bytesAreFound(from start: Int, at found: Int?) {
        #expect(([7, 5, 7, 5] as [UInt8]).withUnsafeBytes { $0.firstIndex(of: 5, from: start) } == found)
    }

    @Test func patternsAreFound() {
        ([1, 2, 3] as [UInt8]).withUnsafeBytes { bytes in
            #expect(bytes.holds([1, 2]) && bytes.holds([2, 3], at: 1) && bytes.holds([3, 9], first: 1, at: 2))
            #expect(!bytes.holds([2]) && !bytes.holds([3, 4], at: 2) && !bytes.holds([1, 2, 3, 4]))
        }
        #expect(!UnsafeRawBufferPointer(start: nil, count: 0).holds([1]))
    }
}
