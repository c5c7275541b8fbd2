// The part of the web server's configuration that depends on the settings. The files are in a folder that belongs to the user who starts
// the web server (root, if the site is installed), with their templates and the applied values; none is in the data folder.

import Disk
import Settings
import Site

/// The configuration of one site for one web server.
public struct Configuration {
    /// The folder of the templates (`NAME.in`) and the rendered files (`NAME`).
    public let folder: String

    /// The folder of the lock, which must survive when an installation replaces the other folder.
    private let lockFolder: String

    /// - Parameter lockFolder: nil for `folder`.
    public init(folder: String, lockFolder: String? = nil) { (self.folder, self.lockFolder) = (folder, lockFolder ?? folder) }

    /// Maximum bytes of a template or a rendered file.
    private static let limit = 1 << 20

    /// Renders the templates.
    ///
    /// - Returns: the files that changed, with their previous content; nil if a file did not exist.
    /// - Throws: `WebServerError`, before anything is changed; `DiskError`.
    public func render(_ values: WebValues) throws -> [(name: String, former: [UInt8]?)] {
        let place = try Folder(folder)
        let templates = try place.entries().filter { $0.hasSuffix(ValueTemplate.suffix) }.sorted()
        guard !templates.isEmpty else { throw WebServerError.noTemplates(folder: folder) }
        let texts = try templates.map { name in
            let template = String(decoding: try place.bytes(of: name, limit: Configuration.limit) ?? [], as: UTF8.self)
            return (String(name.dropLast(ValueTemplate.suffix.count)), Array(try ValueTemplate(text: template).filled(with: values).utf8))
        }
        return try replace(texts, in: place)
    }

    /// All of them or, if the disk is full, none.
    private func replace(_ texts: [(String, [UInt8])], in place: Folder) throws -> [(name: String, former: [UInt8]?)] {
        var changed: [(name: String, former: [UInt8]?)] = []
        do {
            for (name, text) in texts {
                let former = try place.bytes(of: name, limit: Configuration.limit)
                if former == text { continue }
                try place.replace(name, with: text, mode: 0o644)
                changed.append((name, former))
            }
        } catch {
            try? restore(changed)
            throw error
        }
        return changed
    }

    /// Restores the files that `render` replaced.
    func restore(_ changed: [(name: String, former: [UInt8]?)]) throws {
        let place = try Folder(folder)
        for (name, former) in changed {
            if let former { try place.replace(name, with: former, mode: 0o644) } else { try place.remove(name) }
        }
    }

    /// Locks the folder until the result is released. (install.sh takes the same lock: Sources/imagebed/install/web.sh.)
    func lock(patience: Int = Lock.patience) throws -> Lock? {
        do {
            return try Folder(lockFolder).lock(Configuration.lockName, patience: patience)
        } catch let error as DiskError where error.kind == .held {
            throw WebServerError.locked(by: error.path)
        }
    }

    private static let lockName = "reload.lock"
}
