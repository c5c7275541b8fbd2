// The checksum of zip files. Not for security: EasyImages uses it for file names and for the keys of its links.

internal import CZlib

/// CRC-32 (ISO 3309, polynomial 0xEDB88320).
public enum CRC32 {
    /// The checksum of bytes in memory.
    public static func checksum(_ bytes: [UInt8]) -> UInt32 { UInt32(crc32_z(0, bytes, bytes.count)) }
}
