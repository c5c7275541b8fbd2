// Looks at sites as a power cut may have left them, many in one process. Each line of standard input is "open PATH" or "setup PATH" with the
// path of a data folder; the answer is a line of JSON. `setup` first does what `imagebed setup` does, as where nobody was told yet that the
// site is made. Then the site does what it does by itself after a crash: what responders do when they start, and the daily collection.

import Backup
import Disk
import Glibc
import JSONText
import MediaStore
import Site
import SyncStore

/// Of a file without a row; in the future, so that no state of the clock makes one too young that was just written.
let strayAge = -60

func look(at data: DataFolder, setsUp: Bool) throws -> JSONValue {
    if setsUp {
        try data.create()
        try FileSystem.makeFile(data.database, mode: 0o600)
        try SiteSchema.update(data)
    }
    let site = try Site(data: data)
    let failures = site.tidyUp()
    let before = try check(site)
    let rules = GarbageRules(recycleDays: 30, strayAge: strayAge, ownsTree: data.ownsFiles)
    let garbage = try site.store.collectGarbage(rules)
    try site.sync.collectGarbage(strayAge: strayAge)
    return ["failures": list(failures + garbage.failures), "before": before, "after": try check(site)]
}

func check(_ site: Site) throws -> JSONValue {
    let report = try SiteCheck(site, readsContents: true, strayAge: strayAge).run()
    return ["missing": list(report.missing), "damaged": list(report.damaged), "unknown": list(report.unknown)]
}

func list(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

func answer(to line: String) -> JSONValue {
    let words = line.split(separator: " ", maxSplits: 1).map(String.init)
    do {
        return try look(at: DataFolder(words[1]), setsUp: words[0] == "setup")
    } catch {
        return ["error": .string("\(error)")]
    }
}

Site.useOneThread()
while let line = readLine() {
    try (answer(to: line).bytes + [10]).withUnsafeBytes { try Transfer.write($0, to: STDOUT_FILENO, path: "standard output") }
}
