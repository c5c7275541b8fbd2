// `imagebed paths`: prints the table of paths for the manual and for the installer.

import Paths
import WebServer

private let responders = Option(
    "--responders", nil, "only the programs, how many processes each has at most, and how many where nothing starts them on demand (install.sh)")
private let fill = Option("--fill", nil, "fill in what the table knows in a template of the web server's on standard input (install.sh)")

extension Command {
    static let paths = Command("paths", "Print the manual of all paths in Markdown.", options: [responders, fill]) { invocation in
        if invocation.has(responders) {
            for endpoint in Endpoint.all { Output.line("\(endpoint.name) \(endpoint.processes) \(endpoint.residents)") }
        } else if invocation.has(fill) {
            while let line = readLine() { Output.lines(try PathTemplate(text: line).filled()) }
        } else {
            Output.lines(String(Endpoint.manual.dropLast()))
        }
    }
}
