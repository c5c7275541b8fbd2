// swift-tools-version:6.0
import PackageDescription

// Libraries are nouns, executables are the words of their paths; `docs/paths.md` says which path runs which executable.

let package = Package(
    name: "ImageBed",
    targets: [
        // Ground: values and rules. No C library, no files, no clock.
        .target(name: "JSONText"),
        .target(name: "HTTP", dependencies: ["JSONText"]),
        .target(name: "Media"),
        .target(name: "MediaHeader", dependencies: ["Media"]),
        .target(name: "Settings"),

        // Doors: one C library each; nobody else imports C.
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .target(name: "SQLite", dependencies: ["CSQLite"]),
        .systemLibrary(name: "CFastCGI", providers: [.apt(["libfcgi-dev"])]),
        .target(name: "FastCGI", dependencies: ["CFastCGI", "HTTP"]),
        .systemLibrary(name: "CDisk"),
        .target(name: "Disk", dependencies: ["CDisk", "Media"]),
    ],
    swiftLanguageModes: [.v6]
)
