// What a request to the page of JSON files asks for.

import Database
import HTTP
import JSONText
import Pages
import Site
import SyncAPI
import SyncRules
import SyncStore
import Text

enum JSONForm {
    case look(JSONView)
    case act(JSONWish)

    /// - Throws: `Problem` 403 for a form of another site, 400 for one that this page does not have.
    init(_ visit: Visit) throws {
        self = visit.request.method == .post ? .act(try JSONWish(visit)) : .look(JSONView(visit.query))
    }
}

/// What is to be shown.
enum JSONView {
    case files(Paging)
    case versions(FileKey, Paging)
    case conflicts(FileKey?, isResolved: Bool, Paging)
    case devices(FileKey?, Paging)
    case version(FileKey, Int)
    case comparison(FileKey, from: Int, to: Int)
    case conflict(Int)
    /// A content alone.
    case download(FileKey, WantedVersion)
    /// All that two versions have different, as JSON.
    case changes(FileKey, from: Int, to: Int)

    /// Values that are none lead to the list that is nearest.
    init(_ query: Query) {
        if let id = query.number("conflict") {
            self = .conflict(id)
        } else if let key = query.first("key").flatMap(FileKey.init), let view = JSONView(of: key, query) {
            self = view
        } else {
            self.init(list: query.first("in"), of: query.first("key").flatMap(FileKey.init), query)
        }
    }

    /// A version or two of a file; nil if the query names none.
    private init?(of key: FileKey, _ query: Query) {
        let isDownload = query.first("download") == "1"
        if let from = query.number("a"), let to = query.number("b") {
            self = isDownload ? .changes(key, from: from, to: to) : .comparison(key, from: from, to: to)
        } else if let number = query.number("version") {
            self = isDownload ? .download(key, .number(number)) : .version(key, number)
        } else if isDownload {
            self = .download(key, query.first("hash").flatMap { ContentHash($0) }.map { .hash($0) } ?? .latest)
        } else {
            return nil
        }
    }

    private init(list: String?, of key: FileKey?, _ query: Query) {
        let page = Paging(query.number("page") ?? 1, size: JSONView.pageSize)
        switch (list, key) {
        case ("conflicts", _): self = .conflicts(key, isResolved: query.first("resolved") == "1", page)
        case ("devices", _): self = .devices(key, page)
        case (_, let key?): self = .versions(key, page)
        default: self = .files(page)
        }
    }

    private static let pageSize = 50
}

/// What is to be done.
enum JSONWish {
    /// - Parameter content: what was entered, for `.custom`.
    case resolve(Int, Resolution.Action, content: HeldText?)
    /// - Parameter version: the newest one on the page that has the button.
    case delete(FileKey, version: Int)
    case rename(DeviceID, String)
    case forget(DeviceID)

    /// - Throws: `Problem` 403 for a form of another site, 400 for one that this page does not have.
    init(_ visit: Visit) throws {
        let form = try SyncForm(visit, isParsed: false)
        guard try visit.credentials.isOwnForm(csrfToken: form.text("form_token")) else {
            throw Problem(.forbidden, says: "The form was not sent by a page of this site")
        }
        let action = try form.text("action") ?? ""
        if let resolution = Resolution.Action(rawValue: action), let id = try form.integer("id") {
            self = .resolve(id, resolution, content: form.sentContent)
        } else if action == "delete", let version = try form.integer("version") {
            self = .delete(try form.fileKey, version: version)
        } else if let device = try form.text("device_id").flatMap(DeviceID.init), ["rename", "forget"].contains(action) {
            self = action == "forget" ? .forget(device) : .rename(device, try form.text("device_name") ?? "")
        } else {
            throw Problem(.badRequest, says: "Unknown action")
        }
    }
}

extension Query {
    /// A positive number; nil for anything else.
    fileprivate func number(_ name: String) -> Int? { first(name).flatMap { Int($0, in: 1...Int(Int32.max)) } }
}
