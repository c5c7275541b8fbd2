// What leading bytes are taken for, and what is not taken at all.

import Media
import Testing
import Text

@testable import MediaHeader

@Suite struct RecognitionTests {
    private func recognise(_ bytes: Bytes) -> MediaType? {
        bytes.withUnsafeBytes { MediaHeader.recognise($0) }
    }

    @Test(arguments: [
        ("avif", [], MediaType.avif), ("avis", [], .avif), ("mif1", ["avif"], .avif), ("heic", [], .heic),
        ("mif1", ["miaf", "heic"], .heic), ("msf1", ["hevc"], .heic), ("isom", ["iso2", "mp41"], .mp4), ("mp42", [], .mp4),
        ("qt  ", [], .mov), ("M4V ", ["mp42"], .m4v), ("3gp4", [], .mp4), ("what", ["isom"], .mp4), ("iso5", [], .mp4),
        ("crx ", ["isom"], nil), ("M4A ", ["mp42", "isom"], nil), ("what", ["ever"], nil), ("mif1", [], nil),
    ] as [(String, [String], MediaType?)])
    func brandsDecide(_ major: String, _ compatible: [String], _ type: MediaType?) {
        let payload = join(ascii(major), big32(0), ascii(compatible.joined()))
        #expect(recognise(HEIF.box("ftyp", payload)) == type)
    }

    @Test(arguments: ["moov", "mdat", "wide", "free", "skip", "pnot"])
    func oldQuickTimeFilesAreRecognised(_ atom: String) {
        #expect(recognise(join(big32(100), ascii(atom), big32(0))) == .mov)
    }

    @Test func aBeginningIsRecognised() throws {
        let beginning = MemorySource(join(ascii("GIF89a"), [UInt8](repeating: 0, count: 70_000)))
        for _ in 0..<100 { #expect(try MediaHeader.type(ofBeginning: beginning) == .gif) }
        #expect(try MediaHeader.type(ofBeginning: MemorySource(ascii("text"))) == nil && MediaHeader.type(ofBeginning: MemorySource([])) == nil)
    }

    @Test func videosAreRecognised() {
        #expect(recognise(join(ascii("RIFF"), little32(100), ascii("AVI LIST"))) == .avi)
        #expect(recognise([0x1A, 0x45, 0xDF, 0xA3, 0x87, 0x42, 0x82, 0x84] + ascii("webm")) == .webm)
        #expect(recognise([0x1A, 0x45, 0xDF, 0xA3, 0x8B, 0x42, 0x82, 0x88] + ascii("matroska")) == .mkv)
        #expect(
            recognise([
                0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, 0xA6, 0xD9, 0x00, 0xAA, 0x00, 0x62, 0xCE, 0x6C,
            ]) == .wmv)
    }

    @Test(arguments: [
        "<svg/>", "<svg>", "<svg xmlns='x'>", "\u{FEFF}<svg >", "  \r\n\t<svg\n>", "<?xml version='1.0'?><svg/>",
        "<?xml version='1.0'?><!-- <html> --><!-- > --><svg:svg>", "<?xml-stylesheet x?><svg/>", "<?xpacket begin=''?><svg/>",
        "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"a>b\"><svg/>", "<!DOCTYPE svg [<!ENTITY a \"]>\">]><svg/>",
    ])
    func rootsOfSVGAreFound(_ text: String) {
        #expect(recognise(ascii(text)) == .svg)
    }

    @Test(arguments: [
        "", "<", "<sv", "<svg", "<svgx>", "<html><svg></svg></html>", "<?php echo 1; ?><svg/>", "<?= 1 ?><svg/>", "text <svg>",
        "<!-- <svg> ", "<!DOCTYPE html><html><svg/>", "<!DOCTYPE svg", "<SVG>", "<:svg<a>", "<script>//</script><svg/>",
        "<?xml version='1.0'?>", "<a?svg>", "</svg>",
    ])
    func othersAreNotSVG(_ text: String) {
        #expect(recognise(ascii(text)) == nil)
    }

    @Test func aRootBehindTheFirstKilobytesIsNotLookedFor() throws {
        let blanks = ascii(String(repeating: " ", count: 4_096 - 6))
        #expect(try facts(blanks + ascii("<svg/>")).type == .svg)
        #expect(try refusal(blanks + ascii("   <svg/>")) == .notRecognised)
    }

    @Test(arguments: [
        "", "a", "<?php system($_GET['c']);", "<html><body>", "%PDF-1.7\n", "PK\u{3}\u{4}", "#!/bin/sh\n", "\u{7F}ELF",
        "%!PS-Adobe-3.0", "push graphic-context\nviewbox 0 0 1 1", "#EXTM3U\n", "BMW is a car maker of some renown, they say",
        "GIF88a", "RIFF1234WAVEfmt ", "8BPS\0\u{1}", "id=ImageMagick version=1.0", "P6\n1 1\n255\n", "ID3", "OggS",
    ])
    func whatIsNotStoredIsRefusedUnderAnyName(_ text: String) throws {
        let bytes = text.unicodeScalars.map { UInt8($0.value) } + Bytes(repeating: 0, count: 64)
        for name in ["a.jpg", "a.png", "a.tga", "a.mp4", nil] { #expect(try refusal(bytes, nameHint: name) == .notRecognised) }
    }

    @Test func scriptsWithATGAFooterAreRefused() throws {
        let script = join(ascii("<?php echo 1;"), Bytes(repeating: 0x20, count: 100), TGA.footer)
        #expect(try refusal(script, nameHint: "a.tga") == .notRecognised)
    }

    @Test(arguments: samplePictures)
    func tailsDoNotChangeTheType(_ name: String, _ type: MediaType, _ bytes: Bytes) throws {
        guard type != .tga else { return }
        #expect(try facts(bytes + ascii("<?php echo 1; ?><script>alert(1)</script>")).type == type)
    }
}
