// Which files beside the pictures go on being served: by extension and place. Whatever could be code, settings, a log or a backup is left,
// also where the old web server would have sent it. nginx/old-root.conf and apache/old-root.conf have the media types.

/// Why a file or a folder of the old site's root is not served any more.
public enum RootReason: String, CaseIterable, Sendable {
    case program = "part of EasyImages"
    case ours = "an address of this site's own"
    case place = "a folder that is not served"
    case code = "a script or a program"
    case type = "of a type that is not served"
    case settings = "named like settings, a log or a backup"
    case restricted = "closed by a .htaccess"
    case closed = "not readable for all"
    case hidden = "hidden"
    case name = "a name that cannot be served"
    case link = "a symbolic link"
    case hardLink = "another name of a file"
    case php = "PHP code, whatever its name says"
    case special = "no file"
    case tooLarge = "over 16 MB"
    case tooMany = "beyond 5000 files or 256 MB"
    case tooDeep = "too many folders deep"
}

/// The rule, for names as they stand in the folder.
enum RootRule {
    /// Folders of the root whose files are served, at any depth.
    static let folders: Set<String> = [".well-known", "css", "docs", "fonts", "images", "img", "media", "public", "static"]
    /// Folders of the program itself.
    static let programFolders: Set<String> = ["admin", "api", "app", "application", "config", "install", "libs"]
    /// Files that the web server makes for this site.
    private static let ours: Set<String> = ["404.html", "50x.html"]

    /// Extensions that are served.
    static let types: Set<String> = [
        "avif", "bmp", "gif", "heic", "ico", "jfif", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp",
        "css", "eot", "htm", "html", "md", "otf", "pdf", "ttf", "txt", "woff", "woff2", "xml",
        "m4a", "mp3", "mp4", "ogg", "wav", "webm",
    ]
    private static let code: Set<String> = SeenFile.scripts.subtracting(["html", "htm"])
        .union(["htc", "jar", "mjs", "rb", "swf", "ts", "vue", "wasm"])
    private static let backups: Set<String> = [
        "7z", "bak", "conf", "dump", "env", "gz", "ini", "key", "log", "old", "orig", "pem", "rar", "save", "sql", "swp", "tar", "tgz", "tmp", "zip",
    ]
    /// Words of names, without the digits at their ends.
    private static let privateWords: Set<String> = [
        "backup", "backups", "config", "configuration", "credential", "credentials", "database", "db", "dump", "errors", "key", "keys", "log", "logs",
        "modules", "passwd", "password", "passwords", "private", "rsa", "runtime", "secret", "secrets", "settings", "temp", "tmp", "token", "tokens",
        "users", "vendor",
    ]
    /// The longest path, in bytes.
    private static let pathLimit = 1000

    /// - Parameter place: the folders above it, from the root on.
    static func reasonToLeave(folder name: String, in place: [String]) -> RootReason? {
        guard isPlain(name, in: place) else { return .name }
        if place.isEmpty {
            if folders.contains(name) { return nil }
            return programFolders.contains(name.lowercased()) ? .program : name.hasPrefix(".") ? .hidden : .place
        }
        if name.hasPrefix(".") { return .hidden }
        return isPrivate(name.lowercased()) ? .settings : nil
    }

    static func reasonToLeave(file name: String, in place: [String]) -> RootReason? {
        guard isPlain(name, in: place) else { return .name }
        if name.hasPrefix(".") { return .hidden }
        if place.isEmpty, ours.contains(name.lowercased()) { return .ours }
        let parts = name.lowercased().split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let ends = parts.dropFirst()
        if ends.contains(where: { code.contains($0) || $0.hasPrefix("php") }) { return .code }
        if isPrivate(parts[0]) || ends.contains(where: backups.contains) { return .settings }
        return isServed(parts[0], ends.last, isWellKnown: place.first == ".well-known") ? nil : .type
    }

    /// "config-bak", "api_key", "dump2024".
    private static func isPrivate(_ stem: String) -> Bool {
        stem.split { !$0.isLetter && !$0.isNumber }.contains { word in
            privateWords.contains(String(word)) || privateWords.contains(String(word.prefix { !$0.isNumber }))
        }
    }

    /// Whether a file begins as one of PHP's does, which a copy of settings under another name does too.
    static func isPHP(_ beginning: [UInt8]) -> Bool {
        let text = String(decoding: beginning, as: UTF8.self).drop { $0.isWhitespace || $0 == "\u{FEFF}" }.lowercased()
        return text.hasPrefix("<?") && !text.hasPrefix("<?xml")
    }

    /// JSON and names without an extension belong to programs, but not where they are meant for everybody (RFC 8615).
    private static func isServed(_ stem: String, _ type: String?, isWellKnown: Bool) -> Bool {
        switch type {
        case nil: isWellKnown
        case "json": isWellKnown || stem == "manifest"
        case let type?: types.contains(type)
        }
    }

    private static func isPlain(_ name: String, in place: [String]) -> Bool {
        name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F && $0 != "\\" }
            && place.reduce(name.utf8.count) { $0 + $1.utf8.count + 1 } <= pathLimit
    }

    /// Whether an Apache file for a folder keeps anybody out of it.
    static func closes(_ htaccess: String) -> Bool {
        let text = htaccess.lowercased()
        return ["deny", "require", "authtype", "[f", ",f]", "[g", ",g]", "r=4", "redirect 4", "redirect gone"].contains(where: text.contains)
    }
}
