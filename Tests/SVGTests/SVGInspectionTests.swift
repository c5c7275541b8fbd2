// What passes and what does not, as two lists of documents; every bad one was a way to run or to load something.

import Testing
@testable import SVG

private func document(_ content: String, _ attributes: String = "") -> String {
    #"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" \#(attributes)>\#(content)</svg>"#
}

private func inspect(_ text: String) throws -> (width: Int?, height: Int?) {
    try inspect(Array(text.utf8))
}

private func inspect(_ bytes: [UInt8]) throws -> (width: Int?, height: Int?) {
    try bytes.withUnsafeBytes { try SVGInspection.inspect($0) }
}

@Suite struct SVGInspectionTests {
    static let good = [
        document(""),
        #"<?xml version="1.0" encoding="UTF-8" standalone="no"?>"# + document(""),
        "\u{FEFF}" + document(""),
        #"<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">"# + document(""),
        "<!DOCTYPE svg>" + document(""),
        "<!-- made by hand --><svg></svg>",
        #"<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:g/></s:svg>"#,
        document(##"<linearGradient id="a"/><linearGradient id="b" xlink:href="#a"/><rect fill="url(#b)" clip-path="url('#c')"/>"##),
        document(##"<use href="#a"/><use xlink:href=" #a "/><use href=""/>"##),
        document(#"<image href="data:image/png;base64,iVBORw0KGgo="/><image xlink:href="DATA:image/JPEG;base64,AA=="/>"#),
        document(#"<style>.a{fill:url(#b)} /* url(http://x/) is a comment */ @media print { .a { fill: red } }</style>"#),
        document(#"<style><![CDATA[ @font-face{font-family:x;src:url("data:font/woff2;base64,d09G")} ]]></style>"#),
        document(#"<rect style="fill:red;filter:url(#f)"/>"#),
        document(#"<rect><animate attributeName="width" values="1;2" dur="1s"/><set attributeName="fill" to="red"/></rect>"#),
        document("<text>onload=\"x\" javascript: &lt;script&gt; url(http://x/)</text>"),
        document("<desc>5 &amp; 6 &#x3c;script&#62;</desc>"),
        document(#"<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><cc:license xmlns:cc="http://creativecommons.org/ns#" rdf:resource="http://x/"/></rdf:RDF></metadata>"#),
        document(#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><g/><?xpacket end="w"?>"#),
        document(String(repeating: "<g>", count: 63) + String(repeating: "</g>", count: 63)),
        document(#"<a href="https://example.org/a?b#c" target="_blank"><rect/></a><a xlink:href=" HTTP://example.org"/><a href="mailto:a@b"/>"#),
        illustrator + #"<svg xmlns="&ns_svg;" xmlns:xlink="&ns_xlink;" xmlns:x="&ns_extend;"><text>&ns_ai;&ns_ai;</text></svg>"#,
        #"<!DOCTYPE svg [<!ENTITY a "x">]>"# + document("&a;<style>.&a;{fill:red}</style>"),
    ]

    /// What Adobe Illustrator writes.
    private static let illustrator = """
        <?xml version="1.0" encoding="utf-8"?>
        <!-- Generator: Adobe Illustrator 16.0.0, SVG Export Plug-In . SVG Version: 6.00 Build 0)  -->
        <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
            <!ENTITY ns_extend "http://ns.adobe.com/Extensibility/1.0/">
            <!ENTITY ns_ai "http://ns.adobe.com/AdobeIllustrator/10.0/">
            <!ENTITY ns_svg "http://www.w3.org/2000/svg">
            <!ENTITY ns_xlink "http://www.w3.org/1999/xlink">
        ]>

        """

    @Test(arguments: good) func passes(_ text: String) throws {
        _ = try inspect(text)
    }

    static let bad = [
        "", "<", "not xml", "<svg>", "<html/>", #"<svg xmlns="http://www.w3.org/1999/xhtml"/>"#, "<svg></svg><svg></svg>",
        document("<script>alert(1)</script>"),
        document("<SCRIPT/>"),
        #"<s:svg xmlns:s="http://www.w3.org/2000/svg"><x:script xmlns:x="http://www.w3.org/2000/svg"/></s:svg>"#,
        document("", #"onload="alert(1)""#),
        document(#"<rect OnClick="x"/>"#),
        document(#"<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>"#),
        document(#"<p xmlns="http://www.w3.org/1999/xhtml">x</p>"#),
        document(#"<h:iframe xmlns:h="http://www.w3.org/1999/xhtml" src="x"/>"#),
        document("<iframe/>"), document("<embed/>"), document("<object/>"), document("<audio/>"), document("<video/>"),
        document("<handler/>"), document("<listener/>"),
        document(#"<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="x"/>"#),
        document(#"<rect ev:event="click" xmlns:ev="http://www.w3.org/2001/xml-events"/>"#),
        document(#"<use href="other.svg#a"/>"#),
        document(#"<use xlink:href="http://x/a.svg#a"/>"#),
        document(#"<image href="http://x/a.png"/>"#),
        document(#"<image href="//x/a.png"/>"#),
        document(#"<image href="file:///etc/passwd"/>"#),
        document(#"<image href="data:image/svg+xml;base64,PHN2Zz4="/>"#),
        document(#"<image href="data:text/html,x"/>"#),
        document(#"<image href="data:image/pngx,x"/>"#),
        document(#"<image href="data:,x"/>"#),
        document(#"<a href="javascript:alert(1)">x</a>"#),
        document("<a href=\"java&#10;script:alert(1)\">x</a>"),
        document("<a xlink:href=\" \u{1F}&#9;JaVaScRiPt:alert(1)\">x</a>"),
        document(#"<a href="page.html">x</a>"#), document(#"<a href="//x/">x</a>"#), document(#"<a href="ftp://x/">x</a>"#),
        document(#"<a href="https:x">x</a>"#), document(#"<a src="https://x/">x</a>"#), document(##"<a href="#a" ping="https://x/">x</a>"##),
        document(#"<use href="https://x/a.svg#a"/>"#), document(#"<link href="https://x/"/>"#),
        document(#"<a><set attributeName="href" to="javascript:alert(1)"/></a>"#),
        document(##"<a><animate attributeName="xlink:href" values="#a;#b"/></a>"##),
        document(#"<rect><set attributeName="onclick" to="x"/></rect>"#),
        document(#"<rect><animate attributeName="x" values="1;javascript:x"/></rect>"#),
        document(#"<g xml:base="http://x/"/>"#),
        document("<style>@import 'http://x/';</style>"),
        document("<style>@im<!-- -->port 'x';</style>"),
        document(#"<style>@\69mport "x";</style>"#),
        document("<style>a{background:url(http://x/)}</style>"),
        document("<style>a{background:url( 'http://x/' )}</style>"),
        document(#"<style>a{background:\75 rl(http://x/)}</style>"#),
        document("<style>a{background:u/**/rl(http://x/)}</style>"),
        document("<style><![CDATA[a{background:URL(//x/)}]]></style>"),
        document("<style>a{background:url(data:image/svg+xml,x)}</style>"),
        document("<style>a{width:expression(alert(1))}</style>"),
        document("<style>a{-moz-binding:url(#x)}</style>"),
        document(#"<rect style="fill:url(x.svg#a)"/>"#),
        document(#"<rect fill="url(http://x/#a)"/>"#),
        document(#"<rect filter="u&#x72;l(http://x/#a)"/>"#),
        #"<?xml-stylesheet href="http://x/a.css"?>"# + document(""),
        document("<?php system('id'); ?>"),
        #"<!DOCTYPE svg [<!ENTITY a "&lt;script>">]>"# + document("&a;"), #"<!DOCTYPE svg [<!ENTITY a "<script/>">]>"# + document("&a;"),
        #"<!DOCTYPE svg [<!ENTITY a "&#60;script/>">]>"# + document("&a;"), #"<!DOCTYPE svg [<!ENTITY a "&#38;b;">]>"# + document("&a;"),
        #"<!DOCTYPE svg [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>"# + document("&b;"),
        #"<!DOCTYPE svg [<!ENTITY a "java"><!ENTITY b "script:x">]>"# + document(#"<a href="&a;&b;">x</a>"#),
        #"<!DOCTYPE svg [<!ENTITY a "http://www.w3.org/1999/xhtml">]>"# + document(#"<p xmlns="&a;"/>"#),
        #"<!DOCTYPE svg [<!ENTITY a "@import 'x'">]>"# + document("<style>&a;</style>"),
        #"<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>"# + document("&a;"),
        #"<!DOCTYPE svg [<!ENTITY % p SYSTEM "http://x/"> %p;]>"# + document(""),
        #"<!DOCTYPE svg [<!ATTLIST svg onload CDATA "alert(1)">]>"# + document(""),
        #"<!DOCTYPE svg SYSTEM "http://x/a.dtd">"# + document(""),
        #"<!DOCTYPE svg PUBLIC "-//X//Y" "http://x/a.dtd">"# + document(""),
        document("&undefined;"),
        #"<?xml version="1.0" encoding="UTF-7"?>"# + document(""),
        document("<g>"), document("<g></p>"), document("<a b=c/>"), document("<g a='1' a='2'/>"),
    ]

    @Test(arguments: bad) func isRefused(_ text: String) {
        #expect(throws: SVGRefusal.self) { try inspect(text) }
    }

    @Test func whatIsNotWellFormedIsToldInWords() throws {
        let refusal = #expect(throws: SVGRefusal.self) { try inspect("<svg>\n<g>\n</svg>") }
        #expect(refusal?.because == "not well-formed in line 3: Opening and ending tag mismatch: g line 2 and svg")
    }

    @Test func otherEncodingsHideNothing() throws {
        let utf16: [UInt8] = [0xFF, 0xFE] + document("<script/>").utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(throws: SVGRefusal.self) { try inspect(utf16) }
        let harmless: [UInt8] = [0xFE, 0xFF] + document("").utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        _ = try inspect(harmless)
        #expect(throws: SVGRefusal.self) { try inspect(Array(document("").utf8) + [0xFF]) }
    }

    static let large = [
        document(String(repeating: "<g>", count: 100_000)),
        document(String(repeating: "<g>", count: 64) + String(repeating: "</g>", count: 64)),
        document("<!--" + String(repeating: "x", count: SVGInspection.maximumBytes) + "-->"),
        #"<!DOCTYPE svg [<!ENTITY a "\#(String(repeating: "x", count: 1001))">]>"# + document("&a;"),
        "<!DOCTYPE svg [" + (0...100).map { #"<!ENTITY a\#($0) "x">"# }.joined() + "]>" + document(""),
        #"<!DOCTYPE svg [<!ENTITY a "\#(String(repeating: "x", count: 1000))">]>"# + document(String(repeating: "&a;", count: 1100)),
        #"<!DOCTYPE svg [<!ENTITY a "\#(String(repeating: "x", count: 1000))">]>"#
            + document(String(repeating: #"<g class="&a;"/>"#, count: 1100)),
    ]

    @Test(arguments: large.indices) func isTooLarge(_ row: Int) throws {
        let refusal = #expect(throws: SVGRefusal.self) { try inspect(Self.large[row]) }
        #expect(refusal?.isTooLarge == true)
    }

    @Test func everyCutAndEveryChangedByteEndsWell() {
        let whole = Array((Self.good[3] + "").utf8) + Array(Self.good[11].utf8)
        for count in 0..<whole.count { _ = try? inspect(Array(whole[..<count])) }
        for place in whole.indices {
            for byte: UInt8 in [0, 0x22, 0x26, 0x3C, 0x5C, 0xFF] {
                var changed = whole
                changed[place] = byte
                _ = try? inspect(changed)
            }
        }
    }
}
