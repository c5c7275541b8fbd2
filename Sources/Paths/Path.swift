// Every address that a program answers, by a name of its own. Whoever makes an address, or compares one, takes it from here.

/// The path of a documented address, below the site's own prefix.
public enum Path: String, CaseIterable, Sendable {
    case upload = "/api/v1/upload.php"
    case list = "/api/v1/list.php"
    case statistics = "/api/v1/stats.php"

    case sync = "/api/v1/json/sync.php"
    case versions = "/api/v1/json/history.php"
    case version = "/api/v1/json/pull.php"
    case devices = "/api/v1/json/devices.php"
    case conflicts = "/api/v1/json/conflicts.php"

    case deletion = "/application/del.php"
    /// In EasyImages' dialect.
    case formDeletion = "/app/del.php"
    case thumbnail = "/application/thumb.php"
    /// As EasyImages' answers have it.
    case formThumbnail = "/app/thumb.php"

    // Pages. /application/ is where EasyImages had them before 2.7.8.
    case login = "/admin/index.php"
    case admin = "/admin/"
    case formerLogin = "/application/login.php"
    case formerLogout = "/application/logout.php"
    case terms = "/admin/terms.php"
    case formerTerms = "/app/DMCA.php"
    case publicNumbers = "/api/public.php"
    case captcha = "/app/captcha.php"
    case formerCaptcha = "/application/captcha.php"
    case download = "/app/down.php"
    case formerDownload = "/application/down.php"
    case hiddenPicture = "/app/hide.php"
    case formerHiddenPicture = "/application/hide.php"
    case uploadHistory = "/app/history.php"
    case formerUploadHistory = "/application/history.php"
    case details = "/app/info.php"
    case formerDetails = "/application/info.php"
    case gallery = "/app/list.php"
    case formerGallery = "/application/list.php"

    case tokenUpload = "/api/index.php"
    case shortTokenUpload = "/api/"
    case formUpload = "/app/upload.php"
    case formerFormUpload = "/application/upload.php"

    /// With a slash at its beginning.
    public var text: String { rawValue }

    /// Its last word, as a relative address in an answer of the same folder has it: "thumb.php".
    public var name: String { String(text[text.index(after: text.lastIndex(of: "/") ?? text.startIndex)...]) }

    /// What the paths of JSON synchronization, and no others, begin with.
    public static let jsonFolder = "/api/v1/json/"
}
