// The fields of an administrator's list of everybody's files. A value that cannot be one is told, and no file is shown: without it there
// would be more files than were asked for, and what is done with all of them would be done with those too.

import HTTP
import Media
import MediaStore
import Pages
import Settings
import Site
import Text

/// What a list of everybody's files is narrowed to, as it was entered and as it is understood.
public struct SiteFilters: Equatable, Sendable {
    /// The fields that can hold what is none, as the query names them.
    enum Field: String, CaseIterable { case search = "q", type, owner, way, address, folder }

    let isRecycled: Bool
    let isUnlisted: Bool
    private let entered: [Field: String]
    /// Fields whose values cannot be ones.
    let faults: Set<Field>
    /// What the values without faults say.
    public let criteria: FileCriteria

    /// - Parameter account: finds an account's id by its name.
    public init(_ query: Query, _ settings: Settings, account: (String) throws -> Int?) throws {
        (isRecycled, isUnlisted) = (query.all("in").last == SiteFilters.recycled, query.all("unlisted").last == "1")
        var entered: [Field: String] = [:]
        for field in Field.allCases {
            // The file manager of the replaced site named its folder so.
            let sent = query.all(field.rawValue).last ?? (field == .folder ? query.all("p").last : nil)
            if let text = sent?.pasted, !text.showsNothing { entered[field] = String(text.prefix(SiteFilters.lengthLimit)) }
        }
        if let folder = entered[.folder] { entered[.folder] = SiteFilters.withoutSlashes(folder) }
        self.entered = entered
        (criteria, faults) = try SiteFilters.understood(entered, FileCriteria(isRecycled: isRecycled, isUnlisted: isUnlisted), settings, account)
    }

    /// What was entered; empty for nothing.
    func text(_ field: Field) -> String { entered[field] ?? "" }

    /// Whether the values can be ones: otherwise nothing is shown, and nothing done.
    public var isValid: Bool { faults.isEmpty }

    /// Whether it narrows the list, apart from names and types.
    var isNarrowed: Bool { isUnlisted || !Set(entered.keys).isDisjoint(with: [.owner, .way, .address, .folder]) }

    /// Whether a field other than the search says something.
    var isFiltered: Bool { isNarrowed || !faults.isEmpty }

    /// The words of its address, without names and types.
    var words: [(name: String, value: String)] {
        let fields: [Field] = [.owner, .way, .address, .folder]
        return fields.compactMap { field in entered[field].map { (field.rawValue, $0) } } + (isUnlisted ? [("unlisted", "1")] : [])
    }

    /// The word of the recycle bin's list; the replaced program's folder has that name.
    static let recycled = "recycle"
    /// Stands for those without an account: no account's name begins so.
    static let visitors = "-"
    /// Characters of a value, of which some are too many for any field.
    static let lengthLimit = StoredPath.maximumLength + 1

    private static func withoutSlashes(_ text: String) -> String {
        let rest = text.drop { $0 == "/" }
        return String(rest[..<(rest.lastIndex { $0 != "/" }.map(rest.index(after:)) ?? rest.startIndex)])
    }

    private static func understood(_ entered: [Field: String], _ start: FileCriteria, _ settings: Settings, _ account: (String) throws -> Int?) throws
        -> (FileCriteria, Set<Field>) {
        var (criteria, faults) = (start, Set<Field>())
        func take<Value>(_ field: Field, _ place: WritableKeyPath<FileCriteria, Value?>, _ read: (String) throws -> Value?) rethrows {
            guard let text = entered[field], !text.isEmpty else { return }
            criteria[keyPath: place] = try read(text)
            if criteria[keyPath: place] == nil { faults.insert(field) }
        }
        try take(.owner, \.owner) { name in try name == visitors ? .visitors : account(name).map { .account($0) } }
        take(.way, \.way) { FileCriteria.Way(word: $0) }
        take(.address, \.address) { IPAddress($0)?.description }
        take(.folder, \.folder) { StoredPath($0) }
        if let text = entered[.search], let path = settings.storedPath(of: text) { criteria.path = path }
        if entered[.search].map({ $0.count > FileListForm.searchLimit && criteria.path == nil }) ?? false { faults.insert(.search) }
        if entered[.type].map({ FileListForm.filter($0) == .all }) ?? false { faults.insert(.type) }
        return (criteria, faults)
    }
}

extension FileCriteria.Way {
    /// "web" for uploads from pages, "key" for those with any key, or the number of a key.
    fileprivate init?(word: String) {
        switch word {
        case "web": self = .page
        case "key": self = .anyKey
        default:
            guard word.utf8.count <= 18, word.utf8.allSatisfy(\.isDigit) else { return nil }
            self = .key(word)
        }
    }
}

extension Settings {
    /// The stored path in a picture's address as a person copies it; nil for other texts.
    fileprivate func storedPath(of text: String) -> StoredPath? {
        let base = ([baseURL.text] + naming.pictureBases.map(\.text)).first { text.utf8.starts(with: ($0 + "/").utf8) }
        guard base != nil || text.hasPrefix("/") else { return nil }
        let rest = PercentCoding.decode(text.utf8.dropFirst(base?.utf8.count ?? 0))
        return Links(self).storedPath(inAddress: String(decoding: rest, as: UTF8.self), self)
    }
}
