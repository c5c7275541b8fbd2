// What is done with all files of a list: a piece at a time, each of which ends soon, so that other requests have their turn; and what was
// done is known after each, whatever ends the program or the browser. A piece that is repeated finds its files done.

import Database
import Media
import Time

extension MediaStore {
    /// The last task of an account, also one that is over.
    public func task(of account: Int) throws -> FileTask? { try taskRows.task(of: account) }

    /// Begins a task in the place of the account's last one; nothing is done yet.
    ///
    /// - Parameters:
    ///   - filter: the list, in the words of its page.
    ///   - count: the files of the list.
    public func begin(_ action: BulkAction, filter: String, _ count: FileCount, by account: Int) throws {
        let task = FileTask(action: action, filter: filter, lastID: try rows.lastID(), total: count.isWhole ? count.files : nil, startedAt: Now.seconds)
        try taskRows.insert(task, by: account)
    }

    /// Ends a task; what was done stays done.
    public func forgetTask(of account: Int) throws { try taskRows.remove(of: account) }

    /// Does a piece of a task.
    ///
    /// - Parameters:
    ///   - list: everybody's files, those of the task's filter.
    ///   - seconds: about how long; files that were begun are finished.
    /// - Returns: the task as it is then, nil if there is none; and what the machine said, for the log.
    public func goOn(with list: PartRequest, by account: Int, seconds: Double = 2) throws -> (task: FileTask, errors: [String])? {
        // (A second press waits here, and goes on where the first has come.)
        let turn = try locks.lock("file task")
        return try withExtendedLifetime(turn) {
            guard var task = try taskRows.task(of: account) else { return nil }
            let errors = task.isOver ? [] : try goOn(&task, list, by: account, until: Now.monotonicMicroseconds + Int(seconds * 1_000_000))
            return (task, errors)
        }
    }

    /// Files of a piece, and those after which the time is looked at and what was done is written down.
    private static let piece = 500, step = 50

    private func goOn(_ task: inout FileTask, _ list: PartRequest, by account: Int, until end: Int) throws -> [String] {
        guard var criteria = list.criteria else { return [] }
        criteria.lastID = task.lastID
        var request = list
        (request.scope, request.size, request.position, request.isBefore) = (.everybody(criteria), MediaStore.piece, task.position, false)
        let part = try part(request)
        var errors: [String] = []
        for start in stride(from: 0, to: part.files.count, by: MediaStore.step) {
            let files = part.files[start..<min(start + MediaStore.step, part.files.count)]
            errors += try take(files, &task)
            if files.endIndex == part.files.count { break }
            task.position = files.last.map { ListPosition($0, in: request.order) }
            try taskRows.update(task, by: account)
            if Now.monotonicMicroseconds >= end { return errors }
        }
        (task.position, task.isOver) = (part.next, part.next == nil)
        try taskRows.update(task, by: account)
        return errors
    }

    private func take(_ files: ArraySlice<StoredFile>, _ task: inout FileTask) throws -> [String] {
        let outcome = try carryOut(task.action, on: files.map(\.id), of: nil)
        task.done += outcome.done.count
        // (Those that are not there any more were somebody else's to do.)
        task.failed += outcome.failed.count { $0.failure != .notThere }
        return outcome.errors
    }

    // How many there are

    /// Rows that are read to count files.
    static let countLimit = 20_000

    /// The files of a list of everybody's files, of which no more than a bounded number are counted.
    public func count(_ list: PartRequest) throws -> FileCount {
        guard let criteria = list.criteria else { return FileCount(files: 0, isWhole: true) }
        if list.search != nil { return try countFound(list) }
        if list.filter == .all, criteria == FileCriteria() { return FileCount(files: try totals.types().reduce(0) { $0 + $1.files }, isWhole: true) }
        if list.filter == .all, case .account(let id) = criteria.owner, criteria == FileCriteria(owner: criteria.owner) {
            return FileCount(files: try numbers(of: id).files, isWhole: true)
        }
        if list.filter == .all, criteria == FileCriteria(isRecycled: true) {
            let count = try rows.recycledCount(atMost: MediaStore.countLimit + 1)
            return FileCount(files: min(count, MediaStore.countLimit), isWhole: count <= MediaStore.countLimit)
        }
        return try database.read { try rows.count(criteria, list, atMost: MediaStore.countLimit) }
    }

    private func countFound(_ list: PartRequest) throws -> FileCount {
        var request = list
        request.size = MediaStore.bulkLimit
        let part = try part(request)
        return FileCount(files: part.files.count, isWhole: part.next == nil)
    }
}
