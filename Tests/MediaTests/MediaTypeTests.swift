// Extensions and media types, in both directions.

import Testing

@testable import Media

@Suite struct MediaTypeTests {
    @Test(arguments: [
        ("jpg", MediaType.jpeg), ("JPEG", .jpeg), ("jfif", .jpeg), ("jpe", .jpeg), ("png", .png), ("gif", .gif),
        ("webp", .webp), ("bmp", .bmp), ("svg", .svg), ("avif", .avif), ("heic", .heic), ("HEIF", .heic), ("tif", .tiff),
        ("tiff", .tiff), ("ico", .ico), ("tga", .tga), ("mp4", .mp4), ("mov", .mov), ("m4v", .m4v), ("webm", .webm),
        ("mkv", .mkv), ("avi", .avi), ("wmv", .wmv),
    ])
    func extensionsLeadToTheirType(_ fileExtension: String, _ type: MediaType) {
        #expect(MediaType(fileExtension: fileExtension) == type)
    }

    @Test(arguments: ["", "php", ".jpg", "jpg ", "svgz", "exe", "mp4\0"])
    func otherExtensionsLeadNowhere(_ fileExtension: String) {
        #expect(MediaType(fileExtension: fileExtension) == nil)
    }

    @Test(arguments: MediaType.allCases)
    func eachTypeIsFoundByItsOwnWords(_ type: MediaType) {
        #expect(MediaType(fileExtension: type.fileExtension) == type)
        #expect(MediaType(mime: type.mime) == type)
        #expect(type.fileExtensions.first == type.fileExtension)
        #expect(type.mime.hasPrefix(type.kind == .image ? "image/" : "video/"))
    }

    @Test func onlyFiveTypesAreDecoded() {
        #expect(MediaType.allCases.filter(\.isDecodable) == [.jpeg, .png, .gif, .webp, .bmp])
    }

    @Test func noExtensionStandsForTwoTypes() {
        let all = MediaType.allCases.flatMap(\.fileExtensions)
        #expect(Set(all).count == all.count)
    }
}
