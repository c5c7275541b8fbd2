// What became of a request to the page of JSON files.

import Database
import HTTP
import JSONText
import SyncRules
import SyncStore

enum JSONOutcome {
    enum Missing { case file, version, conflict, device }

    /// The number is that of the account's open conflicts.
    case files(SyncFilePage, Paging, Int, Done?)
    case versions(HistoryPage, Paging, SyncFileSummary)
    /// The file if the list is that of one.
    case conflicts(ConflictPage, Paging, isResolved: Bool, SyncFileSummary?, Int, Done?)
    case devices(DevicePage, Paging, SyncFileSummary?, Int, Done?)
    case version(StoredVersion, JSONExcerpt, SyncFileSummary)
    case comparison(JSONComparison, SyncFileSummary)
    case conflict(ShownConflict, ConflictFault?)
    case download(PulledVersion, FileKey)
    case changes(VersionPair, FileKey, from: Int, to: Int)
    case missing(Missing)

    case resolved(ResolutionOutcome)
    case deleted
    /// There is a newer version than the one that was to be deleted.
    case notDeleted(HistoryPage, Paging, SyncFileSummary)
    /// The word of what was done.
    case changedDevice(String)
    case badName(DevicePage, Paging, Int)
}

/// What an action did that ended here with a redirect.
struct Done {
    let word: String
    /// What belongs to it.
    let of: String

    init?(_ query: Query) {
        guard let word = query.first("done") else { return nil }
        (self.word, of) = (word, query.first("of") ?? "")
    }
}

/// The beginning of a content, indented.
struct JSONExcerpt {
    let text: String
    let isCut: Bool
    /// Bytes of the whole content, without indentation.
    let size: Int
}

/// What two versions have different, as far as a page shows it.
struct JSONComparison {
    let from: Int
    let to: Int
    let changes: [Difference.Change]
    /// Whether there are more.
    let isCut: Bool
    let isTooLarge: Bool
}

/// A conflict with its values.
struct ShownConflict {
    let conflict: StoredConflict
    let places: [ConflictPlace]
    /// The version that resolved it.
    let resolver: StoredVersion?
    var text: EditedText
}

/// What the editor of a conflict has.
enum EditedText {
    case text(String)
    /// Too large for a page.
    case large
    /// There is no merged content, or nothing to be edited.
    case none
}

/// Why a conflict was not resolved.
enum ConflictFault {
    case notJSON(JSONRefusal, (line: Int, column: Int))
    case tooLarge, noContent, alreadyResolved
}

extension String {
    /// With escapes for the control characters that JSON allows within strings (DEL and C1): HTML cannot hold them.
    var withVisibleControls: String {
        guard unicodeScalars.contains(where: { (0x7F...0x9F).contains($0.value) }) else { return self }
        return unicodeScalars.reduce(into: "") { text, scalar in
            if (0x7F...0x9F).contains(scalar.value) { text += "\\u00" + String(scalar.value, radix: 16) } else { text.unicodeScalars.append(scalar) }
        }
    }
}
