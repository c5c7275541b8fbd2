// Delivers events: reads them from the database as the site's user, and has them given to receivers by a process of another user
// (ReceiverRunner). Nobody is root while that lasts.

import Database
import Disk
import Events
import Glibc
import Journal
import Process
import Site
import Time

final class EventDeliverer {
    private static let lockName = "events"
    /// Milliseconds between two looks at whether something was written, and seconds between two looks into the folder of the receivers.
    private static let look = 1_000, scan = 5.0
    /// Seconds between two times of removing what is too old.
    private static let tidying = 3_600.0
    /// After so many failures of an event the journal hears of every tenth one only.
    private static let toldFailures = 5

    private let site: Site
    private let delivery: EventDelivery
    private let folder: ReceiverFolder
    private let line: ReceiverLine
    private var lastMoment: Int?
    /// Whether the database is looked at without a wait.
    private var isUrgent = true
    private var scanned = -EventDeliverer.scan, tidied = -EventDeliverer.tidying
    private var hasReceivers = false, isEmpty = true
    /// Whether nothing can be noted, because rows are moved to another database.
    private var isMoving = false
    /// Those that are not noted yet.
    private var answers: [ReceiverLine.Answer] = []
    /// nil: another node delivers.
    private var turn: Lease?

    /// - Parameter line: to the process that runs receivers.
    init(_ site: Site, _ folder: ReceiverFolder, _ line: ReceiverLine) {
        (self.site, self.folder, self.line) = (site, folder, line)
        delivery = EventDelivery(database: site.database)
    }

    /// Whether a process delivers this site's events.
    static func isAtWork(on data: DataFolder) -> Bool { Lock.isHeld("\(data.run)/\(lockName)") }

    /// Keeps every other process from delivering this site's events, as long as the result lives.
    ///
    /// - Returns: nil if another one does.
    static func turn(on data: DataFolder) throws -> Lock? { try Folder(data.run).lock(lockName, waits: false) }

    /// Delivers until there is nobody to deliver to, or this program was replaced. While another node delivers, it waits.
    ///
    /// - Throws: `CommandFailure` where the process that runs receivers has gone, or another node delivers now; what keeps the database from being read.
    func run() throws {
        defer { turn?.end() }
        while true {
            do {
                guard try step() else { return }
            } catch let error as DatabaseError where [.busy, .moving].contains(error.kind) {
                // Somebody writes for long, or a move has begun since the last look, and everything can be done later.
                scanned = -EventDeliverer.scan
                _ = line.wait(milliseconds: EventDeliverer.look)
            }
            guard !line.isClosed else { throw CommandFailure(.failed, "the process that runs receivers has ended") }
        }
    }

    /// - Returns: false when there is nothing more to do.
    private func step() throws -> Bool {
        let isDue = try prepare()
        guard hasReceivers || !isEmpty, !Site.isProgramReplaced else { return false }
        if isDue { try begin() }
        _ = line.wait(milliseconds: isUrgent ? 0 : EventDeliverer.look)
        while let answer = line.nextAnswer() { answers.append(answer) }
        try noteAnswers()
        return true
    }

    /// Looks at the folder and the database now and then.
    ///
    /// - Returns: whether there may be something to deliver.
    private func prepare() throws -> Bool {
        let moment = Now.monotonicSeconds
        var isDue = false
        if moment - scanned >= EventDeliverer.scan {
            scanned = moment
            guard try site.hasKnownSchema() else {
                try site.database.requireSchema(SiteSchema.known)
                throw CommandFailure(.failed, "the rows are in another database now: this has to be started anew")
            }
            isMoving = try site.database.refusesChanges
            let contents = try folder.look()
            isEmpty = contents.isEmpty
            guard try !isMoving && hasTurn() else { return false }
            hasReceivers = try delivery.follow(contents.receivers)
            isDue = true
        }
        guard turn != nil, !isMoving else { return false }
        if moment - tidied >= EventDeliverer.tidying {
            tidied = moment
            try delivery.tidy()
        }
        let written = try site.database.moment?.others
        // (What an engine cannot tell is looked at each time.)
        if isUrgent || written == nil || written != lastMoment { isDue = true }
        (lastMoment, isUrgent) = (written, false)
        return isDue
    }

    private func hasTurn() throws -> Bool {
        if let turn {
            guard try turn.renew() else { throw CommandFailure(.failed, "another node delivers events now") }
        } else {
            turn = try site.lease(.events)
        }
        return turn != nil
    }

    private func begin() throws {
        let links = Links(try site.settings)
        for attempt in try delivery.due() {
            let event = attempt.event.message(links)
            if event.count <= ReceiverLine.eventLimit {
                try line.send(ReceiverLine.Order(receiver: attempt.receiver, event: event))
            } else {
                answers.append(ReceiverLine.Answer(receiver: attempt.receiver, failure: "the event has more than \(ReceiverLine.eventLimit) bytes"))
            }
        }
    }

    /// What cannot be noted now stays.
    private func noteAnswers() throws {
        while let answer = answers.first {
            try end(answer)
            answers.removeFirst()
        }
    }

    private func end(_ answer: ReceiverLine.Answer) throws {
        guard let (attempt, wait) = try delivery.end(answer.receiver, failure: answer.failure) else { return }
        // (Its next one is due at once, and nobody else has written.)
        isUrgent = true
        guard let wait, let failure = answer.failure else { return }
        let times = attempt.failures + 1
        if times <= EventDeliverer.toldFailures || times % 10 == 0 {
            Output.remark("imagebed events: \(answer.receiver) has not taken event \(attempt.event.id) (\(failure)), \(times == 1 ? "the first time" : "\(times) times"); "
                + "the next try is in \(wait) s", .warning)
        }
    }
}
