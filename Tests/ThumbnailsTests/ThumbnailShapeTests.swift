// How a query becomes a shape: rounding to the list, mild reading, names of cache files.

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
        ("99", "41", nil, "3", "w100h48q90z3.jpg"),
        ("33", nil, nil, nil, "w48h0q90z1.jpg"),
        ("1", "1", nil, nil, "w16h16q90z1.jpg"),
        ("50abc", "20.9", nil, nil, "w64h32q90z1.jpg"),
        ("-50", "20", nil, nil, "w64h32q90z1.jpg"),
        (" +50", "\t020", nil, nil, "w64h32q90z1.jpg"),
        ("20000", "2", nil, nil, "w2048h16q90z1.jpg"),
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
        let shape = ThumbnailShape(w: wish.w, h: wish.h, q: wish.q, zc: wish.zc)
        #expect(shape.cacheName("jpg") == wish.name)
    }

    static let canonical: [(w: String?, h: String?, q: String?, zc: String?, isCanonical: Bool)] = [
        (nil, nil, nil, nil, true), ("258", "258", "90", "1", true), ("100", nil, nil, nil, true), (nil, "2048", "10", "0", true),
        ("99", nil, nil, nil, false), ("0100", nil, nil, nil, false), ("0", "0", nil, nil, false), (nil, nil, "91", nil, false),
        (nil, nil, nil, "4", false), ("100px", nil, nil, nil, false), ("", nil, nil, nil, false), ("+100", nil, nil, nil, false),
    ]

    @Test(arguments: canonical.indices) func isCanonical(_ row: Int) {
        let wish = Self.canonical[row]
        #expect(ThumbnailShape(w: wish.w, h: wish.h, q: wish.q, zc: wish.zc).isCanonical == wish.isCanonical)
    }

    @Test func listsAreInOrder() {
        #expect(ThumbnailShape.sides == ThumbnailShape.sides.sorted())
        #expect(ThumbnailShape.qualities == ThumbnailShape.qualities.sorted())
    }
}
