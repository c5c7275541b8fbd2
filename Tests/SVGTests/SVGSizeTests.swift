// Sizes out of the root element's attributes.

import Testing
@testable import SVG

@Suite struct SVGSizeTests {
    static let rows: [(attributes: [(String, String)], width: Int?, height: Int?)] = [
        ([], nil, nil),
        ([("width", "10"), ("height", "20")], 10, 20),
        ([("width", "10px"), ("height", " 20PX ")], 10, 20),
        ([("width", "10.4"), ("height", "20.5")], 10, 21),
        ([("width", "0.1"), ("height", "1e2")], 1, 100),
        ([("width", "1in"), ("height", "2.54cm")], 96, 96),
        ([("width", "72pt"), ("height", "6pc")], 96, 96),
        ([("width", "210mm"), ("height", "297mm")], 794, 1123),
        ([("width", "100%"), ("height", "100%"), ("viewbox", "0 0 30 40")], 30, 40),
        ([("width", "3em"), ("height", "auto")], nil, nil),
        ([("viewbox", "0,0,\n300.6,150")], 301, 150),
        ([("viewbox", "0 0 300")], nil, nil),
        ([("viewbox", "0 0 -300 0")], nil, nil),
        ([("width", "60"), ("viewbox", "0 0 30 40")], 60, 80),
        ([("height", "80"), ("viewbox", "0 0 30 40")], 60, 80),
        ([("width", "60")], 60, nil),
        ([("width", "0"), ("height", "-3")], nil, nil),
        ([("width", "inf"), ("height", "nan")], nil, nil),
        ([("width", "0x10"), ("height", "1e400")], nil, nil),
        ([("width", "99999999999999999999"), ("height", "1e300")], nil, nil),
        ([("height", "1000000"), ("viewbox", "0 0 1000000 1e-300")], nil, 1_000_000),
    ]

    @Test(arguments: rows.indices) func pixels(_ row: Int) {
        let attributes = Self.rows[row].attributes.map { Attribute(local: $0.0, namespace: "", value: Array($0.1.utf8)) }
        let size = SVGSize(attributes).pixels
        #expect(size.width == Self.rows[row].width)
        #expect(size.height == Self.rows[row].height)
    }
}
