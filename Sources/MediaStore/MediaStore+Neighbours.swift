// What stands around a file on the page of its details: the listed files beside it, and some of the last ones.

import Media

/// The listed files next to a file in the order of time.
public struct Neighbours: Sendable {
    /// nil for the newest file, and for the others where they are not shown.
    public let newer: StoredFile?
    public let older: StoredFile?

    public static let none = Neighbours(newer: nil, older: nil)
}

extension MediaStore {
    /// The files beside a file, which need not be listed itself. One row is read for each.
    ///
    /// - Parameter since: files that were uploaded before this are not shown; in seconds since 1970, nil for none.
    public func neighbours(of file: StoredFile, since: Int?) throws -> Neighbours {
        try database.read { Neighbours(newer: try neighbour(of: file, isNewer: true, since), older: try neighbour(of: file, isNewer: false, since)) }
    }

    private func neighbour(of file: StoredFile, isNewer: Bool, _ since: Int?) throws -> StoredFile? {
        let request = PartRequest(.listed, since: since, position: ListPosition(file, in: .time), isBefore: isNewer)
        var found: StoredFile?
        try rows.each(request, atMost: 1) { row in
            found = row
            return false
        }
        return found.flatMap { request.shows($0) ? $0 : nil }
    }

    /// The pictures among which `someOfTheLast` chooses, by their ids in an index, and how many of them it looks at.
    private static let (lastPictures, looks) = (500, 64)

    /// Listed pictures among the last files, by chance; fewer where few of those that were looked at are listed pictures.
    ///
    /// - Parameter since: as in `neighbours`.
    public func someOfTheLast(_ count: Int, without file: StoredFile, since: Int?) throws -> [StoredFile] {
        try database.read {
            let request = PartRequest(.listed, filter: .kind(.image), since: since)
            var found: [StoredFile] = []
            for id in try rows.newestPictures(atMost: MediaStore.lastPictures).shuffled().prefix(MediaStore.looks)
            where found.count < count && id != file.id {
                if let other = try rows.file(id), request.shows(other) { found.append(other) }
            }
            return found
        }
    }
}
