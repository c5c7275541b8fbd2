// `imagebed events …`: what happened, who is told of it, and how far each receiver is. `imagebed events deliver` is in
// Command+EventDelivery.swift.

import Disk
import Events
import JSONText
import Process
import Site
import Text
import Time

private let newest = Option("--last", "N", "the last N events instead, as receivers get them, one on a line")
private let everything = Option("--all", nil, "all that have happened by now")

extension Option {
    static let receivers = Option("--receivers", "DIR", "the folder of the receivers; else IMAGEBED_RECEIVERS, else \(ReceiverFolder.usual)")
}

extension Command {
    static let events = Command(
        "events", "Show the receivers of events, and how far each of them is.",
        details: """
            Uploads, deletions, replacements and conflicts are told to executables in \(ReceiverFolder.usual), one after the other and each
            at least once (docs/events.md). Events are kept for \(EventDelivery.keptSeconds / 86_400) days, and \(EventDelivery.keptRows) of them; a receiver that is further
            behind loses the oldest.
            """,
        options: [newest, .receivers, .json]
    ) { invocation in
        let folder = invocation.receiverFolder
        let site = try invocation.site(), delivery = EventDelivery(database: site.database)
        if let text = invocation.value(newest) { return try show(newest: text, of: site, delivery) }
        let contents = try folder.look(), states = try delivery.states()
        let isDelivering = EventDeliverer.isAtWork(on: site.data)
        if invocation.wantsJSON {
            return Output.json([
                "delivering": .bool(isDelivering), "receivers": .array(states.map(\.json)),
                "refused": .array(contents.refusals.map { ["says": .string($0.says), "repair": .string($0.repair)] }),
            ])
        }
        for refusal in contents.refusals { Output.remark("\(refusal.says): \(refusal.repair)", .warning) }
        let unseen = contents.receivers.filter { name in !states.contains { $0.receiver.name == name } }
        if !unseen.isEmpty { Output.remark("\(unseen.joined(separator: ", ")) will get events once imagebed events deliver runs") }
        guard !states.isEmpty else {
            if unseen.isEmpty { Output.remark("there are no receivers yet: an executable in \(folder.path) is one") }
            return
        }
        if !isDelivering { Output.remark("nothing delivers now: \(Remedy(site.data).startEvents)", .warning) }
        Output.lines(Columns.text([["RECEIVER", "LAST EVENT", "WAITING", "FAILURES", "NEXT TRY", "WHY IT FAILED"]] + states.map(row)))
    }

    static let eventsSkip = Command(
        "events skip NAME", "Leave out the next event of a receiver, or all that wait for it.", options: [everything, .json]
    ) { invocation in
        let name = invocation.operands[0]
        guard let count = try EventDelivery(database: invocation.site().database).skip(name, all: invocation.has(everything)) else { throw unknown(name) }
        if invocation.wantsJSON { return Output.json(["skipped": JSONValue(count)]) }
        Output.line(count == 0 ? "no event waits for \(name)" : "\(name) does not get \(count == 1 ? "1 event" : "\(count) events")")
    }

    static let eventsRetry = Command(
        "events retry NAME", "Give a receiver its next event at once.", options: [.json]
    ) { invocation in
        let name = invocation.operands[0]
        guard try EventDelivery(database: invocation.site().database).retry(name) else { throw unknown(name) }
        if invocation.wantsJSON { return Output.json(["retrying": true]) }
        Output.line("\(name) gets its next event within seconds, if imagebed events deliver runs")
    }
}

extension Invocation {
    /// The folder of the receivers. To be asked for before this process becomes another user.
    var receiverFolder: ReceiverFolder { ReceiverFolder.chosen(value(.receivers)) }
}

extension ReceiverFolder {
    /// The folder that was named, or that of an installed site. What is in it has to be root's, or in one that was named this user's.
    static func chosen(_ option: String? = nil) -> ReceiverFolder {
        let named = option ?? Environment["IMAGEBED_RECEIVERS"] ?? ""
        return named.isEmpty ? ReceiverFolder(usual) : ReceiverFolder(named, trusting: User.currentID)
    }
}

private func show(newest text: String, of site: Site, _ delivery: EventDelivery) throws {
    guard let count = Int(text, in: 1...EventDelivery.keptRows) else {
        throw CommandFailure(.usage, "\(newest.name) is a whole number from 1 to \(EventDelivery.keptRows)")
    }
    let links = Links(try site.settings)
    for event in try delivery.newest(atMost: count).reversed() { Output.line(String(decoding: event.message(links), as: UTF8.self)) }
}

private func unknown(_ name: String) -> CommandFailure {
    CommandFailure(.notFound, "there is no receiver \"\(name)\": imagebed events shows them")
}

private func row(_ state: ReceiverState) -> [String] {
    let receiver = state.receiver
    let next = receiver.missingSince != nil ? "its executable is gone" : receiver.failures > 0 ? SiteTime(receiver.nextTryAt).text : ""
    return [receiver.name, "\(receiver.deliveredID)", "\(state.waiting)", "\(receiver.failures)", next, receiver.said]
}

extension ReceiverState {
    fileprivate var json: JSONValue {
        [
            "name": .string(receiver.name), "last_event": JSONValue(receiver.deliveredID), "waiting": JSONValue(waiting),
            "waiting_since": JSONValue(waitingSince.map(InternetTime.text)), "failures": JSONValue(receiver.failures),
            "next_try": receiver.failures > 0 ? .string(InternetTime.text(receiver.nextTryAt)) : .null, "failure": .string(receiver.said),
            "lost": JSONValue(receiver.lost), "missing": .bool(receiver.missingSince != nil),
        ]
    }
}
