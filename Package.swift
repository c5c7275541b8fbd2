// swift-tools-version:6.0
import Foundation
import PackageDescription

// Libraries are nouns, executables are the words of their paths; docs/paths.md says which path runs which executable.

// MagickWand's pkg-config file holds flags that SwiftPM does not take and warns of, so its folders stand here.
#if arch(arm64)
let triple = "aarch64-linux-gnu"
#else
let triple = "x86_64-linux-gnu"
#endif
let magick = FileManager.default.fileExists(atPath: "/usr/include/ImageMagick-7") ? "ImageMagick-7" : "ImageMagick-6"
let magickHeaders = ["/usr/include/\(magick)", "/usr/include/\(triple)/\(magick)"].flatMap { ["-Xcc", "-I\($0)"] }
let magickLibraries = ["MagickWand", "MagickCore"].map { "\($0)-\(magick.suffix(1)).Q16" }

let package = Package(
    name: "ImageBed",
    targets: [
        // Ground: values and rules. No files, no clock.
        .target(name: "Text"),
        .target(name: "JSONText", dependencies: ["Text"]),
        .target(name: "HTTP", dependencies: ["JSONText", "Text"]),
        .target(name: "Paths", dependencies: ["HTTP"]),
        .target(name: "Media", dependencies: ["Text"]),
        .target(name: "MediaHeader", dependencies: ["Media", "Text"]),
        .target(name: "SyncRules", dependencies: ["JSONText", "Text"]),
        .target(name: "Settings", dependencies: ["Text", "Paths"]),
        .target(name: "HTML"),
        .target(name: "QRCode"),
        .target(name: "Nginx"),
        .target(name: "Words", dependencies: ["Text"]),
        .target(name: "OpenMetrics", dependencies: ["Text"]),
        .target(name: "Database"),
        .target(name: "Journal"),

        // Doors: clock, disk and process, and one C library each; nobody else imports C.
        .target(name: "Time", dependencies: ["Text"]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .target(name: "SQLite", dependencies: ["CSQLite", "Database", "Disk", "Text", "Time"]),
        // (libpq is loaded when a site asks for it, and is not needed to build.)
        .systemLibrary(name: "CPostgreSQL"),
        .target(name: "PostgreSQL", dependencies: ["CPostgreSQL", "Database", "Time"]),
        .systemLibrary(name: "CFastCGI", providers: [.apt(["libfcgi-dev"])]),
        .target(name: "FastCGI", dependencies: ["CFastCGI", "HTTP", "Journal", "Time"]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev", "libcrypt-dev"])]),
        .target(name: "Crypto", dependencies: ["CCrypto"]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "Compression", dependencies: ["CZlib"]),
        .systemLibrary(name: "CDisk"),
        .target(name: "Disk", dependencies: ["CDisk", "Text", "Time"]),
        .target(name: "Process", dependencies: ["Disk"]),
        .systemLibrary(name: "CConfinement"),
        .target(name: "Confinement", dependencies: ["CConfinement"]),
        .systemLibrary(name: "CMagickWand", providers: [.apt(["libmagickwand-dev"])]),
        .target(name: "Imaging", dependencies: ["CMagickWand", "Confinement", "Media", "Text"], swiftSettings: [.unsafeFlags(magickHeaders)],
                linkerSettings: magickLibraries.map { .linkedLibrary($0) }),
        .systemLibrary(name: "CXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .target(name: "SVG", dependencies: ["CXML", "Text"]),

        // The replaced program: what it wrote and how, as values.
        .target(name: "EasyImages", dependencies: ["Crypto", "Compression", "JSONText", "Media", "Settings", "Text", "Time"]),

        // Services: rules meet storage.
        .target(name: "Accounts", dependencies: ["Database", "Crypto", "Disk", "HTTP", "Settings", "Text", "Time"]),
        .target(name: "Events", dependencies: ["Accounts", "Database", "Disk", "JSONText", "Time"]),
        .target(name: "MediaStore", dependencies: ["Events", "Database", "Disk", "JSONText", "Media", "Crypto", "Text", "Time", "Process"]),
        .target(name: "SyncStore", dependencies: ["Events", "Database", "Disk", "SyncRules", "JSONText", "Crypto", "Compression", "Text", "Time"]),
        .target(name: "ResumableStore", dependencies: ["Database", "Disk", "Media", "Crypto", "Text", "Time"]),
        .target(name: "PictureWorker", dependencies: ["Confinement", "Disk", "Media", "Text", "Process", "Time"]),
        .target(name: "UploadPipeline", dependencies: ["PictureWorker", "MediaHeader", "Media", "Disk", "Crypto", "HTTP", "Text", "Time"]),
        .target(name: "Thumbnails", dependencies: ["PictureWorker", "MediaHeader", "Disk", "Media", "Text", "Time"]),
        .target(name: "Site", dependencies: [
            "Accounts", "Events", "MediaStore", "SyncStore", "ResumableStore", "PictureWorker", "UploadPipeline", "Thumbnails", "Settings", "Database",
            "SQLite", "PostgreSQL", "Disk", "Crypto", "HTTP", "JSONText", "Journal", "Media", "Text", "Process", "Time", "Paths",
        ]),
        .target(name: "Administration", dependencies: ["Site", "MediaStore", "Settings", "Disk"]),
        .target(name: "Takeover", dependencies: [
            "EasyImages", "Site", "Accounts", "MediaStore", "MediaHeader", "Media", "Settings", "Disk", "Crypto", "Compression", "JSONText",
            "Text", "Time", "Administration",
        ]),
        .target(name: "Backup", dependencies: ["Site", "MediaStore", "SyncStore", "Database", "SQLite", "Disk", "Crypto", "Text", "Time"]),
        .target(name: "WebServer", dependencies: [
            "Site", "Settings", "Media", "Thumbnails", "PictureWorker", "Disk", "Process", "Paths", "Crypto", "HTML", "JSONText", "Text",
        ]),
        .target(name: "Responder", dependencies: [
            "Confinement", "Site", "FastCGI", "HTTP", "JSONText", "Journal", "Database", "Disk", "Media", "PictureWorker",
            "Process", "Time", "Paths",
        ]),
        .target(name: "SyncAPI", dependencies: [
            "Site", "Accounts", "Database", "SyncStore", "SyncRules", "MediaStore", "HTTP", "JSONText", "Paths", "Settings", "Text", "Time",
        ]),
        .target(name: "Pages", dependencies: [
            "Site", "Responder", "HTML", "Words", "Accounts", "MediaStore", "Media", "Settings", "HTTP", "JSONText", "Compression", "Crypto", "Paths",
            "Process", "Text", "Time",
        ]),

        .target(name: "FilePages", dependencies: [
            "Pages", "Site", "Responder", "Accounts", "HTML", "HTTP", "JSONText", "Words", "Media", "MediaStore", "Paths", "Settings", "Text", "Time",
        ]),
        .target(name: "APIPages", dependencies: ["Pages", "HTML", "HTTP", "JSONText", "Media", "MediaStore", "Paths", "Settings", "Words"]),

        .target(name: "EasyImagesAPI", dependencies: [
            "Site", "Responder", "Accounts", "MediaStore", "UploadPipeline", "MediaHeader", "PictureWorker", "EasyImages", "Disk", "Media",
            "HTTP", "JSONText", "Crypto", "Settings", "Text", "Time", "Process", "Paths",
        ]),
        .target(name: "UploadAPI", dependencies: [
            "Site", "Responder", "EasyImagesAPI", "Accounts", "MediaStore", "ResumableStore", "UploadPipeline", "Disk", "Media", "HTTP",
            "JSONText", "Settings", "Text", "Time",
        ]),

        // Responders: one for each documented path.
        .responder("upload", with: ["UploadAPI", "UploadPipeline", "Media", "Text", "Time"]),
        .responder("tus", with: ["UploadAPI"]),
        .responder("list", with: ["MediaStore", "Media", "Time"]),
        .responder("del", with: ["EasyImagesAPI", "Pages", "HTML", "EasyImages", "Accounts", "MediaStore", "Media", "Disk", "Settings", "Text", "Paths"]),
        .responder("thumb", with: ["Thumbnails", "Media", "EasyImages", "Settings", "Paths"]),
        .responder("stats", with: ["MediaStore", "Settings"]),
        .responder("health", with: ["OpenMetrics", "MediaStore", "Paths", "PictureWorker"]),
        .responder("json-sync", with: ["SyncAPI", "SyncStore", "SyncRules"]),
        .responder("json-history", with: ["SyncAPI", "SyncStore", "Database"]),
        .responder("json-pull", with: ["SyncAPI"]),
        .responder("json-devices", with: ["SyncAPI", "SyncStore", "Database"]),
        .responder("json-conflicts", with: ["SyncAPI", "SyncStore", "Database"]),
        .responder("home", with: [
            "Pages", "EasyImagesAPI", "HTML", "Words", "Accounts", "UploadPipeline", "Media", "Settings", "Paths", "Time",
        ]),
        .responder("admin-index", with: ["Pages", "HTML", "Words", "Accounts", "Settings", "Text", "Paths"]),
        .responder("user-index", with: ["Pages", "HTML", "Words", "Accounts", "MediaStore", "Settings", "Text", "Time", "Paths"]),
        .responder("user-files", with: ["FilePages", "Pages", "Accounts", "MediaStore", "Text"]),
        .responder("user-json", with: ["Pages", "SyncAPI", "SyncStore", "SyncRules", "HTML", "Words", "Accounts", "Database", "Text", "Time", "Paths"]),
        .responder("user-register", with: ["Pages", "HTML", "Words", "Accounts", "Settings", "Text", "Paths"]),
        .responder("user-security", with: ["Pages", "HTML", "Words", "Accounts", "MediaStore", "Settings", "Text", "Time", "Paths"]),
        .responder("admin-users", with: ["Pages", "HTML", "Words", "Accounts", "MediaStore", "Settings", "Text", "Time", "Paths"]),
        .responder("admin-files", with: ["EasyImagesAPI", "FilePages", "Pages", "HTML", "Words", "Accounts", "MediaStore", "Settings", "Text", "Time"]),
        .responder("admin-settings", with: [
            "Administration", "Pages", "HTML", "Words", "Accounts", "UploadPipeline", "Settings", "Crypto", "Text",
        ]),
        .responder("admin-terms", with: ["Pages", "HTML", "Words"]),
        .responder("admin-chart", with: ["Pages", "HTML", "Words", "Accounts", "Disk", "MediaStore", "Media", "Settings", "Text", "Time", "Paths"]),
        .responder("admin-logs", with: ["Pages", "HTML", "Words", "Accounts", "Database", "MediaStore", "Media", "Settings", "Text", "Time", "Paths"]),
        .responder("api-page", with: ["APIPages", "Pages", "MediaStore", "Paths"]),
        .responder("api-public", with: ["MediaStore", "EasyImages", "Time"]),
        .responder("app-captcha", with: ["Pages", "Accounts"]),
        .responder("app-down", with: ["EasyImagesAPI", "Pages", "Media"]),
        .responder("app-hide", with: ["EasyImagesAPI", "Media", "Text"]),
        .responder("app-history", with: ["Pages", "HTML", "Words"]),
        .responder("app-info", with: [
            "FilePages", "Pages", "HTML", "QRCode", "Words", "Paths", "Accounts", "MediaStore", "UploadPipeline", "PictureWorker", "Media", "Settings", "EasyImages",
            "Crypto", "Disk", "Text", "Time",
        ]),
        .responder("app-list", with: ["FilePages", "Pages", "HTML", "Words", "Media", "MediaStore", "Settings", "Text", "Time", "Paths"]),
        .responder("api-index", with: ["EasyImagesAPI"]),
        .responder("app-upload", with: ["EasyImagesAPI"]),

        // The worker that alone decodes pictures, and the command line.
        .program("picture", with: ["Confinement", "Imaging", "SVG", "PictureWorker", "MediaHeader", "Media", "Text", "Disk"]),
        .program("imagebed", with: [
            "Backup", "Confinement", "Nginx", "Takeover", "WebServer", "EasyImages", "Site", "Accounts", "Events", "MediaStore", "SyncStore", "ResumableStore", "PictureWorker",
            "UploadPipeline", "Settings", "Database", "PostgreSQL", "SQLite", "Disk", "Crypto", "Compression", "Media", "JSONText", "Journal", "SyncRules", "Text", "Time", "Process", "Paths", "Administration",
            "HTTP",
        ], exclude: ["install"]),

        // Tests: one folder for each library.
        .target(name: "TestSupport", dependencies: ["Database"], path: "Tests/TestSupport"),
        .target(name: "SiteTestSupport", dependencies: ["TestSupport", "Site", "MediaStore", "Database", "PostgreSQL", "SQLite"], path: "Tests/SiteTestSupport"),
        .executableTarget(name: "powercut-look", dependencies: ["Backup", "Disk", "JSONText", "MediaStore", "Site", "SyncStore"], path: "Tests/PowerCut/Look"),
        .testTarget(name: "AccountsTests", dependencies: ["Accounts", "Crypto", "Database", "Disk", "HTTP", "Settings", "Text", "SiteTestSupport", "TestSupport"]),
        .testTarget(name: "AdministrationTests", dependencies: ["Administration", "Site", "Settings", "Disk", "TestSupport"]),
        .testTarget(name: "APIPagesTests", dependencies: [
            "APIPages", "Pages", "HTML", "HTTP", "JSONText", "MediaStore", "Paths", "Settings", "Text", "Words",
            // Whose errors it describes.
            "Accounts", "Database", "Disk", "EasyImagesAPI", "Media", "PictureWorker", "Responder", "ResumableStore", "Site", "SyncAPI", "SyncStore",
            "UploadAPI", "UploadPipeline",
        ]),
        .testTarget(name: "BackupTests", dependencies: ["Backup", "Site", "MediaStore", "SyncStore", "SQLite", "Disk", "Media", "TestSupport"]),
        .testTarget(name: "ConfinementTests", dependencies: ["Confinement"]),
        .testTarget(name: "CompressionTests", dependencies: ["Compression", "TestSupport"]),
        .testTarget(name: "CryptoTests", dependencies: ["Crypto", "Text"]),
        .testTarget(name: "DiskTests", dependencies: ["Disk", "TestSupport", "Time"]),
        .testTarget(name: "EasyImagesTests", dependencies: ["EasyImages", "Compression", "Settings", "TestSupport", "Text"]),
        .testTarget(name: "EventsTests", dependencies: ["Events", "Database", "Disk", "JSONText", "SiteTestSupport", "TestSupport"]),
        .testTarget(name: "FastCGITests", dependencies: ["FastCGI", "HTTP"]),
        .testTarget(name: "HTMLTests", dependencies: ["HTML"]),
        .testTarget(name: "HTTPTests", dependencies: ["HTTP", "TestSupport", "Text"]),
        .testTarget(name: "ImagingTests", dependencies: ["Imaging", "Media"], swiftSettings: [.unsafeFlags(magickHeaders)]),
        .testTarget(name: "JSONTextTests", dependencies: ["JSONText"]),
        .testTarget(name: "JournalTests", dependencies: ["Journal"]),
        .testTarget(name: "MediaHeaderTests", dependencies: ["MediaHeader", "Media", "Text"]),
        .testTarget(name: "MediaStoreTests", dependencies: ["MediaStore", "Events", "SiteTestSupport", "TestSupport", "Database", "Disk", "Media", "Time"]),
        .testTarget(name: "MediaTests", dependencies: ["Media"]),
        .testTarget(name: "NginxTests", dependencies: ["Nginx"]),
        .testTarget(name: "OpenMetricsTests", dependencies: ["OpenMetrics"]),
        .testTarget(name: "PagesTests", dependencies: [
            "Pages", "Site", "HTML", "HTTP", "JSONText", "Media", "Settings", "Compression", "Text", "Words",
        ]),
        .testTarget(name: "PathsTests", dependencies: ["Paths"]),
        .testTarget(name: "PictureWorkerTests", dependencies: ["PictureWorker", "Confinement", "Disk", "Media", "TestSupport", "Time"]),
        .testTarget(name: "PostgreSQLTests", dependencies: ["PostgreSQL", "SQLite", "Site", "MediaStore", "Database", "Disk", "TestSupport"]),
        .testTarget(name: "ProcessTests", dependencies: ["Process"]),
        .testTarget(name: "QRCodeTests", dependencies: ["QRCode"]),
        .testTarget(name: "ResumableStoreTests", dependencies: ["ResumableStore", "Database", "Disk", "Media", "Crypto", "SiteTestSupport", "TestSupport"]),
        .testTarget(name: "ResponderTests", dependencies: [
            "Responder", "Administration", "EasyImagesAPI", "Site", "Accounts", "MediaStore", "Media", "Database", "Disk", "Paths", "PictureWorker",
            "HTTP", "Text", "TestSupport",
        ]),
        .testTarget(name: "SQLiteTests", dependencies: ["SQLite", "Database", "TestSupport"]),
        .testTarget(name: "SVGTests", dependencies: ["SVG"]),
        .testTarget(name: "SettingsTests", dependencies: ["Settings"]),
        .testTarget(name: "SiteTests", dependencies: ["Site", "Events", "Settings", "Database", "Disk", "HTTP", "Media", "MediaStore", "Paths", "PictureWorker", "PostgreSQL", "SyncStore", "SiteTestSupport", "TestSupport", "Time"]),
        .testTarget(name: "SyncRulesTests", dependencies: ["SyncRules", "JSONText"]),
        .testTarget(name: "SyncStoreTests", dependencies: [
            "SyncStore", "SyncRules", "JSONText", "Database", "Disk", "Crypto", "SiteTestSupport", "TestSupport",
        ]),
        .testTarget(name: "TakeoverTests", dependencies: [
            "Takeover", "EasyImages", "Site", "MediaStore", "Disk", "Media", "TestSupport", "Time",
        ]),
        .testTarget(name: "TextTests", dependencies: ["Text"]),
        .testTarget(name: "ThumbnailsTests", dependencies: ["Thumbnails", "PictureWorker", "Disk", "Media", "TestSupport"]),
        .testTarget(name: "TimeTests", dependencies: ["Time"]),
        .testTarget(name: "WebServerTests", dependencies: ["WebServer", "Site", "Settings", "Media", "Disk", "Paths", "Crypto", "Text", "TestSupport"]),
        .testTarget(name: "UploadPipelineTests", dependencies: ["UploadPipeline", "Disk", "PictureWorker", "Media", "TestSupport"]),
        .testTarget(name: "WordsTests", dependencies: ["Words", "Settings", "Text"]),
    ],
    swiftLanguageModes: [.v6]
)

extension Target {
    /// An executable that answers one path.
    static func responder(_ name: String, with services: [Target.Dependency]) -> Target {
        .program(name, with: ["Responder", "Site", "HTTP", "JSONText"] + services)
    }

    /// An executable. Its table of addresses is filled at the start and cannot be written afterwards (full RELRO); that it can lie
    /// anywhere in memory (PIE) is the toolchain's own choice.
    static func program(_ name: String, with libraries: [Target.Dependency], exclude: [String] = []) -> Target {
        .executableTarget(name: name, dependencies: libraries, exclude: exclude,
                          linkerSettings: [.unsafeFlags(["-Xlinker", "-z", "-Xlinker", "relro", "-Xlinker", "-z", "-Xlinker", "now"])])
    }
}
