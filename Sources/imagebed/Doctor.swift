// `imagebed doctor` goes through its table of checks (Doctor+Table.swift), which are defined in Doctor+TOPIC.swift.

import Disk
import Site

enum Doctor {
    /// - Parameter leavesOutHeavy: for a timer, which asks often.
    static func examine(_ patient: Patient, leavesOutHeavy: Bool = false) -> [Finding] {
        let data = patient.data, setup = "imagebed setup --data \(data.path)"
        if let refusal = FileSystem.refusal(at: data.path) ?? FileSystem.refusal(at: data.mark) {
            let isClosed = FileSystem.refusal(at: data.mark)?.isForbidden == true
            return [.problem("site", "\(refusal.path): \(refusal.reason)",
                             advice: isClosed ? "run this as root" : "\(setup) makes a site; --data names another")]
        }
        let checks = table.filter { !leavesOutHeavy || !$0.isHeavy }
        let findings = checks.flatMap { withoutSite($0, patient) }
        do {
            let site = try Site(data: data)
            return findings + checks.flatMap { within(site, $0) } + visit(site, checks.filter(\.isVisit))
        } catch {
            let advice = findings.contains { $0.level == .problem } ? "mend what is told above first"
                // (Such an error names its own repair.)
                : error is SetupError ? "what is told here, then imagebed doctor again"
                : "\(setup) makes what is missing; what is damaged has to come from a backup"
            return findings + [.problem("site", "it does not open: \(CommandFailure(explaining: error).message)", advice: advice)]
        }
    }

    private static func withoutSite(_ check: Check, _ patient: Patient) -> [Finding] {
        switch check.look {
        case .machine(let look): look(patient)
        case .files(let look): look(patient.data)
        case .site, .visit, .above: []
        }
    }

    private static func within(_ site: Site, _ check: Check) -> [Finding] {
        guard case .site(let look) = check.look else { return [] }
        do { return try look(site) } catch {
            return [.problem("site", CommandFailure(explaining: error).message,
                             advice: "imagebed setup --data \(site.data.path) makes what is missing; what is damaged has to come from a backup")]
        }
    }

    /// The checks that go the way of visitors, one after the other: those that need one that failed are not tried.
    private static func visit(_ site: Site, _ checks: [Check]) -> [Finding] {
        if WebServerPlace.all(site.data).isEmpty {
            return [.ok("way", "not tried: no web server was set up for \(site.data.path), ./install.sh does that")]
        }
        guard FileSystem.refusal(of: .enter, at: WebClient.curl) == nil else {
            return [.warning("way", "not tried: \(WebClient.curl) is not there", advice: "sudo apt install curl")]
        }
        do {
            let round = try Round(site)
            var missed: Set<String> = []
            let findings = checks.flatMap { check -> [Finding] in
                if let needed = check.needs, missed.contains(needed) {
                    missed.insert(check.name)
                    return [.skipped(check.name, because: needed)]
                }
                let found = step(round, check)
                if found.contains(where: { $0.level == .problem }) { missed.insert(check.name) }
                return found
            }
            return findings + round.end().map { .warning("way", "something of the trial stays: \($0)", advice: "imagebed doctor, once more") }
        } catch {
            return [.problem("way", "not tried: \(CommandFailure(explaining: error).message)", advice: Remedy(site.data).giveFolder)]
        }
    }

    private static func step(_ round: Round, _ check: Check) -> [Finding] {
        guard case .visit(let look) = check.look else { return [] }
        do { return try look(round) } catch {
            return [.problem(check.name, CommandFailure(explaining: error).message, advice: check.repair)]
        }
    }
}
