// The metadata in the old upload logs, by path. Logs may be large, so behind the first entries only their places are in memory: an entry is
// read again when its file is found.

import Disk
import EasyImages
import Media
import MediaStore
import Time

/// The log's metadata of one file.
struct LogFact {
    let originalName: ClientName
    /// Seconds since 1970; nil if the date is invalid.
    let date: Int?
    let sender: Sender
}

struct LogIndex {
    /// The logs, and how to open one of them.
    private var names: [String] = []
    private let open: (String) throws -> File?
    /// The URL path of the picture tree, with which paths in logs begin.
    private let prefix: [UInt8]
    /// The names of files whose former paths are asked for.
    private let flatNames: Set<String>
    private var flatPaths: [String: Set<StoredPath>] = [:]
    /// By the hash of the path: the log's index, and the offset of the last entry about that path. (Of 10,000,000 paths, two have the same hash
    /// with a probability of about 1 in 400,000; the entry that is read tells.)
    private var places: PlaceIndex
    /// The same of the first entries, as they are: about 10 MB.
    private var held: [Int: (path: ByteText, fact: LogFact)] = [:]
    private let heldLimit: Int
    private var current: (name: String, log: OldLog)?
    private static let offsetBits = 32
    /// Bytes of an entry that EasyImages writes for a short name and a program's short user agent.
    private static let shortEntry = 200

    /// - Parameter bytes: of all logs together, about.
    init(prefix: String, flatNames: Set<String>, bytes: Int = 0, holding heldLimit: Int = 20_000, open: @escaping (String) throws -> File?) {
        (self.prefix, self.flatNames, self.heldLimit, self.open) = (Array(prefix.utf8), flatNames, heldLimit, open)
        places = PlaceIndex(upTo: bytes / LogIndex.shortEntry)
    }

    var unusedCount: Int { places.count + held.count }

    /// Adds the entries of a log. After all of them comes `sort()`.
    ///
    /// - Parameter note: called for each entry, with nil for one that does not identify a file.
    mutating func add(_ name: String, _ file: File, note: (OldLogEntry?) -> Void) throws {
        let number = names.count
        names.append(name)
        try OldLog(file).forEach { entry, offset in
            note(entry)
            guard let entry, entry.path.bytes.starts(with: prefix) else { return }
            let path = ByteText(Array(entry.path.bytes.dropFirst(prefix.count)))
            hold(path, entry, at: number << LogIndex.offsetBits | offset)
            if flatNames.isEmpty { return }
            if let stored = path.text.flatMap({ StoredPath($0) }), flatNames.contains(stored.flat) { flatPaths[stored.flat, default: []].insert(stored) }
        }
    }

    mutating func sort() { places.sort() }

    private mutating func hold(_ path: ByteText, _ entry: OldLogEntry, at place: Int) {
        let hash = path.hashValue
        if held.count < heldLimit || held[hash] != nil { held[hash] = (path, LogFact(entry)) } else { places.append(hash, place) }
    }

    /// Removes and returns the metadata of a path, given in bytes.
    mutating func take(_ path: ByteText) -> LogFact? {
        if let known = held.removeValue(forKey: path.hashValue) { return known.path == path ? known.fact : nil }
        guard let place = places.take(path.hashValue),
              let entry = try? log(names[place >> LogIndex.offsetBits])?.entry(at: place & (1 << LogIndex.offsetBits - 1)),
              entry.path.bytes == prefix + path.bytes else { return nil }
        return LogFact(entry)
    }

    mutating func take(_ path: StoredPath) -> LogFact? { take(ByteText(path.text)) }

    /// The paths with this flat name, of files that were not found yet.
    func paths(flat name: String) -> [StoredPath] {
        (flatPaths[name] ?? []).filter { isUnused(ByteText($0.text).hashValue) }.map { $0 }
    }

    private func isUnused(_ hash: Int) -> Bool { places.contains(hash) || held[hash] != nil }

    /// Files of one month are found one after the other.
    private mutating func log(_ name: String) throws -> OldLog? {
        if let current, current.name == name { return current.log }
        guard let log = try open(name).map({ try OldLog($0) }) else { return nil }
        current = (name, log)
        return log
    }
}

extension LogFact {
    /// Maximum bytes of a user agent that are stored.
    private static let agentLimit = 500

    init(_ entry: OldLogEntry) {
        originalName = ClientName(entry.originalName)
        date = LogFact.seconds(entry.date.description)
        let agent = String(decoding: entry.userAgent.bytes.prefix(LogFact.agentLimit), as: UTF8.self)
        sender = Sender(address: String(entry.ip.description.prefix(100)), port: entry.port, userAgent: agent,
                        way: String(entry.from.description.prefix(20)))
    }

    private static let marks = Array("-: ".utf8)

    /// Parses "2025-07-01 10:15:00" in the process's time zone.
    static func seconds(_ text: String) -> Int? {
        let numbers = text.utf8.split(omittingEmptySubsequences: false) { marks.contains($0) }.map { Int32(Substring($0)) }
        guard numbers.count == 6, let year = numbers[0], let month = numbers[1], let day = numbers[2], let hour = numbers[3],
              let minute = numbers[4], let second = numbers[5], (1970...9999).contains(year), (1...12).contains(month),
              (1...31).contains(day) else { return nil }
        return SiteTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)?.seconds
    }
}

extension SiteImport {
    /// In an import the stored copies are read, which nobody changes meanwhile.
    func readLogs() throws -> LogIndex {
        let open: (String) throws -> File? = options.isRehearsal ? oldSite.file : kept.file
        let names = try oldSite.files(in: OldSite.logFolder)
        let bytes = try names.reduce(0) { try $0 + (oldSite.file($1)?.size ?? 0) }
        var index = LogIndex(prefix: oldSite.config.storePath, flatNames: recycledNames, bytes: bytes, open: open)
        for name in names {
            report.logs.files += 1
            guard try !oldSite.isTooLarge(name) else {
                report.logs.unreadableFiles.append("\(name): the file has more than \(PHPArrayLimits().bytes >> 20) MB")
                continue
            }
            do {
                guard let file = try open(name) else { continue }
                try index.add(name, file) { entry in
                    guard let entry else { return report.logs.unreadableLines += 1 }
                    report.logs.lines += 1
                    tokenUse?.see(entry)
                }
            } catch let error as PHPArrayError {
                report.logs.unreadableFiles.append("\(name): \(error)")
            }
        }
        index.sort()
        return index
    }

    private static let countBatch = 2000

    func takeCounters() throws {
        for name in try oldSite.files(in: OldSite.countFolder) {
            let day = String(name.dropFirst(OldSite.countFolder.count + 1).dropLast(4))
            guard LogFact.seconds("\(day) 00:00:00") != nil, day.utf8.count == 10 else { continue }
            do {
                guard let file = try oldSite.file(name) else { continue }
                let addresses = try takeCounters(of: day, file)
                report.counters.days += 1
                report.counters.addresses += addresses
            } catch let error as PHPArrayError {
                report.counters.unreadable.append("\(name): \(error)")
            }
        }
    }

    /// - Returns: the number of addresses.
    private func takeCounters(of day: String, _ file: File) throws -> Int {
        var (addresses, batch): (Int, [(address: String, count: Int)]) = (0, [])
        func flush() throws {
            if !options.isRehearsal { try site.store.count(batch, on: day) }
            (addresses, batch) = (addresses + batch.count, [])
        }
        try OldCounts.forEach(in: file) { address, count in
            batch.append((address, count))
            if batch.count == SiteImport.countBatch { try flush() }
        }
        try flush()
        return addresses
    }
}
