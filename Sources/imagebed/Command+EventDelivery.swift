// `imagebed events deliver`, which the unit imagebed-events.service or the start script runs, and `imagebed events run`, which it starts
// itself: one process with the database and without receivers, one with receivers and without the database.

import Events
import Glibc
import Process
import Site

private let receiversUser = Option("--user", "NAME", "as whom receivers run, if root starts this; \(usualUser) when left out")
private let trusted = Option("--trust", "UID", "whose receivers are run besides root's")
private let usualUser = "imagebed-events"

extension Command {
    static let eventsDeliver = Command(
        "events deliver", "Deliver events to receivers, until there are none.",
        details: """
            An installed site runs this by itself. Started by root, it reads the database as the site's user, and receivers run as \(usualUser),
            who may not enter the data folder. Started by somebody else, receivers have that user's rights.
            """,
        options: [.receivers, receiversUser], comesByItself: true
    ) { invocation in
        let folder = invocation.receiverFolder
        let runner = try startRunner(folder, invocation)
        try invocation.becomeOwnerOfSite()
        guard let turn = try EventDeliverer.turn(on: invocation.data) else {
            throw CommandFailure(.failed, "another imagebed events deliver is at work")
        }
        try withExtendedLifetime((turn, runner.process)) { try EventDeliverer(Site(data: invocation.data), folder, runner.line).run() }
    }

    static let eventsRun = Command(
        "events run", "Run receivers for imagebed events deliver, which starts this.", options: [.receivers, trusted]
    ) { invocation in
        guard let path = invocation.value(.receivers) else { throw CommandFailure(.usage, "imagebed events deliver starts this") }
        let trust = invocation.value(trusted).flatMap { UInt32($0) }
        guard chdir("/") == 0 else { throw CommandFailure(.failed, "there is no way to /") }
        // Who has gone needs no answer.
        signal(SIGPIPE, SIG_IGN)
        try ReceiverRunner(ReceiverFolder(path, trusting: trust), ReceiverLine(reading: STDIN_FILENO, writing: STDOUT_FILENO)).run()
    }
}

/// Starts the process that runs receivers, with the rights of their user.
private func startRunner(_ folder: ReceiverFolder, _ invocation: Invocation) throws -> (process: RunningProcess, line: ReceiverLine) {
    signal(SIGPIPE, SIG_IGN)
    let ends = try RunningProcess.Ends.connection()
    defer { close(ends.other) }
    var words = ["\(Site.folderOfThisProgram)/imagebed", "events", "run", "--receivers", folder.path]
    if let trusted = folder.trusted { words += ["--trust", "\(trusted)"] }
    // (The journal's mark, by which its lines have their priorities.)
    let environment = Environment["JOURNAL_STREAM"].map { ["JOURNAL_STREAM=\($0)"] } ?? []
    let process = try RunningProcess(asReceivers(invocation.value(receiversUser)) + words, environment: environment,
                                     streams: (ends.other, ends.other, STDERR_FILENO))
    return (process, ReceiverLine(reading: ends.one, writing: ends.one))
}

/// The words in front of a command that is to have the rights of the receivers' user, of whom nothing comes back.
private func asReceivers(_ named: String?) throws -> [String] {
    guard User.isRoot else {
        if named != nil { throw CommandFailure(.usage, "only root can run receivers as somebody else") }
        return []
    }
    let name = named ?? usualUser
    guard let user = User(named: name), user.id != 0 else {
        throw CommandFailure(.failed, "there is no user \(name), as whom receivers would run: run install.sh again, "
            + "or useradd --system --user-group --home-dir /nonexistent --shell /usr/sbin/nologin \(name)")
    }
    return ["/usr/bin/setpriv", "--reuid", "\(user.id)", "--regid", "\(user.group)", "--clear-groups", "--no-new-privs", "--inh-caps=-all", "--"]
}
