// Names chosen by clients. A value of these types is valid, so no caller checks again.

/// The name of a synchronized file, unique within its account: 1 to 190 bytes without control characters.
public struct FileKey: Hashable, Sendable {
    public let text: String

    /// Bytes.
    public static let lengths = 1...190

    public init?(_ text: String) {
        guard SyncName.fits(text, FileKey.lengths) else { return nil }
        self.text = text
    }

    public static func == (one: FileKey, other: FileKey) -> Bool { one.text.utf8.elementsEqual(other.text.utf8) }
    public func hash(into hasher: inout Hasher) { hasher.combine(Array(text.utf8)) }
}

/// A device's id, chosen by the client: 1 to 128 bytes without control characters.
public struct DeviceID: Hashable, Sendable {
    public let text: String

    /// Bytes.
    public static let lengths = 1...128

    public init?(_ text: String) {
        guard SyncName.fits(text, DeviceID.lengths) else { return nil }
        self.text = text
    }

    public static func == (one: DeviceID, other: DeviceID) -> Bool { one.text.utf8.elementsEqual(other.text.utf8) }
    public func hash(into hasher: inout Hasher) { hasher.combine(Array(text.utf8)) }
}

/// Texts for display: a device's name, a version's message.
public enum SyncName {
    /// Maximum characters of a message.
    public static let messageLimit = 1_000
    /// Maximum bytes of a device's name.
    public static let deviceNameLimit = 200

    static func fits(_ text: String, _ lengths: ClosedRange<Int>) -> Bool {
        lengths.contains(text.utf8.count) && !text.unicodeScalars.contains(where: isControl)
    }

    public static func isDeviceName(_ text: String) -> Bool { text.isEmpty || fits(text, 1...deviceNameLimit) }

    /// Line breaks and tabs are allowed in a message, other control characters are not.
    public static func isMessage(_ text: String) -> Bool {
        text.unicodeScalars.count <= messageLimit && !text.unicodeScalars.contains {
            isControl($0) && $0 != "\n" && $0 != "\r" && $0 != "\t"
        }
    }

    /// Unicode's category Cc, which is stable.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) }
}
