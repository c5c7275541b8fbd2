// Links as texts: names are escaped for the language of the place that they go to.

@testable import Pages
import Settings
import Testing

@Suite struct FileLinksTests {
    private func links(_ name: String, url: String = "https://a.example/1.jpg", isVideo: Bool = false) -> FileLinks {
        FileLinks(url: url, name: name, thumbnail: "https://a.example/t", deletion: nil, isVideo: isVideo)
    }

    @Test(arguments: [
        ("假日 😀", "![假日 😀](https://a.example/1.jpg)"), ("]", "![\\]](https://a.example/1.jpg)"), ("a|b`*<&[\\", "![a\\|b\\`\\*\\<\\&\\[\\\\](https://a.example/1.jpg)"),
    ])
    func markdown(name: String, expected: String) { #expect(links(name).text(.markdown) == expected) }

    @Test func html() {
        #expect(links("\"><script>&'").text(.html) == "<img src=\"https://a.example/1.jpg\" alt=\"&quot;&gt;&lt;script&gt;&amp;&#39;\">")
        #expect(links("a\"", isVideo: true).text(.html) == "<video src=\"https://a.example/1.jpg\" title=\"a&quot;\" controls></video>")
    }

    @Test func addresses() {
        let odd = links("a", url: "https://a.example/(1) [2].jpg")
        #expect(odd.text(.markdown) == "![a](https://a.example/%281%29%20[2].jpg)")
        #expect(odd.text(.bbcode) == "[img]https://a.example/(1)%20%5B2%5D.jpg[/img]" && odd.text(.link) == "https://a.example/(1) [2].jpg")
        #expect(links("a", isVideo: true).text(.bbcode) == "[video]https://a.example/1.jpg[/video]" && links("a", isVideo: true).text(.markdown)?.hasPrefix("[a]") == true)
        #expect(links("a").text(.thumbnail) == "https://a.example/t" && links("a").text(.delete) == nil)
        // A video has no thumbnail.
        #expect(links("a", isVideo: true).text(.thumbnail) == "https://a.example/1.jpg")
    }

    @Test(arguments: [(0, "0 B"), (999, "999 B"), (1_000, "1 KB"), (1_433, "1.4 KB"), (51_200, "50 KB"), (52_428_800, "50 MB"), (1_468_006, "1.4 MB"),
                      (1_073_741_824, "1 GB"), (63_963_136, "61 MB"), (10_450_000, "10 MB")])
    func sizes(bytes: Int, expected: String) { #expect(ByteText.format(bytes) == expected) }
}
