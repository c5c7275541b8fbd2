// `imagebed assets-digest`: the installer gives its answer to the web server and to responders.

import WebServer

extension Command {
    static let assetsDigest = Command(
        "assets-digest DIR", "Print the digest in the addresses of the pages' scripts and styles (install.sh).",
        details: "Eight digits over names and contents of the folder's files; nothing if there is no such folder."
    ) { invocation in
        if let digest = try AssetsDigest.of(invocation.operands[0]) { Output.line(digest) }
    }
}
