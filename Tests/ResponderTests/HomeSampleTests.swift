// The browser room tries the scripts of the upload page on a sample that needs no site. What they look for must be in both, or neither room
// would notice that the page has changed.

import Disk
import Testing

@Suite struct HomeSampleTests {
    private let checkout: Folder
    private let page: String

    init() throws {
        checkout = try Folder(DocumentedPath.checkout)
        let site = try TestSite()
        page = try site.ask("GET", "/", ["Cookie": site.session()]).text
    }

    private func text(_ path: String) throws -> String {
        let bytes = try checkout.bytes(of: path, limit: 1 << 20)
        return String(decoding: try #require(bytes, "\(path)"), as: UTF8.self)
    }

    private func scripts() throws -> String {
        try checkout.folder("htdocs/assets").entries().filter { $0.hasSuffix(".js") }.map { try text("htdocs/assets/\($0)") }.joined()
    }

    @Test func theSampleHasWhatScriptsLookFor() throws {
        let words = Set(try scripts().matches(of: /[\w-]+/).map { String($0.0) })
        let beginnings = words.filter { $0.hasSuffix("-") }
        func isLookedFor(_ mark: (text: String, word: String)) -> Bool {
            words.contains(mark.word) || beginnings.contains { mark.word.hasPrefix($0) }
        }
        let rendered = Marks(of: page).all.filter(isLookedFor)
        let sample = Marks(of: try text("Tests/Browser/samples/home.html")).all.filter(isLookedFor)
        #expect(rendered.count > 60 && rendered.contains { $0.text == "ol#rows" } && rendered.contains { $0.text == "form[data-image-bytes]" })
        #expect(Set(rendered.map(\.text)).symmetricDifference(sample.map(\.text)).sorted() == [])
    }
}

/// What scripts can find elements by, in `<main>`: "input#files", "input[name=file]", "form[data-tus]", "button.act".
private struct Marks {
    /// - `word`: as a script spells it.
    let all: [(text: String, word: String)]

    init(of page: String) {
        let main = page.replacing(/<!--.*?-->/.dotMatchesNewlines(), with: "").firstMatch(of: /<main.*<\/main>/.dotMatchesNewlines())?.0 ?? ""
        all = main.matches(of: /<([a-z]\w*)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*>/).flatMap { tag in
            tag.2.matches(of: /([\w-]+)(?:="([^"]*)")?/).flatMap { Marks.marks(String(tag.1), String($0.1), String($0.2 ?? "")) }
        }
    }

    private static func marks(_ tag: String, _ name: String, _ value: String) -> [(text: String, word: String)] {
        switch name {
        case "id": [("\(tag)#\(value)", value)]
        case "name": [("\(tag)[name=\(value)]", value)]
        case "class": value.split(separator: " ").map { ("\(tag).\($0)", String($0)) }
        case _ where name.hasPrefix("data-"): [("\(tag)[\(name)]", camelCase(name.dropFirst(5)))]
        default: []
        }
    }

    /// "image-bytes" is `dataset.imageBytes`.
    private static func camelCase(_ name: Substring) -> String {
        let words = name.split(separator: "-")
        return words.dropFirst().reduce(String(words[0])) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
    }
}
