// `imagebed gc`: what is due to go, goes. Made for a timer; run at any time it does no harm.

import House
import JSONText
import Settings

private let recycleDays = Option("--recycle-days", "N", "instead of the setting recycle_days; 0 empties the recycle bin now")

let garbageCommand = Command(
    "gc", "Empty the recycle bin of what is old enough, and clear away what crashes left.",
    details: "Run it once a day. Files that the database does not know go to the recycle bin first, never away at once.",
    options: [recycleDays, .json]
) { invocation in
    let chosen = try invocation.value(recycleDays).map(days)
    let house = try invocation.house()
    let settings = try house.settings
    let files = try house.store.collectGarbage(recycleDays: chosen ?? settings.recycleDays, ownsTree: !house.data.isTakenOver)
    _ = try house.sync.collectGarbage()
    try house.pieces.sweep()
    let thumbnails = try house.thumbnails.trim(to: settings.thumbnailCacheBytes)
    if invocation.wantsJSON {
        return Output.json([
            "removed": JSONValue(files.removed), "freed_bytes": JSONValue(files.freedBytes), "strays": JSONValue(files.strays),
            "drafts": JSONValue(files.drafts), "thumbnails": JSONValue(thumbnails),
        ])
    }
    Output.line("\(files.removed) files left the recycle bin (\(files.freedBytes) bytes)")
    Output.line("\(files.strays) files that the database does not know went to the recycle bin")
    Output.line("\(files.drafts) unfinished uploads and \(thumbnails) thumbnails were removed")
}

private func days(_ text: String) throws -> Int {
    guard let days = Int(text), (0...3650).contains(days) else {
        throw CommandFailure(.usage, "\(recycleDays.name) is a whole number from 0 to 3650")
    }
    return days
}
