// Finds a font for text marks if the operator set none. Only a few font families have Chinese, Japanese and Korean characters; they
// are recognized by file name.

import Disk

/// Fonts installed on this machine.
public enum SystemFont {
    public static let folder = "/usr/share/fonts"

    /// Substrings of file names of fonts with East Asian characters, best first; then of upright sans-serif fonts.
    private static let eastAsian = [
        "notosanscjk-regular", "sourcehansans", "notosanscjk", "wqy-microhei", "wqy-zenhei", "droidsansfallback", "uming", "ukai", "cjk",
        "gbsn00lp", "unifont",
    ]
    private static let plain = ["dejavusans.", "liberationsans-regular", "notosans-regular", "freesans.", "opensans-regular"]

    /// Maximum files and folders that are scanned.
    private static let entryLimit = 10_000
    private static let depthLimit = 6

    /// The path of the most suitable font for a text; nil if none is installed.
    public static func find(for lines: [String], below folder: String = SystemFont.folder) -> String? {
        guard let top = try? Folder(folder) else { return nil }
        var fonts: [String] = []
        var entries = 0
        collect(top, depth: 0, &fonts, &entries)
        let preferred = needsEastAsian(lines) ? eastAsian + plain : plain
        for word in preferred {
            if let font = fonts.first(where: { name(of: $0).contains(word) }) { return font }
        }
        return fonts.first
    }

    /// Whether a font, judged by its name, lacks characters of the text.
    public static func seemsToLack(_ lines: [String], in path: String) -> Bool {
        needsEastAsian(lines) && !eastAsian.contains { name(of: path).contains($0) }
    }

    private static func needsEastAsian(_ lines: [String]) -> Bool {
        // From U+2E80 on: all Chinese, Japanese and Korean characters except for half of the Hangul jamo.
        lines.contains { $0.unicodeScalars.contains { (0x2E80...0xD7FF).contains($0.value) || (0x20000...0x3FFFF).contains($0.value) } }
    }

    private static func collect(_ folder: Folder, depth: Int, _ fonts: inout [String], _ entries: inout Int) {
        guard let listing = try? folder.listing() else { return }
        for entry in listing {
            entries += 1
            guard entries <= entryLimit, let name = entry.name else { continue }
            switch entry.kind {
            case .file where [".ttf", ".otf", ".ttc"].contains { name.lowercased().hasSuffix($0) }: fonts.append("\(folder.path)/\(name)")
            case .folder where depth < depthLimit:
                if let inner = try? folder.folder(name) { collect(inner, depth: depth + 1, &fonts, &entries) }
            default: break
            }
        }
    }

    private static func name(of path: String) -> String {
        path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...].lowercased()
    }
}
