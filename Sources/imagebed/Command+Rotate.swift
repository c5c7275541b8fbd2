// `imagebed rotate`: rotates the log of views. It runs as root, so that no other user needs write access to the log.

import Disk
import Process
import Site

private let owner = Option("--owner", "USER:GROUP", "make folder and log where they are missing, and give the log to the web server's user and the "
    + "service's group")

extension Command {
    static let rotate = Command(
        "rotate", "Rotate the log of views when it is over 16 MB.",
        details: """
            Root does that before each imagebed tally: the log becomes views.log.1, the former one views.log.2, and the web server reopens its log.
            imagebed tally counts the views in all three.
            """,
        options: [owner]
    ) { invocation in
        let path = ViewLogFolder.path(of: invocation.data)
        let given = try invocation.value(owner).map(account)
        if given != nil { try FileSystem.makeFolder(path, mode: 0o711) }
        guard let folder = ViewLogFolder(path) else {
            throw CommandFailure(.failed, "\(path) is no folder that \(ServiceUser.current) alone may change: run install.sh again, or remove it")
        }
        if let given {
            try folder.open(to: 0o711)
            try folder.makeLog(mode: 0o640, owner: given)
        }
        if try folder.rotate(for: invocation.data) { Output.line("put \(invocation.data.viewLog) aside") }
    }
}

private func account(_ text: String) throws -> User {
    let names = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard names.count == 2, let user = User(named: names[0]), let group = User.group(named: names[1]) else {
        throw CommandFailure(.usage, "\(owner.name): \"\(text)\" are no user and group of this machine")
    }
    return User(id: user.id, group: group)
}
