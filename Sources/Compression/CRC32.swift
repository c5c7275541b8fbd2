// The checksum of zip files. It guards nothing; EasyImages makes names and the keys of its links from it.

internal import CZlib

/// CRC-32 (ISO 3309, polynomial 0xEDB88320).
public enum CRC32 {
    /// The checksum of bytes that are in memory.
    public static func checksum(_ bytes: [UInt8]) -> UInt32 { UInt32(crc32_z(0, bytes, bytes.count)) }
}
