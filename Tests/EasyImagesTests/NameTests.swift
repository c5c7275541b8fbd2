@testable import EasyImages
import Settings
import TestSupport
import Testing

@Suite struct FileNameBodyTests {
    @Test func recordedBodies() {
        let vectors = Vectors.part("filename_body_sanitize_vectors").all
        #expect(vectors.count == 41)
        for vector in vectors { #expect(FileNameBody.cleaned(vector["in"].text) == vector["out"].text, "\(vector["in"])") }
    }

    @Test(arguments: [
        ("e\u{301}te\u{301}", "ete"), ("a\u{202E}gpj", "agpj"), ("\u{FEFF}x\u{FFFD}y", "xy"), ("<script>alert(1)</script>", "alert-1"),
        ("a < b", "a-b"), ("../../etc/passwd", "etc-passwd"), ("...", ""), ("👨‍👩‍👧 family", "👨‍👩‍👧-family"), ("%2e%2e", "2e-2e"),
        ("-.-.-x-.-", "x"), ("a-.-.b", "a.b"), ("Łódź", "Lodz"),
    ])
    func bodies(text: String, cleaned: String) { #expect(FileNameBody.cleaned(text) == cleaned) }

    @Test func cutBetweenLetters() {
        #expect(FileNameBody.cleaned(String(repeating: "假", count: 100), lengthLimit: 200) == String(repeating: "假", count: 66))
    }

    @Test func neverAHiddenName() {
        var generator = SystemRandomNumberGenerator()
        let letters = Array("a.-_ /\\<>%20é假\u{0}\u{202E}~'".unicodeScalars)
        for _ in 0..<2000 {
            let text = String(String.UnicodeScalarView((0..<12).map { _ in letters.randomElement(using: &generator) ?? "a" }))
            let cleaned = FileNameBody.cleaned(text)
            #expect(!cleaned.hasPrefix(".") && !cleaned.contains("/") && !cleaned.contains("\\"), "\(text.debugDescription)")
            #expect(FileNameBody.cleaned(cleaned) == cleaned, "\(text.debugDescription)")
        }
    }
}

@Suite struct NewNameTests {
    private static let random = (0..<32).map { UInt8($0 * 7 & 0xFF) }

    private static func name(_ microseconds: Int = 1_795_462_002_230_000, random: [UInt8] = random) -> NewName {
        NewName(microseconds: microseconds, date: DateText(microseconds / 1_000_000, offset: 8 * 3600), random: random)
    }

    @Test func recordedShortNames() {
        for vector in Vectors.part("default_name_vectors").all {
            let time = Array(vector["His"].text).compactMap(\.wholeNumberValue)
            let seconds = (time[0] * 10 + time[1]) * 3600 + (time[2] * 10 + time[3]) * 60 + time[4] * 10 + time[5]
            let number = vector["random"].integer - 1001
            let random = [UInt8](repeating: 0, count: 28) + [0, 0, UInt8(number >> 8), UInt8(number & 0xFF)]
            let name = NewName(microseconds: seconds * 1_000_000, date: DateText(seconds, offset: 0), random: random)
            #expect(name.text(.short, source: "") == vector["name"].text)
        }
    }

    @Test func recordedSnowflakes() {
        for vector in Vectors.part("snowflake_vectors")["observed_2026_11_23"].all {
            let number = vector["random12"].integer
            let random = [UInt8](repeating: 0, count: 28) + [0, 0, UInt8(number >> 8), UInt8(number & 0xFF)]
            #expect(NewNameTests.name(vector["unix_ms"].integer * 1000, random: random).text(.snowflake, source: "") == vector["id"].text)
        }
    }

    @Test(arguments: NameStyle.allCases)
    func patterns(style: NameStyle) throws {
        let made = NewNameTests.name().text(style, source: "photo")
        guard style != .source else { return #expect(made == "photo") }
        let recorded = Vectors.part("name_patterns")[style == .short ? "default" : style.rawValue].text
        let pattern = try Regex(String(recorded.prefix { $0 != " " }))
        #expect(made.wholeMatch(of: pattern) != nil, "\(made) against \(recorded)")
    }

    @Test func unlikeNamesAtTheSameMoment() {
        for style in [NameStyle.crc32, .md5, .sha1, .uuid, .guid] {
            let other = NewNameTests.name(random: NewNameTests.random.reversed())
            #expect(NewNameTests.name().text(style, source: "") != other.text(style, source: ""))
        }
    }

    @Test func bodies() {
        let name = NewNameTests.name()
        #expect(name.body(.source, source: "été 1", suffix: "-7", lengthLimit: 240) == "ete-1-7")
        #expect(name.body(.source, source: "???", lengthLimit: 240) == name.text(.short, source: ""))
        #expect(name.body(.source, source: "???", suffix: "-7", lengthLimit: 240) == "7")
        #expect(name.body(.source, source: String(repeating: "x", count: 300), lengthLimit: 240).utf8.count == 240)
    }
}
