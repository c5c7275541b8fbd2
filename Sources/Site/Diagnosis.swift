// What `imagebed doctor` found when it ran last, for the page of statistics. It is a file, because the doctor also examines sites whose
// database does not open: the time, then a line for each notice with level, text and repair between tabs.

import Disk
import Journal
import Text
import Time

/// The outcome of an examination by `imagebed doctor`.
public struct Diagnosis: Equatable, Sendable {
    /// Something to be repaired, in the English of the command line.
    public struct Notice: Equatable, Sendable {
        public enum Level: String, Sendable {
            /// The site works, but probably not as intended.
            case warning
            /// The site does not work, or is not secure.
            case problem
        }

        public let level: Level
        public let text: String
        /// What to do: a command, or words.
        public let repair: String

        public init(_ level: Level, _ text: String, repair: String) {
            (self.level, self.text, self.repair) = (level, text, repair)
        }
    }

    /// Seconds since 1970.
    public let examinedAt: Int
    public let notices: [Notice]

    static let fileName = "doctor.tsv"
    /// Bytes; more than the limits below allow.
    private static let fileLimit = 1 << 20
    private static let noticeLimit = 100
    private static let textLimit = 1_000

    /// Replaces what an earlier examination found.
    ///
    /// - Parameter notices: none for a site that is well. The first 100 are kept, of their texts 1,000 characters each.
    /// - Throws: `DiskError`.
    public static func keep(_ notices: [Notice], in data: DataFolder) throws {
        let lines = notices.prefix(noticeLimit).map { "\($0.level.rawValue)\t\(line($0.text))\t\(line($0.repair))" }
        let text = (["\(Now.seconds)"] + lines).joined(separator: "\n")
        try Folder(data.path).replace(fileName, with: Array(text.utf8), mode: 0o600)
    }

    /// - Returns: nil if no examination is kept, or the file cannot be read: a page does not fail because of it.
    public static func latest(in data: DataFolder) -> Diagnosis? {
        guard let bytes = try? Folder(data.path).bytes(of: fileName, limit: fileLimit) else { return nil }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        guard let examinedAt = lines.first.flatMap({ Int(digits: String($0), in: 0...Int.max) }) else { return nil }
        return Diagnosis(examinedAt: examinedAt, notices: lines.dropFirst().compactMap(Notice.init(line:)))
    }

    /// Without tabs and line ends, which are escaped as all controls are.
    private static func line(_ text: String) -> String {
        String(String.UnicodeScalarView(text.withoutControls.unicodeScalars.prefix(textLimit)))
    }
}

extension Diagnosis.Notice {
    /// nil for a line of another version.
    fileprivate init?(line: Substring) {
        let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let level = Level(rawValue: parts[0]) else { return nil }
        self.init(level, parts[1], repair: parts[2])
    }
}
