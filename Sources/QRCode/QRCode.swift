// QR Code symbols (ISO/IEC 18004:2015), as far as addresses need them: one segment of bytes, error correction level M, the smallest version
// that holds the text.

/// A symbol: a square of dark and light modules, without the quiet zone around it.
public struct QRCode: Sendable, Equatable {
    /// Modules on each side, 21 to 177.
    public let size: Int
    private let modules: [Bool]

    /// Light modules that belong around a symbol (section 6.3.8).
    public static let quietZone = 4
    /// Maximum bytes of a text.
    public static let capacity = QRVersion.all[QRVersion.all.count - 1].capacity

    /// - Returns: nil for a text of more than `capacity` bytes in UTF-8.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let version = QRVersion.all.first(where: { $0.capacity >= bytes.count }) else { return nil }
        let matrix = QRMatrix(version, codewords: QRCodewords.of(bytes, version)).masked
        (size, modules) = (version.size, matrix.modules)
    }

    /// Whether a module is dark.
    ///
    /// - Parameters:
    ///   - x: from the left, 0..<size.
    ///   - y: from the top.
    public subscript(x: Int, y: Int) -> Bool { modules[y * size + x] }
}
