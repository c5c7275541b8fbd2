// What goes from a vector graphic, and that the rest stays.

import Testing
@testable import SVG

@Suite struct SVGCleaningTests {
    private func cleaned(_ text: String, clean: @escaping ([UInt8]) throws -> [UInt8]? = { _ in nil }) throws -> String? {
        try Array(text.utf8).withUnsafeBytes { bytes in
            _ = try SVGInspection.inspect(bytes)
            return try SVGInspection.withoutMetadata(bytes, clean: clean).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    private static let drawn = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- SECRET -->
        <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:i="http://www.inkscape.org/namespaces/inkscape"
            xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" width="9" height="8" i:export-filename="/home/SECRET/a.png">
        <metadata><rdf:RDF><rdf:li>SECRET</rdf:li></rdf:RDF></metadata><i:namedview i:path="SECRET"/>
        <g i:label="SECRET" id="a"><!-- SECRET --><text xml:space="preserve"> two  words </text><use xlink:href="#a"/></g><?xpacket SECRET?>
        </svg>
        """

    @Test func metadataGo() throws {
        let text = try #require(try cleaned(Self.drawn))
        #expect(!text.contains("SECRET"))
        for kept in ["<text xml:space=\"preserve\"> two  words </text>", "<use xlink:href=\"#a\"/>", "width=\"9\"", "id=\"a\""] {
            #expect(text.contains(kept), "\(kept)")
        }
        #expect(try cleaned(text) == nil)
    }

    @Test func entitiesAreSpelledOut() throws {
        let text = try #require(try cleaned("""
            <!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg"><!ENTITY t "text">]><svg xmlns="&ns;"><!-- x --><text>&t;</text></svg>
            """))
        #expect(text.contains("<text>text</text>") && text.contains("xmlns=\"http://www.w3.org/2000/svg\""))
    }

    @Test func embeddedPicturesAreCleaned() throws {
        let text = #"<svg xmlns="http://www.w3.org/2000/svg"><image href="data:image/jpeg;base64,AQID"/></svg>"#
        let found = try #require(try cleaned(text) { $0 == [1, 2, 3] ? [4, 5] : nil })
        #expect(found.contains("data:image/jpeg;base64,BAU="))
        #expect(try cleaned(text) == nil)
    }

    @Test(arguments: [
        ##"<style>a{background:url("data:image/jpeg;base64,AQID")}</style>"##, ##"<rect style="fill:url(data:image/png;base64,AQID)"/>"##,
        ##"<image href="data:image/png,%89PNG"/>"##, ##"<style><![CDATA[a{background:url(data:image/png;base64,AQID)}]]></style>"##,
    ]) func whatCannotBeCleanedIsRefused(_ content: String) {
        #expect(throws: SVGRefusal.self) { try cleaned("<svg xmlns=\"http://www.w3.org/2000/svg\">\(content)</svg>") }
    }
}
