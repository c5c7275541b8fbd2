// The table of paths: one row for each executable. The web servers' configuration, the sockets and units of the installation, the methods
// that a responder answers to and docs/paths.md are all made from it.

import HTTP

/// An executable, and the paths that it answers.
public struct Endpoint: Sendable {
    /// What the web server takes in for it, and what it says by itself when it does not.
    public enum Requests: String, CaseIterable, Sendable {
        /// Small ones (1 MB).
        case small
        /// A file of the size that the settings allow.
        case file
        /// The same from EasyImages' clients, who also hear the web server's own refusals in EasyImages' words.
        case form
        /// JSON contents of up to 50 MB and what stands around them; the executable knows the exact limit.
        case json
        /// Small ones, which the web server answers itself where the thumbnail is kept.
        case thumbnail
    }

    /// The word of folder, executable, socket and unit.
    public let name: String
    /// What it answers to; a preflight (`OPTIONS`) of other origins is answered everywhere.
    public let methods: [Method]
    public let takes: Requests
    /// How many processes it has where the operator names no number.
    public let processes: Int
    /// What is done at each path, as the manual has it.
    public let paths: [(path: Path, does: String)]

    init(_ name: String, _ methods: [Method], takes: Requests = .small, processes: Int = 2, _ paths: [(path: Path, does: String)]) {
        (self.name, self.methods, self.takes, self.processes, self.paths) = (name, methods, takes, processes, paths)
    }

    /// Of `Requests.json`.
    public static let jsonMegabytes = 52

    /// The executable of this name.
    public static func named(_ name: String) -> Endpoint? { all.first { $0.name == name } }

    /// In the order of the manual.
    public static let all = v1 + json + links + pages + forms

    private static let v1 = [
        Endpoint("upload", [.post], takes: .file, processes: 4, [(.upload, "stores a picture or a video")]),
        Endpoint("list", [.get, .head], [(.list, "lists public files by pages")]),
        Endpoint("stats", [.get, .head], [(.statistics, "the site's numbers")]),
    ]

    private static let json = [
        Endpoint("json-sync", [.get, .head, .post, .delete], takes: .json, processes: 4, [
            (.sync, "pushes, pulls and deletes a synchronised JSON file"),
        ]),
        Endpoint("json-history", [.get, .head], [(.versions, "the versions of a JSON file")]),
        Endpoint("json-pull", [.get, .head], [(.version, "one version of a JSON file")]),
        Endpoint("json-devices", [.get, .head, .post], [(.devices, "the devices that synchronise")]),
        Endpoint("json-conflicts", [.get, .head, .post], takes: .json, [(.conflicts, "conflicts, and their resolution")]),
    ]

    private static let links = [
        Endpoint("del", [.get, .head, .post], [
            (.deletion, "deletes the file whose delete link it is"),
            (.formDeletion, "the same in EasyImages' dialect; an administrator's pages delete here"),
        ]),
        Endpoint("thumb", [.get, .head], takes: .thumbnail, [
            (.thumbnail, "a thumbnail: the web server sends those that were made before"),
            (.formThumbnail, "the same; where there is none the picture that says so comes with status 200"),
        ]),
    ]

    private static let pages = [
        Endpoint("admin-index", [.get, .head, .post], [
            (.login, "the login page"), (.admin, "the same"), (.formerLogin, "the same, where older releases of EasyImages had it"),
            (.formerLogout, "the same; POST of the page's own form logs out"),
        ]),
        Endpoint("admin-terms", [.get, .head], [(.terms, "the terms of use"), (.formerTerms, "the same")]),
        Endpoint("api-public", [.get, .head, .post], [(.publicNumbers, "one of the site's numbers")]),
        Endpoint("app-captcha", [.get, .head], [
            (.captcha, "the picture that the login form asks about"), (.formerCaptcha, "the same"),
        ]),
        Endpoint("app-down", [.get, .head], [(.download, "a file to be saved"), (.formerDownload, "the same")]),
        Endpoint("app-hide", [.get, .head], [(.hiddenPicture, "a picture whose address tells nothing"), (.formerHiddenPicture, "the same")]),
        Endpoint("app-history", [.get, .head], [(.uploadHistory, "what this browser uploaded"), (.formerUploadHistory, "the same")]),
        Endpoint("app-info", [.get, .head], [(.details, "the details of a file"), (.formerDetails, "the same")]),
        Endpoint("app-list", [.get, .head], [(.gallery, "the gallery of a day"), (.formerGallery, "the same")]),
    ]

    private static let forms = [
        Endpoint("api-index", [.get, .head, .post, .options], takes: .form, processes: 4, [
            (.tokenUpload, "EasyImages' API: stores a picture, with a token"), (.shortTokenUpload, "the same"),
        ]),
        Endpoint("app-upload", [.get, .head, .post, .options], takes: .form, processes: 4, [
            (.formUpload, "EasyImages' web form: stores a picture"), (.formerFormUpload, "the same"),
        ]),
    ]
}
