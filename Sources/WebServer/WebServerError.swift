import Disk

/// Why the web server does not follow the settings; each message says what is to be mended.
public enum WebServerError: Error, Equatable, CustomStringConvertible {
    /// `web/values` is no file of this site's user, or not what such a file may hold.
    case values(path: String, because: String)
    /// A template names something that there is no value for.
    case template(String)
    case noTemplates(folder: String)
    /// Its own test refuses what was rendered; the former files are back.
    case refused(said: String)
    case notReloaded(said: String)
    /// Somebody else did not release the lock in time.
    case locked(by: String)

    public var description: String {
        switch self {
        case .values(let path, let because): "\(path) is not taken: \(because). imagebed setup writes it anew"
        case .template(let name): "a template names @\(name)@, which this program does not know: install the site's files again"
        case .noTemplates(let folder): "there are no templates in \(folder): install the site's files again"
        case .refused(let said): "the web server refuses the configuration with the values of the settings, and has its former one again: \(said)"
        case .notReloaded(let said): "the web server could not be told to read its configuration: \(said)"
        case .locked(let file): "another reload or an installation has kept \(file) locked for \(Lock.patience) s: try sudo imagebed reload later"
        }
    }
}
