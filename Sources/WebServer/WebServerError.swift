import Disk

/// Why the web server's configuration could not be updated; each message names the remedy.
public enum WebServerError: Error, Equatable, CustomStringConvertible {
    /// `web/values` is not a valid file of this site's user.
    case values(path: String, because: String)
    /// A template refers to an unknown name.
    case template(String)
    case noTemplates(folder: String)
    /// The web server's test rejects the rendered files; the previous ones were restored.
    case refused(said: String)
    case notReloaded(said: String)
    /// Timeout while waiting for the lock.
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
