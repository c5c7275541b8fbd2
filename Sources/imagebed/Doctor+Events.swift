// The check of `imagebed doctor` of the receivers of events: what is not run, whether anybody delivers, and who is late.

import Events
import Site
import Time

extension Doctor {
    /// Seconds that an event may wait, and failures of one, before that is told.
    private static let lateSeconds = 3_600, manyFailures = 5

    static let checkEvents: @Sendable (Site) throws -> [Finding] = { site in
        let contents = try ReceiverFolder.chosen().look(), states = try EventDelivery(database: site.database).states()
        var findings = contents.refusals.map { Finding.warning("events", $0.says, advice: $0.repair) }
        let names = Set(contents.receivers).union(states.filter { $0.receiver.missingSince == nil }.map(\.receiver.name)).sorted()
        if !names.isEmpty, !EventDeliverer.isAtWork(on: site.data) {
            findings.append(.problem("events", "nobody delivers events to \(names.joined(separator: ", "))", advice: Remedy(site.data).startEvents))
        } else {
            findings += states.filter(isLate).map(late)
        }
        findings += states.compactMap(loss)
        return findings.isEmpty ? [.ok("events", names.isEmpty ? "there are no receivers" : "they are delivered to \(names.joined(separator: ", "))")] : findings
    }

    private static func isLate(_ state: ReceiverState) -> Bool {
        guard state.receiver.missingSince == nil, let since = state.waitingSince else { return false }
        return state.receiver.failures >= manyFailures || Now.seconds - since > lateSeconds
    }

    private static func late(_ state: ReceiverState) -> Finding {
        let name = state.receiver.name, since = state.waitingSince.map { SiteTime($0).text } ?? ""
        let because = state.receiver.said.isEmpty ? "" : " (\(state.receiver.said))"
        return .problem("events", "\(name) is behind: \(state.waiting) wait, the first of them since \(since)\(because)",
                        advice: "see what it says (\(Remedy.hasSystemd ? "journalctl -u imagebed-events" : "/var/log/imagebed.log")); when it is mended, "
                            + "imagebed events retry \(name); imagebed events skip \(name) leaves one out")
    }

    /// What a receiver has lost lately.
    private static func loss(_ state: ReceiverState) -> Finding? {
        guard let moment = state.receiver.lostAt, Now.seconds - moment < EventDelivery.keptSeconds else { return nil }
        return .warning("events", "\(state.receiver.name) has lost \(state.receiver.lost) events, because it was more than "
                            + "\(EventDelivery.keptSeconds / 86_400) days or \(EventDelivery.keptRows) events behind",
                        advice: "imagebed events shows how far it is; what it should know has to be told to it in another way")
    }
}
