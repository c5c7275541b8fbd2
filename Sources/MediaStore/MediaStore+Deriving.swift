// Fills the tables that are derived from the rows of `file`, a few thousand rows at a time, so that uploads never wait for long.

import Database
import Media
import Time

extension MediaStore {
    /// Rows that are derived in one transaction: it takes about 0.1 s.
    private static let batch = 2_000

    /// Whether a derived table tells of all rows. (The newest names may wait for others: `NameIndex`.)
    public func isComplete(_ derived: Derived) throws -> Bool {
        switch derived {
        case .days, .totals: try deriving.next(derived) == .max
        case .names: try names.isComplete()
        }
    }

    /// Adds rows that are not derived yet, until all are or `goesOn` returns false; a later call continues. Others can write between two
    /// transactions.
    ///
    /// - Parameters:
    ///   - isAlone: whether nobody else uses the database yet, so that nobody has to be let in between.
    ///   - goesOn: called after each transaction, with the number of the last row done and of the last row.
    public func derive(_ derived: Derived, isAlone: Bool = false, goesOn: (_ done: Int, _ last: Int) -> Bool = { _, _ in true }) throws {
        while try deriving.next(derived) != .max {
            let (last, start) = (try deriving.lastID(), Now.monotonicSeconds)
            let next = try database.write { try deriveBatch(derived) }
            if next == .max, derived == .names { try mergeNames(intoOne: true) }
            guard next != .max, goesOn(next - 1, last) else { return }
            if !isAlone { letOthersWrite(since: start) }
        }
    }

    /// Who waits for the lock looks for it now and then, and would miss it again and again.
    private func letOthersWrite(since start: Double) { pause(microseconds: Int((Now.monotonicSeconds - start) * 1_000_000)) }

    /// Merges parts of the index of names, in steps of less than 0.1 s between which others can write. (An index of a million names that
    /// was written in parts finds "picture 999999" in 18 ms, one that was merged in 14.)
    ///
    /// - Parameter intoOne: whether to merge all parts, which writes the whole index anew: 1.8 s for a million names. Else only those that
    ///   are many of one size: that is for every day.
    public func mergeNames(intoOne: Bool = false) throws {
        var (pages, steps) = (intoOne ? -MediaStore.mergedPages : MediaStore.mergedPages, 0)
        while steps < MediaStore.mostMergeSteps {
            let start = Now.monotonicSeconds
            guard try database.write({ try names.index.own.merge(pages) }) else { return }
            (pages, steps) = (MediaStore.mergedPages, steps + 1)
            letOthersWrite(since: start)
        }
    }

    private static let mergedPages = 500, mostMergeSteps = 10_000

    /// - Returns: the first id that is not derived then.
    private func deriveBatch(_ derived: Derived) throws -> Int {
        let start = try deriving.next(derived)
        guard start != .max else { return start }
        // (Here and not where it was wished: a process that changes the time zone has the former one until it ends.)
        if derived == .days, start == 0 { try divideDaysAnew() }
        let rows = try deriving.rows(from: start, before: derived == .names ? .max : waiting.first(), atMost: MediaStore.batch)
        switch derived {
        case .days: try count(rows)
        case .names: try names.add(rows)
        case .totals: try totals.add(rows)
        }
        let next = rows.count < MediaStore.batch ? Int.max : rows[rows.count - 1].id + 1
        try deriving.setNext(derived, to: next)
        return next
    }

    /// The days of rows that wait to be counted go too, so none may wait: should one be deleted, its upload would find no day.
    private func divideDaysAnew() throws {
        while try countWaiting() {}
        try days.divideAnew()
    }

    func count(_ rows: [DerivingRow]) throws {
        for day in MediaStore.days(rows) { try days.add(day) }
    }

    private static func days(_ rows: [DerivingRow]) -> [DayCount] {
        var found: [DayCount] = []
        var places: [MediaKind: [SiteDay: Int]] = [:]
        for row in rows {
            let day = SiteDay(of: row.createdAt)
            let place = places[row.kind]?[day] ?? found.endIndex
            if place == found.endIndex {
                found.append(DayCount(row.kind, day.seconds))
                places[row.kind, default: [:]][day] = place
            }
            found[place].count(row)
        }
        return found
    }

    /// Begins a derived table anew, for example in another time zone; `derive` fills it. Views by day stay; uploads of files that are gone
    /// are not counted any more.
    public func deriveAnew(_ derived: Derived) throws {
        try database.write {
            while try countWaiting() {}
            switch derived {
            case .days: try days.emptyDerived()
            case .names: try names.index.own.removeAll()
            case .totals: try totals.removeAll()
            }
            try deriving.setNext(derived, to: 0)
        }
    }
}

// Numbers of days

extension MediaStore {
    /// The days with rows that begin in a range of seconds since 1970, oldest first.
    public func dayCounts(_ seconds: Range<Int>) throws -> [DayCount] {
        try database.read {
            var counts = try days.days(seconds)
            for new in try waitingDays() where seconds.contains(new.seconds.lowerBound) {
                if let place = counts.firstIndex(where: { $0.kind == new.kind && $0.seconds == new.seconds }) {
                    counts[place].add(new)
                } else {
                    counts.append(new)
                }
            }
            return counts.sorted { ($0.seconds.lowerBound, $0.kind.rawValue) < ($1.seconds.lowerBound, $1.kind.rawValue) }
        }
    }

    /// What the rows that wait to be counted add.
    private func waitingDays() throws -> [DayCount] {
        guard waiting.canBe else { return [] }
        return MediaStore.days(try deriving.rows(from: waiting.first(), atMost: .max))
    }

    /// The listed files of today, in the site's time zone; nil while the days are not complete.
    public func filesOfToday() throws -> Int? {
        try database.read {
            guard try isComplete(.days) else { return nil }
            let today = SiteDay.today.seconds
            return try days.days(today).reduce(waiting.listedCount(of: today)) { $0 + $1.files }
        }
    }

    /// The months with listed files, newest first.
    public func monthCounts() throws -> [MonthCount] {
        try database.read {
            var files = Dictionary(uniqueKeysWithValues: try days.months().map { ($0.number, $0.files) })
            for new in try waitingDays() where new.files > 0 { files[MonthCount.number(of: new.day), default: 0] += new.files }
            return files.sorted { $0.key > $1.key }.map { MonthCount(number: $0.key, files: $0.value) }
        }
    }

    /// Compares the numbers of days with a count of all rows.
    ///
    /// - Returns: the days whose numbers of listed files or bytes are wrong; nil while they are not complete.
    public func wrongDays() throws -> [SiteDay]? {
        try database.read {
            guard try isComplete(.days) else { return nil }
            var counted: [SiteDay: [MediaKind: DayCount]] = [:]
            try forEachDerivingRow { row in
                let day = SiteDay(of: row.createdAt)
                counted[day, default: [:]][row.kind, default: DayCount(row.kind, day.seconds)].count(row)
            }
            var wrong: Set<SiteDay> = []
            for kept in try dayCounts(Int.min..<Int.max) {
                let right = counted[kept.day]?.removeValue(forKey: kept.kind)
                if (right?.files ?? 0, right?.bytes ?? 0) != (kept.files, kept.bytes) { wrong.insert(kept.day) }
            }
            for (day, kinds) in counted where kinds.values.contains(where: { $0.files > 0 }) { wrong.insert(day) }
            return wrong.sorted()
        }
    }

    private func forEachDerivingRow(_ body: (DerivingRow) -> Void) throws {
        var next = 0
        while true {
            let rows = try deriving.rows(from: next, atMost: MediaStore.batch)
            rows.forEach(body)
            guard rows.count == MediaStore.batch else { return }
            next = rows[rows.count - 1].id + 1
        }
    }
}
