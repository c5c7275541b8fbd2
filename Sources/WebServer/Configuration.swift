// What the web server includes that follows the settings. The files lie in a folder of whoever starts the web server (root, where the
// site is installed), beside their templates and the values that were applied; nothing of them is in the data folder.

import Disk
import Settings
import Site

/// The configuration of one site in one web server.
public struct Configuration {
    /// Where templates (`NAME.in`) and what was made of them (`NAME`) lie.
    public let folder: String

    /// Where the lock is, which outlives the files of a folder that an installation brings back.
    private let lockFolder: String

    /// - Parameter lockFolder: that of the lock; nil is `folder`.
    public init(folder: String, lockFolder: String? = nil) { (self.folder, self.lockFolder) = (folder, lockFolder ?? folder) }

    /// Templates, and texts made of them.
    private static let limit = 1 << 20

    /// Fills the templates.
    ///
    /// - Returns: the files that changed, with what they held before; nil is for those that were not there.
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

    /// All of them or, on a full disk, none.
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

    /// Brings back what `render` replaced.
    func restore(_ changed: [(name: String, former: [UInt8]?)]) throws {
        let place = try Folder(folder)
        for (name, former) in changed {
            if let former { try place.replace(name, with: former, mode: 0o644) } else { try place.remove(name) }
        }
    }

    /// Keeps others from changing the folder until the owner of the result goes. (install.sh takes the same lock: Sources/imagebed/install/web.sh.)
    func lock(patience: Int = Lock.patience) throws -> Lock? {
        do {
            return try Folder(lockFolder).lock(Configuration.lockName, patience: patience)
        } catch let error as DiskError where error.kind == .held {
            throw WebServerError.locked(by: error.path)
        }
    }

    private static let lockName = "reload.lock"
}
