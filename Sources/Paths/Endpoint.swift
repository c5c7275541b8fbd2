// The table of paths, one row for each executable. The web servers' configuration, the sockets and units of the installation, the allowed
// methods of each responder and docs/paths.md are all generated from it.

import HTTP

/// An executable and its paths.
public struct Endpoint: Sendable {
    /// The request bodies that the web server accepts, and the format of its own error responses.
    public enum Requests: String, CaseIterable, Sendable {
        /// Small bodies (1 MB).
        case small
        /// Files up to the size in the settings.
        case file
        /// The same for EasyImages' clients; the web server's error responses have EasyImages' format.
        case form
        /// The same for a page with a form for files; browsers get the web server's error responses as pages, as everywhere else.
        case page
        /// JSON contents of up to 50 MB and the request around them; the executable enforces the exact limit.
        case json
        /// Small bodies; the web server itself answers if the thumbnail is cached.
        case thumbnail
    }

    /// The name of the folder, executable, socket and unit.
    public let name: String
    /// The allowed methods; `OPTIONS` is always answered, with what a CORS preflight asks where other origins may call the path.
    public let methods: [Method]
    public let takes: Requests
    /// The maximum number of processes where requests start them (systemd's socket activation).
    public let processes: Int
    /// The number of processes where they run all the time.
    public let residents: Int
    /// The description of each path for the manual.
    public let paths: [(path: Path, does: String)]

    /// - Parameter isRare: few requests arrive, and each is short: one process is enough, if it would otherwise be idle all the time.
    init(_ name: String, _ methods: [Method], takes: Requests = .small, processes: Int = 2, isRare: Bool = false,
         _ paths: [(path: Path, does: String)]) {
        (self.name, self.methods, self.takes, self.processes, self.paths) = (name, methods, takes, processes, paths)
        residents = isRare ? 1 : processes
    }

    /// Whether the web server compresses its responses. Those to uploads keep their `Content-Length`, which old clients expect, and those
    /// of JSON synchronization their entity tag, which clients send back (`If-Match`): compression would change or weaken it.
    public var isCompressed: Bool {
        [.small, .page, .json].contains(takes) && !paths.contains { $0.path.text.hasPrefix(Path.jsonFolder) }
    }

    /// The body limit of `Requests.json`.
    public static let jsonMegabytes = 52

    /// The executable with this name.
    public static func named(_ name: String) -> Endpoint? { all.first { $0.name == name } }

    /// In the order of the manual.
    public static let all = v1 + json + links + pages + forms

    private static let v1 = [
        Endpoint("upload", [.post], takes: .file, processes: 4, [(.upload, "stores a picture or a video")]),
        Endpoint("tus", [.get, .head, .post, .patch, .delete], takes: .file, processes: 4, [
            (.resumable, "resumable uploads of pictures and videos (tus 1.0)"),
        ]),
        Endpoint("list", [.get, .head], [(.list, "lists public files by pages")]),
        Endpoint("stats", [.get, .head], [(.statistics, "the site's numbers")]),
        Endpoint("health", [.get, .head], isRare: true, [
            (.health, "whether the site can serve requests, for programs that watch it: 200 or 503"),
            (.metrics, "the numbers of site and machine as OpenMetrics, for an administrator's key with the scope `metrics`"),
        ]),
    ]

    private static let json = [
        Endpoint("json-sync", [.get, .head, .post, .delete], takes: .json, processes: 4, [
            (.sync, "pushes, pulls and deletes a synchronised JSON file"),
        ]),
        Endpoint("json-history", [.get, .head], isRare: true, [(.versions, "the versions of a JSON file")]),
        Endpoint("json-pull", [.get, .head], [(.version, "one version of a JSON file")]),
        Endpoint("json-devices", [.get, .head, .post], isRare: true, [(.devices, "the devices that synchronise")]),
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
        Endpoint("home", [.get, .head, .post], takes: .page, [(.home, "the upload page; POST stores the files of its form")]),
        Endpoint("admin-index", [.get, .head, .post], isRare: true, [
            (.signIn, "the sign-in page"), (.login, "the same"), (.admin, "the same"),
            (.formerLogin, "the same, where older releases of EasyImages had it"),
            (.formerLogout, "the same; POST of the page's own form logs out"),
        ]),
        Endpoint("user-index", [.get, .head, .post], isRare: true, [
            (.account, "an account's API keys, settings for other programs, numbers"), (.accountFolder, "the same"),
        ]),
        Endpoint("user-files", [.get, .head, .post], [(.ownFiles, "an account's files and recycle bin; POST acts on several files")]),
        Endpoint("user-json", [.get, .head, .post], takes: .json, isRare: true, [
            (.ownJSON, "an account's JSON files: versions, differences, conflicts, devices"),
        ]),
        Endpoint("user-register", [.get, .head, .post], isRare: true, [(.register, "makes an account, where the settings allow that")]),
        Endpoint("user-security", [.get, .head, .post], isRare: true, [(.security, "an account's password, sessions and preferences")]),
        Endpoint("admin-users", [.get, .head, .post], isRare: true, [(.users, "accounts, quotas, registrations and everybody's API keys, for administrators")]),
        Endpoint("admin-files", [.get, .head, .post], isRare: true, [
            (.files, "everybody's files and the recycle bin, for administrators; POST acts on several files"),
        ]),
        Endpoint("admin-settings", [.get, .head, .post], isRare: true, [(.settings, "the site's settings, for administrators")]),
        Endpoint("admin-terms", [.get, .head], isRare: true, [(.terms, "the terms of use"), (.formerTerms, "the same")]),
        Endpoint("admin-chart", [.get, .head], isRare: true, [(.chart, "the site's statistics, for administrators")]),
        Endpoint("admin-logs", [.get, .head], isRare: true, [(.logs, "uploads and attempts to sign in, for administrators; also as CSV")]),
        Endpoint("api-page", [.get, .head], isRare: true, [
            (.apiPage, "what the API takes and answers, with samples"), (.openAPI, "the same for programs, as OpenAPI 3.1"),
        ]),
        Endpoint("api-public", [.get, .head, .post], isRare: true, [(.publicNumbers, "one of the site's numbers")]),
        Endpoint("app-captcha", [.get, .head], isRare: true, [
            (.captcha, "the picture that the login form asks about"), (.formerCaptcha, "the same"),
        ]),
        Endpoint("app-down", [.get, .head], [(.download, "a file to be saved"), (.formerDownload, "the same")]),
        Endpoint("app-hide", [.get, .head], [(.hiddenPicture, "a picture whose address tells nothing"), (.formerHiddenPicture, "the same")]),
        Endpoint("app-history", [.get, .head], isRare: true, [(.uploadHistory, "what this browser uploaded"), (.formerUploadHistory, "the same")]),
        Endpoint("app-info", [.get, .head, .post], takes: .page, [
            (.details, "the details of a file; POST of its owner gives it another name, or replaces it"), (.formerDetails, "the same"),
        ]),
        Endpoint("app-list", [.get, .head], [(.gallery, "the gallery"), (.formerGallery, "the same")]),
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
