import Compression
import TestSupport
import Testing

@Suite struct CRC32Tests {
    @Test func recordedChecksums() {
        let vectors = Vectors.part("crc32_vectors").all
        #expect(vectors.count == 7)
        for vector in vectors {
            #expect(CRC32.checksum(Array(vector["text"].text.utf8)) == UInt32(vector["crc32"].integer), "\(vector)")
        }
    }
}
