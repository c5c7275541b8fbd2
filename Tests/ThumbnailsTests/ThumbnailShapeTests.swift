// How a query becomes a shape: exact sizes within bounds, mild reading, names of cache files.

import Testing
@testable import Thumbnails

@Suite struct ThumbnailShapeTests {
    static let names: [(w: String?, h: String?, q: String?, zc: String?, name: String)] = [
        (nil, nil, nil, nil, "w258h258q90z1.jpg"),
        ("0", "0", nil, nil, "w258h258q90z1.jpg"),
        ("", "", "", "", "w258h258q90z1.jpg"),
        ("abc", "-", "x", "y", "w258h258q90z1.jpg"),
        ("100", nil, nil, nil, "w100h0q90z1.jpg"),
        (nil, "100", nil, nil, "w0h100q90z1.jpg"),
        ("0", "100", nil, nil, "w0h100q90z1.jpg"),
        ("99", "41", nil, "3", "w99h41q90z3.jpg"),
        ("33", nil, nil, nil, "w33h0q90z1.jpg"),
        ("1", "1", nil, nil, "w1h1q90z1.jpg"),
        ("50abc", "20.9", nil, nil, "w50h20q90z1.jpg"),
        ("-50", "20", nil, nil, "w50h20q90z1.jpg"),
        (" +50", "\t020", nil, nil, "w50h20q90z1.jpg"),
        ("20000", "2", nil, nil, "w2048h2q90z1.jpg"),
        ("99999999999999999999999999", "-99999999999999999999", nil, nil, "w2048h2048q90z1.jpg"),
        (nil, nil, "50", nil, "w258h258q50z1.jpg"),
        (nil, nil, "0", nil, "w258h258q10z1.jpg"),
        (nil, nil, "-5", nil, "w258h258q10z1.jpg"),
        (nil, nil, "55", nil, "w258h258q60z1.jpg"),
        (nil, nil, "77", nil, "w258h258q75z1.jpg"),
        (nil, nil, "78", nil, "w258h258q80z1.jpg"),
        (nil, nil, "1000", nil, "w258h258q100z1.jpg"),
        (nil, nil, nil, "0", "w258h258q90z0.jpg"),
        (nil, nil, nil, "-7", "w258h258q90z0.jpg"),
        (nil, nil, nil, "2", "w258h258q90z2.jpg"),
        (nil, nil, nil, "3x", "w258h258q90z3.jpg"),
        (nil, nil, nil, "9", "w258h258q90z1.jpg"),
        ("१००", nil, nil, nil, "w258h258q90z1.jpg"),
    ]

    @Test(arguments: names.indices) func nameOfAWish(_ row: Int) {
        let wish = Self.names[row]
        let shape = ThumbnailShape(["w": wish.w, "h": wish.h, "q": wish.q, "zc": wish.zc].reader)
        #expect(shape.cacheName("jpg") == wish.name)
    }

    /// Query words, and what they add to the name.
    static let words: [(query: [String: String], name: String)] = [
        (["w": "100", "h": "50", "a": "t"], "w100h50q90z1at.jpg"), (["zc": "1", "a": "top left"], "w258h258q90z1atl.jpg"),
        (["a": "BR"], "w258h258q90z1.jpg"), (["a": "br"], "w258h258q90z1abr.jpg"), (["zc": "2", "a": "t"], "w258h258q90z2.jpg"),
        (["zc": "2", "cc": "f00"], "w258h258q90z2cff0000.jpg"), (["zc": "2", "cc": "00FF7f"], "w258h258q90z2c00ff7f.jpg"),
        (["zc": "2", "cc": "#fff"], "w258h258q90z2.jpg"), (["zc": "2", "cc": "f0"], "w258h258q90z2.jpg"),
        (["cc": "f00"], "w258h258q90z1.jpg"), (["ct": "0", "cc": "f00"], "w258h258q90z1.jpg"), (["ct": "1"], "w258h258q90z1.jpg"),
        (["zc": "2", "ct": "0", "cc": "f00"], "w258h258q90z2cff0000o.jpg"),
        (["f": "2"], "w258h258q90z1f2.jpg"), (["f": "3,-20|1"], "w258h258q90z1f3_n20-1.jpg"), (["f": "99|0|x||12|"], "w258h258q90z1.jpg"),
        (["f": "3,9999"], "w258h258q90z1f3_255.jpg"), (["f": "5,1"], "w258h258q90z1f5_1_0_0_0.jpg"),
        (["f": "1|1|1|1|1|1|1"], "w258h258q90z1f1-1-1-1.jpg"), (["s": "1"], "w258h258q90z1f12.jpg"), (["s": "0"], "w258h258q90z1.jpg"),
        (["s": ""], "w258h258q90z1.jpg"), (["f": "../../x"], "w258h258q90z1.jpg"),
    ]

    @Test(arguments: words.indices) func nameOfWords(_ row: Int) {
        #expect(ThumbnailShape { Self.words[row].query[$0] }.cacheName("jpg") == Self.words[row].name)
    }

    @Test func whatAWishLeavesOpenIsTheOperators() {
        let defaults = ThumbnailShape.Defaults(width: 300, height: 200, mode: .stretch)
        #expect(ThumbnailShape(defaults: defaults).cacheName("png") == "w300h200q90z0.png")
        #expect(ThumbnailShape({ ["w": "50", "zc": "1"][$0] }, defaults: defaults).cacheName("png") == "w50h0q90z1.png")
    }

    @Test func qualitiesAreInOrder() {
        #expect(ThumbnailShape.qualities == ThumbnailShape.qualities.sorted())
    }
}

extension [String: String?] {
    /// The values as a query gives them.
    var reader: (String) -> String? { { self[$0] ?? nil } }
}
