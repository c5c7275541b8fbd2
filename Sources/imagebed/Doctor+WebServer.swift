// The check of `imagebed doctor` whether the web server's configuration matches the settings.

import Disk
import Settings
import Site
import Time

/// Seconds until a change is applied if a cron job looks for it every minute.
private let patience = 90

extension Doctor {
    /// The web server's limits must match the settings, and it must know the URL paths of files.
    static let checkWebServer: @Sendable (Site) throws -> [Finding] = { site in
        let (file, wanted) = (site.data.webValues, WebValues(try site.settings).text)
        guard (try? Folder(site.data.web).bytes(of: DataFolder.valuesName, limit: WebValues.limit)) == Array(wanted.utf8) else {
            return [.problem("web server", "\(file) is not as the settings are", advice: "imagebed setup --data \(site.data.path)")]
        }
        for configuration in WebServerPlace.all(site.data) {
            if let problem = configuration.problem {
                return [.problem("web server", "it does not follow the settings: \(problem)", advice: "mend that, then sudo imagebed reload")]
            }
            guard configuration.applied == wanted else {
                let age = age(of: file)
                let says = "it does not have the values of \(file) yet, written \(age) s ago"
                return [age < patience ? .warning("web server", says, advice: "it takes them within a minute; sudo imagebed reload does it at once")
                    : .problem("web server", says, advice: "sudo imagebed reload")]
            }
        }
        return [.ok("web server", "bodies up to \(ByteCount.print(try site.settings.largestBody))")]
    }
}

/// Seconds since a file was modified.
private func age(of path: String) -> Int { FileStatus(at: path).map { max(0, Now.seconds - $0.modified) } ?? 0 }
