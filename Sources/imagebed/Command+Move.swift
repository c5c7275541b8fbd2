// `imagebed move`: options, rights and output. The work is done by `SiteMove`.

import Disk
import JSONText
import PostgreSQL
import Process
import Site

private let destination = Option("--to", "FILE", "a file that is to be cluster.conf; or the word local: back into imagebed.db")
private let cancel = Option("--cancel", nil, "go back: end a move that was interrupted before the site worked with its new database")
private let dryRun = Option("--dry-run", nil, "only try everything, and say what would be done")

extension Command {
    static let move = Command(
        "move", "Move the rows of the site to a PostgreSQL server, or back into SQLite's file.",
        details: """
            Files stay where they are. While the rows are copied and compared the site shows what it has, and answers changes with 503. Then
            cluster.conf is put in place (or away), and all programs of the site work with the other database from their next request on. What was
            left is kept beside it, as imagebed.db.moved-N or cluster.conf.moved-N. A move that was interrupted goes on when it is called again, and
            until it has come to its end the site takes no changes, or goes back with --cancel. An error goes back by itself. docs/cluster.md tells more.
            """,
        options: [destination, cancel, dryRun, .json]
    ) { invocation in
        guard invocation.has(cancel) != invocation.has(destination) else {
            throw CommandFailure(.usage, "say either \(destination.name) FILE, \(destination.name) local or \(cancel.name)")
        }
        if invocation.has(cancel) { return try goBack(invocation) }
        let target = try target(invocation), isDry = invocation.has(dryRun)
        // (Without D-Bus systemd tells that to root alone.)
        let units = Units(of: invocation.data)
        try invocation.becomeOwnerOfSite()
        let network = missingNetwork(target, invocation.data, units)
        try checkServer(target, invocation.data, and: isDry ? nil : network)
        let bars = MoveBars()
        let move = SiteMove(invocation.data, to: target, progress: bars.show)
        if isDry {
            tell(try move.plan(), invocation)
            if let network { remark(network) }
            return
        }
        let aside = try move.run()
        bars.end()
        report(target, aside, invocation)
    }
}

/// The file is read with root's rights, where this has them.
private func target(_ invocation: Invocation) throws -> MoveTarget {
    guard let path = invocation.value(destination), path != "local" else { return .local }
    return .server(try AnnouncedCluster(at: path, for: invocation.data))
}

/// Units have no network unless the installation found that they need one: the site would not reach its rows after the move.
private func missingNetwork(_ target: MoveTarget, _ data: DataFolder, _ units: Units?) -> Finding? {
    guard case .server(let announced) = target, case .file? = try? DatabasePlace(of: data), let words = announced.file.database else { return nil }
    let next = data.nextClusterFile, isThere = (try? AnnouncedCluster.next(of: data))?.file == announced.file
    return units?.missingNetwork(
        to: words, before: isThere ? "" : "sudo install -m 600 -o \(ServiceUser.name(of: User.currentID)) \(announced.path) \(next) && ",
        after: ", then sudo imagebed move --to \(next)")
}

/// - Parameter other: what was found beside the server.
/// - Throws: `CommandFailure` after the problems were told.
private func checkServer(_ target: MoveTarget, _ data: DataFolder, and other: Finding?) throws {
    guard case .server(let announced) = target else { return }
    let findings = (ClusterCheck.findings(announced, data) + [other].compactMap { $0 }).filter { $0.level != .ok }
    for finding in findings { remark(finding) }
    guard !findings.contains(where: { $0.level == .problem }) else { throw CommandFailure(.failed, "nothing was changed: mend what is told above first") }
}

private func remark(_ finding: Finding) {
    for line in finding.text.split(separator: "\n") { Output.remark(String(line)) }
}

private func goBack(_ invocation: Invocation) throws {
    try invocation.becomeOwnerOfSite()
    let remark = try MoveBack(invocation.data).cancel()
    if let remark { Output.remark("imagebed move: \(remark)", .warning) }
    if invocation.wantsJSON { return Output.json(["cancelled": true]) }
    Output.line("the move has ended: the rows are in \(try DatabasePlace(of: invocation.data)), and the site takes changes again")
}

private func tell(_ plan: MovePlan, _ invocation: Invocation) {
    if invocation.wantsJSON {
        return Output.json(["source": .string(plan.source), "target": .string(plan.target), "rows": JSONValue(plan.rows), "begun": .bool(plan.begun != nil)])
    }
    if plan.begun != nil { Output.line("a move was interrupted, and would go on") }
    Output.line("\(plan.rows) rows of \(plan.tables.count) tables would be copied from \(plan.source) to \(plan.target):")
    Output.lines(Columns.text(plan.tables.map { ["  \($0.name)", "\($0.rows)"] }))
    Output.line("meanwhile the site would take no changes; then it would work with \(plan.target)")
}

private func report(_ target: MoveTarget, _ aside: String?, _ invocation: Invocation) {
    if invocation.wantsJSON { return Output.json(["moved": true, "aside": JSONValue(aside)]) }
    switch target {
    case .server:
        Output.line("the rows are on the server now, and the site works with them")
        if let aside { Output.line("\(aside) in \(invocation.data.path) has them as they were; nobody uses it any more") }
        if Remedy(invocation.data).isInstalled { Output.line("run sudo ./install.sh (or dpkg-reconfigure imagebed), which starts what a node has more") }
    case .local:
        Output.line("the rows are in \(invocation.data.database) now, and the site works with them; those on the server take no changes any more")
        if let aside { Output.line("\(aside) in \(invocation.data.path) names the server") }
        if Remedy(invocation.data).isInstalled { Output.line("run sudo ./install.sh (or dpkg-reconfigure imagebed), which takes away what a node has more") }
    }
}

/// Shows one progress bar for each step.
private final class MoveBars {
    private var bar: (step: SiteMove.Step, bar: ProgressBar)?

    func show(_ step: SiteMove.Step, _ done: Int, _ all: Int) {
        if bar?.step != step {
            end()
            bar = (step, ProgressBar(of: step.rawValue))
        }
        bar?.bar.show(done, of: all)
    }

    func end() {
        bar?.bar.end()
        bar = nil
    }
}
