// The header `Upload-Metadata` of resumable uploads.

import Text

/// Pairs of a key and a value in Base64.
public struct UploadMetadata: Sendable {
    private var values: [String: [UInt8]] = [:]

    /// Bytes of the header.
    private static let lengthLimit = 4_096
    /// What it has to be, for messages.
    public static let format = "up to \(lengthLimit) bytes of keys, each with a blank and a value in Base64, with commas between them"

    /// nil if it is malformed or too long.
    public init?(_ text: String) {
        guard text.utf8.count <= UploadMetadata.lengthLimit else { return nil }
        for pair in text.split(separator: ",") {
            let words = pair.split(separator: " ", maxSplits: 1)
            guard let key = words.first else { continue }
            guard let value = Base64.decode(words.count > 1 ? Array(words[1].utf8) : [], .standard, .unpadded) else { return nil }
            values[String(key)] = value
        }
    }

    /// Invalid UTF-8 in a value becomes U+FFFD.
    public subscript(key: String) -> String? { values[key].map { String(decoding: $0, as: UTF8.self) } }

    public func bytes(_ key: String) -> [UInt8]? { values[key] }
}
