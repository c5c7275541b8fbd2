// Every path of the HTTP interface. All code that builds or compares one uses these constants.

/// A documented URL path, relative to the site's path prefix.
public enum Path: String, CaseIterable, Sendable {
    /// The upload page.
    case home = "/"

    case upload = "/api/v1/upload.php"
    case resumable = "/api/v1/tus.php"
    case list = "/api/v1/list.php"
    case statistics = "/api/v1/stats.php"
    case health = "/api/v1/health.php"
    case metrics = "/api/v1/metrics.php"

    case sync = "/api/v1/json/sync.php"
    case versions = "/api/v1/json/history.php"
    case version = "/api/v1/json/pull.php"
    case devices = "/api/v1/json/devices.php"
    case conflicts = "/api/v1/json/conflicts.php"

    case deletion = "/application/del.php"
    /// Answers in EasyImages' format.
    case formDeletion = "/app/del.php"
    case thumbnail = "/application/thumb.php"
    /// As in EasyImages' responses.
    case formThumbnail = "/app/thumb.php"

    // Pages. /application/ is where EasyImages had them before 2.7.8.
    case signIn = "/user/login.php"
    /// Where EasyImages has it.
    case login = "/admin/index.php"
    case admin = "/admin/"
    case formerLogin = "/application/login.php"
    case formerLogout = "/application/logout.php"
    case account = "/user/index.php"
    case accountFolder = "/user/"
    case ownFiles = "/user/files.php"
    case ownJSON = "/user/json.php"
    case settings = "/admin/settings.php"
    case register = "/user/register.php"
    case security = "/user/security.php"
    case users = "/admin/users.php"
    case files = "/admin/files.php"
    case terms = "/admin/terms.php"
    case formerTerms = "/app/DMCA.php"
    case chart = "/admin/chart.php"
    case logs = "/admin/logs.php"
    case publicNumbers = "/api/public.php"
    case apiPage = "/api.php"
    case openAPI = "/openapi.json"
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

    /// With a leading slash.
    public var text: String { rawValue }

    /// The last component, for relative URLs in the same folder: "thumb.php".
    public var name: String { String(text[text.index(after: text.lastIndex(of: "/") ?? text.startIndex)...]) }

    /// The common prefix of the paths of JSON synchronization, and of no others.
    public static let jsonFolder = "/api/v1/json/"
}
