// The metadata in the old upload logs, by path. It is read once, and each entry is removed when its file is found.

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
    private var facts: [ByteText: LogFact] = [:]

    var unusedCount: Int { facts.count }

    mutating func add(_ entry: OldLogEntry, path: ByteText) { facts[path] = LogFact(entry) }

    /// Removes and returns the metadata of a path.
    mutating func take(_ path: StoredPath) -> LogFact? { facts.removeValue(forKey: ByteText(path.text)) }

    /// The paths with this flat name, of files that were not found yet.
    mutating func paths(flat name: String) -> [StoredPath] {
        if byFlatName == nil {
            byFlatName = Dictionary(grouping: facts.keys.compactMap { $0.text.flatMap { StoredPath($0) } }, by: { $0.flat })
        }
        return byFlatName?[name] ?? []
    }

    private var byFlatName: [String: [StoredPath]]?
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

    /// Parses "2025-07-01 10:15:00" in the process's time zone.
    static func seconds(_ text: String) -> Int? {
        let numbers = text.split(omittingEmptySubsequences: false) { "-: ".contains($0) }.map { Int32($0) }
        guard numbers.count == 6, let year = numbers[0], let month = numbers[1], let day = numbers[2], let hour = numbers[3],
              let minute = numbers[4], let second = numbers[5], (1970...9999).contains(year), (1...12).contains(month),
              (1...31).contains(day) else { return nil }
        return SiteTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)?.seconds
    }
}

extension SiteImport {
    func readLogs() throws -> LogIndex {
        var index = LogIndex()
        let prefix = Array(oldSite.config.storePath.utf8)
        for name in try oldSite.files(in: OldSite.logFolder) {
            report.logs.files += 1
            guard let bytes = try oldSite.bytes(of: name) else { continue }
            let log: OldLog
            do { log = try OldLog(bytes) } catch {
                report.logs.unreadableFiles.append("\(name): \(error)")
                continue
            }
            report.logs.lines += log.entries.count
            report.logs.unreadableLines += log.unreadable
            for entry in log.entries where entry.path.bytes.starts(with: prefix) {
                index.add(entry, path: ByteText(Array(entry.path.bytes.dropFirst(prefix.count))))
            }
        }
        return index
    }

    func takeCounters() throws {
        for name in try oldSite.files(in: OldSite.countFolder) {
            let day = String(name.dropFirst(OldSite.countFolder.count + 1).dropLast(4))
            guard LogFact.seconds("\(day) 00:00:00") != nil, day.utf8.count == 10, let bytes = try oldSite.bytes(of: name) else { continue }
            do {
                let counts = OldCounts.read(try PHPArrayFile(bytes).array)
                report.counters.days += 1
                report.counters.addresses += counts.count
                if !options.isRehearsal { try site.store.count(counts, on: day) }
            } catch let error as PHPArrayError {
                report.counters.unreadable.append("\(name): \(error)")
            }
        }
    }
}
