// Delete and hidden links of this site are tokens that only it can read. When PHP has the site's place again, they are listed, so that those
// to whom they were given can act.

import Accounts
import Disk
import Media
import MediaStore
import Settings
import Site
import Time

/// The links that this site gave out for files that were uploaded to it.
public struct LinkList {
    private let site: Site
    private let links: Links
    private let listsHidden: Bool
    /// The names of accounts by their ids.
    private let owners: [Int: String]

    /// - Parameter alsoHidden: lists hidden links where the setting `hide_links` is off now.
    public init(_ site: Site, alsoHidden: Bool) throws {
        let settings = try site.settings
        self.site = site
        links = Links(settings)
        listsHidden = alsoHidden || settings.hiding.hidesLinks
        owners = Dictionary(uniqueKeysWithValues: try site.accounts.all().map { ($0.id, $0.name) })
    }

    /// Files read from the database at once.
    private static let batch = 1000

    /// Writes them into the data folder, a line of fields between tabs for each.
    ///
    /// - Returns: how many links.
    public func write() throws -> Int {
        let folder = try Folder(site.data.path)
        let draft = try Draft(in: folder)
        try draft.setMode(0o600)
        try append([["link", "address", "file", "owner", "created"]], to: draft)
        var (count, last) = (0, 0)
        while case let files = try site.store.uploadedFiles(after: last, atMost: LinkList.batch), let end = files.last {
            let rows = files.flatMap { fields($0.file, $0.owner) }
            try append(rows, to: draft)
            count += rows.count
            last = end.file.id
        }
        FileSystem.removeFile(site.data.givenLinks)
        try draft.publish(as: DataFolder.givenLinksName, in: folder)
        return count
    }

    private func fields(_ file: StoredFile, _ owner: Int?) -> [[String]] {
        let rest = [links.uploadsPath + file.path.text, owner.flatMap { owners[$0] } ?? "", SiteTime(file.createdAt).text]
        let deletion = ["delete", links.deletion(token: site.store.deleteToken(of: file))] + rest
        return listsHidden ? [deletion, ["hidden", links.hiddenPicture(token: site.store.hideToken(of: file))] + rest] : [deletion]
    }

    /// (No field has a tab or a line end: names of files and accounts take no control characters.)
    private func append(_ rows: [[String]], to draft: Draft) throws {
        try Array(rows.map { $0.joined(separator: "\t") + "\n" }.joined().utf8).withUnsafeBytes(draft.write)
    }
}
