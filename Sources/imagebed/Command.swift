// The declaration of a command: its name, operands, options and action. Help texts and usage errors are generated from it, so they match
// what is parsed.

/// One option of a command; without `value` it is a flag.
struct Option {
    let name: String
    let value: String?
    let help: String
    /// A value that is followed by another word.
    let longValue: String?

    init(_ name: String, _ value: String? = nil, longValue: String? = nil, _ help: String) {
        self.name = name
        self.value = value
        self.longValue = longValue
        self.help = help
    }

    static let data = Option("--data", "DIR", "the data folder; else IMAGEBED_DATA, else \(Invocation.usualDataFolder)")
    static let json = Option("--json", nil, "answer in JSON")
    static let help = Option("--help", nil, "show this and do nothing")
    static let ofEveryCommand = [data.name, help.name]
}

/// One command.
struct Command {
    let words: [String]
    let operands: [String]
    /// One line for the overview.
    let summary: String
    /// The rest of the help text.
    let details: String
    let options: [Option]
    /// Whether timers, cron or units start it: during an upgrade it waits, and where that lasts too long, the next run does its work.
    let comesByItself: Bool
    let run: @Sendable (Invocation) throws -> Void

    /// - Parameter usage: the command's words and its operands in capitals: "user add NAME".
    init(_ usage: String, _ summary: String, details: String = "", options: [Option] = [], comesByItself: Bool = false,
         run: @escaping @Sendable (Invocation) throws -> Void) {
        let parts = usage.split(separator: " ").map(String.init)
        words = parts.filter { $0.first?.isLowercase == true }
        operands = parts.filter { $0.first?.isLowercase == false }
        self.summary = summary
        self.details = details
        self.options = options + [.data, .help]
        self.comesByItself = comesByItself
        self.run = run
    }

    var name: String { words.joined(separator: " ") }

    var usage: String { (["imagebed"] + words + operands).joined(separator: " ") + " [OPTIONS]" }

    var help: String {
        let rows = options.map { ["  \($0.name)\($0.value.map { " " + $0 } ?? "")", $0.help] }
        return """
            Usage: \(usage)

            \(summary)
            \(details.isEmpty ? "" : "\n\(details)\n")
            Options:
            \(Columns.text(rows))
            \(ExitCode.help)
            \(ServiceUser.help)

            """
    }
}

/// Exit codes.
enum ExitCode: Int32 {
    case done = 0, failed = 1, usage = 2, notFound = 3, exists = 4

    static let help = """
        Exit codes: 0 done, 1 failed, 2 not understood or not allowed, 3 there is no such thing, 4 it exists already.
        """
}

/// A command failed.
struct CommandFailure: Error {
    let code: ExitCode
    let message: String

    init(_ code: ExitCode, _ message: String) {
        self.code = code
        self.message = message
    }
}
