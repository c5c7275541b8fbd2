// The table of addresses that the web server itself redirects, one row for each. They are in old bookmarks and links of EasyImages sites.

/// A redirect without a program. The query is kept; pages ignore parameters that they do not know.
public struct Redirect: Sendable {
    /// The URL path. With a slash at its end it stands for the folder and everything below it.
    public let from: String
    public let to: Path
    /// Whether browsers may remember it.
    private let isPermanent: Bool

    private init(_ from: String, to: Path, isPermanent: Bool = false) {
        (self.from, self.to, self.isPermanent) = (from, to, isPermanent)
    }

    /// The HTTP status code.
    public var status: Int { isPermanent ? 301 : 302 }

    public var isFolder: Bool { from.hasSuffix("/") }

    /// In the order of the manual.
    public static let all = [
        Redirect("/index.php", to: .home, isPermanent: true),
        Redirect("/install/", to: .home),
        Redirect("/app/reset_password.php", to: .security),
        Redirect("/app/viewlog.php", to: .logs),
        Redirect("/admin/zui.chart.php", to: .chart),
        Redirect("/admin/admin.inc.php", to: .settings),
        Redirect("/admin/manager.php", to: .files),
        Redirect("/admin/filer.php", to: .files),
        Redirect("/app/compressing.php", to: .settings),
    ]
}
