// Names as clients send them, honest and hostile, and what is shown of them.

import Testing

@testable import Media

@Suite struct ClientNameTests {
    @Test(arguments: [
        ("photo.jpg", "photo.jpg"), ("", ""), ("/", ""), ("a/", ""), ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\photo.png", "photo.png"), ("a\\b/c.gif", "c.gif"), ("..", ""), (".", ""), ("a/..", ""),
        (".htaccess", ".htaccess"), ("a\0b\r\nc\u{7F}.jpg", "abc.jpg"), ("x\u{85}y", "xy"),
        ("photo\u{202E}gpj.exe", "photogpj.exe"), ("\u{200E}\u{200F}\u{061C}\u{2066}a\u{2069}\u{FEFF}", "a"),
        ("a\u{2028}b\u{2029}c", "abc"), ("图片 – 2024.webp", "图片 – 2024.webp"), ("👩‍👧.png", "👩‍👧.png"),
        ("a%2Fb.jpg", "a%2Fb.jpg"), ("a\"b'<c>.jpg", "a\"b'<c>.jpg"), (".\u{202E}.", ""),
    ])
    func namesAreMadeSafe(_ sent: String, _ shown: String) {
        #expect(ClientName(sent).text.utf8.elementsEqual(shown.utf8))
    }

    @Test(arguments: [
        ([0x61, 0xFF, 0x62], "a\u{FFFD}b"), ([0xC3], "\u{FFFD}"), ([0xC0, 0xAF, 0xFF], "\u{FFFD}\u{FFFD}\u{FFFD}"),
        ([0x61, 0x2F, 0xE5, 0x9B, 0xBE], "图"),
    ] as [([UInt8], String)])
    func invalidBytesAreRepaired(_ sent: [UInt8], _ shown: String) {
        #expect(ClientName(bytes: sent).text == shown)
    }

    /// The last two hold a character whose second byte is that of a backslash.
    @Test(arguments: [
        ([0xD5, 0xD5, 0xC6, 0xAC, 0x2E, 0x6A, 0x70, 0x67], "照片.jpg"), ([0x61, 0x2F, 0xBC, 0xD9, 0xC8, 0xD5], "假日"), ([0x81, 0x5C], "乗"),
        ([0x61, 0x5C, 0x81, 0x5C, 0x62], "乗b"),
    ] as [([UInt8], String)])
    func namesInGBKAreRead(_ sent: [UInt8], _ shown: String) {
        #expect(ClientName(bytes: sent).text == shown)
    }

    /// Their bytes are valid UTF-8: "ͼƬ1.png", "ѧϰ.jpg", "ɽˮ (2).png", "IMG_ͷ.png", "ϵͳͼƬ".
    @Test(arguments: [
        ([0xCD, 0xBC, 0xC6, 0xAC, 0x31, 0x2E, 0x70, 0x6E, 0x67], "图片1.png"), ([0xD1, 0xA7, 0xCF, 0xB0, 0x2E, 0x6A, 0x70, 0x67], "学习.jpg"),
        ([0xC9, 0xBD, 0xCB, 0xAE, 0x20, 0x28, 0x32, 0x29, 0x2E, 0x70, 0x6E, 0x67], "山水 (2).png"),
        ([0x49, 0x4D, 0x47, 0x5F, 0xCD, 0xB7, 0x2E, 0x70, 0x6E, 0x67], "IMG_头.png"),
        ([0x49, 0x4D, 0x47, 0xCD, 0xBC, 0xC6, 0xAC, 0x61, 0x2E, 0x70, 0x6E, 0x67], "IMG图片a.png"),
        ([0xCF, 0xB5, 0xCD, 0xB3, 0xCD, 0xBC, 0xC6, 0xAC], "系统图片"), ([0xCD, 0xBC, 0x2E, 0x70, 0x6E, 0x67], "图.png"),
    ] as [([UInt8], String)])
    func namesInGBKThatAreValidUTF8(_ sent: [UInt8], _ shown: String) {
        #expect(String(validating: sent, as: UTF8.self) != nil)
        #expect(ClientName(bytes: sent).text == shown)
    }

    /// Languages of Europe, Africa, Asia and the Pacific whose letters have two bytes, composed and decomposed, and signs.
    @Test(arguments: [
        "ñandú.png", "Ελλάδα.png", "фото.png", "Σ.png", "Οδός 5.png", "Ёлка.png", "їжак.png", "лѣто.png", "žluťoučký kůň.png", "łódź.png", "șțăâî.png",
        "tươi.png", "ưu ơ.png", "hương.png", "ɲinɛ.png", "Oʻahu.png", "ʻohana.png", "Guaraníʼ.png", "ǧuovssahasat.png", "ɖɔɣla.png", "Tamaziɣt.png",
        "gar\u{63}\u{327}on.png", "ti\u{323}ng.png", "Ağrı.png", "нөхөр.png", "ұлы.png", "Հայ.png", "שלום.png", "سلام.png", "¿qué?.png", "№ ½ ±.png",
        "ß.png", "ø.png", "ʒ.png", "図ͼƬ.png", "café ͼƬ.png",
    ])
    func namesInUTF8StayAsTheyAre(_ name: String) {
        #expect(ClientName(bytes: Array(name.utf8)).text.utf8.elementsEqual(name.utf8))
    }

    @Test func longNamesAreCutBetweenCharacters() {
        #expect(ClientName(String(repeating: "a", count: 255)).text.utf8.count == 255)
        #expect(ClientName(String(repeating: "a", count: 65_536)).text.utf8.count == 255)
        #expect(ClientName(String(repeating: "图", count: 100)).text == String(repeating: "图", count: 85))
        #expect(ClientName("a" + String(repeating: "图", count: 85)).text == "a" + String(repeating: "图", count: 84))
        #expect(ClientName(String(repeating: "e\u{301}", count: 86)).text.utf8.count == 255)
        let family = "👨‍👩‍👧‍👦"
        #expect(ClientName(String(repeating: family, count: 20)).text == String(repeating: family, count: 255 / family.utf8.count))
    }

    @Test func oneEndlessCharacterIsCutBetweenScalars() {
        let name = ClientName("e" + String(repeating: "\u{301}", count: 10_000)).text
        #expect(name.utf8.count == 255)
        #expect(name.unicodeScalars.count == 128)
    }

    @Test(arguments: [
        ("a.JPG", "jpg", "a"), ("a", "", "a"), ("a.", "", "a"), (".jpg", "jpg", ".jpg"), ("a.b.c", "c", "a.b"), ("", "", ""),
    ])
    func extensionsAreTakenOff(_ name: String, _ fileExtension: String, _ rest: String) {
        #expect(ClientName(name).fileExtension == fileExtension)
        #expect(ClientName(name).withoutExtension == rest)
    }
}

/// A name that somebody gives a file on purpose is taken as it is, or not at all.
@Suite struct GivenNameTests {
    @Test(arguments: [("a.png", "a.png"), (" 照片 2.png \n", "照片 2.png"), (".hidden", ".hidden"), ("a%2Fb", "a%2Fb"), (String(repeating: "x", count: 255), nil)] as [(String, String?)])
    func names(_ text: String, _ name: String?) {
        #expect(ClientName(given: text)?.text == name ?? text)
    }

    @Test(arguments: ["", " ", "\u{FEFF}", "a/b", "a\\b", "/", "..", "a\0b", "a\nb", "a\u{202E}b", String(repeating: "x", count: 256), String(repeating: "图", count: 86)])
    func whatIsNoName(_ text: String) {
        #expect(ClientName(given: text) == nil)
    }
}
