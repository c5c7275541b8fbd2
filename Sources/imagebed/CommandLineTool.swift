// Finds and runs the command, and converts every error to one line with a remedy and an exit code.

import Accounts
import Administration
import Backup
import Database
import Disk
import Settings
import Site
import SyncStore
import Takeover

struct CommandLineTool {
    let commands: [Command]

    /// - Returns: the exit code.
    func run(_ arguments: [String]) -> Int32 {
        switch arguments.first {
        case "help", "--help", "-h":
            Output.lines(help(arguments.dropFirst().first))
            return ExitCode.done.rawValue
        case "--version":
            Output.line(Release.text)
            return ExitCode.done.rawValue
        default: break
        }
        guard let command = command(for: arguments) else {
            for line in unknown(arguments).split(separator: "\n", omittingEmptySubsequences: false) { Output.remark(String(line), .error) }
            return ExitCode.usage.rawValue
        }
        do {
            let invocation = try Invocation(Array(arguments.dropFirst(command.words.count)), of: command)
            if invocation.asksForHelp {
                Output.lines(command.help)
            } else {
                try explaining(command, invocation)
            }
            return ExitCode.done.rawValue
        } catch {
            let failure = CommandFailure(explaining: error)
            if !failure.message.isEmpty { Output.remark("imagebed \(command.name): \(failure.message)", .error) }
            return failure.code.rawValue
        }
    }

    private func command(for arguments: [String]) -> Command? {
        commands.first { arguments.starts(with: $0.words) }
    }

    /// Runs the command, and explains errors with the same remedy in all commands: a missing migration, and missing rights.
    private func explaining(_ command: Command, _ invocation: Invocation) throws {
        do {
            if command.comesByItself { waitForUpgrade(command) }
            try command.run(invocation)
        } catch let error as OtherSchema where !error.isNewer && Upgrade.isAtWork {
            let next = command.comesByItself ? "the next run does what this one was to do" : "run this again when it has ended"
            throw CommandFailure(command.comesByItself ? .done : .failed, "an installation is at work, and has not migrated the database yet: \(next)")
        } catch let error as OtherSchema where !error.isNewer {
            throw CommandFailure(.failed, "\(error): migrate it with 'sudo imagebed setup --data \(invocation.data.path)'")
        } catch {
            let failure = CommandFailure(explaining: error)
            guard failure.isAboutPermission, let owner = ServiceUser.owner(of: invocation.data) else { throw error }
            throw CommandFailure(failure.code, "\(failure.message): run this as root or as \(owner), to whom "
                + "\(invocation.data.path) belongs")
        }
    }

    private func waitForUpgrade(_ command: Command) {
        guard Upgrade.isAtWork else { return }
        Output.remark("imagebed \(command.name): an installation is at work; waiting for its end, for \(Upgrade.patienceSeconds) s at most")
        Upgrade.wait()
    }

    private func unknown(_ arguments: [String]) -> String {
        guard let first = arguments.first else { return overview }
        let group = commands.filter { $0.words.first == first }
        if group.isEmpty { return "imagebed has no command \"\(first)\": see imagebed help" }
        return "imagebed \(first) is followed by one of: \(group.map { $0.words[1] }.joined(separator: ", "))\n\(table(of: group))"
    }

    private func table(of commands: [Command]) -> String {
        Columns.text(commands.map { ["  " + ([$0.name] + $0.operands).joined(separator: " "), $0.summary] })
    }

    /// The overview, or what the Debian package makes of the same declarations.
    private func help(_ form: String?) -> String {
        switch form {
        case "--man": ManualPage(commands: commands).text
        case "--bash-completion": BashCompletion(commands: commands).text
        default: overview
        }
    }

    static let introduction = "imagebed manages an ImageBed site."
    static let whichSite = "The site is the folder named with --data, else IMAGEBED_DATA, else\n\(Invocation.usualDataFolder)."

    private var overview: String {
        """
        \(CommandLineTool.introduction)

        \(table(of: commands))

        imagebed --version shows the release and its commit. imagebed COMMAND --help tells more. \(CommandLineTool.whichSite)
        \(ExitCode.help)
        \(ServiceUser.help)
        """
    }
}

extension CommandFailure {
    /// The exit code and message for each library's errors.
    init(explaining error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let error as AccountsError: self.init(error.exitCode, error.description)
        case let error as SettingError: self.init(error.exitCode, error.description)
        case let error as UnknownTimeZone: self.init(.usage, error.description)
        case let error as DatabaseError: self.init(.failed, error.advice)
        case let error as SyncError: self.init(error.exitCode, error.description)
        case let error as SetupError: self.init(.failed, error.description)
        case let error as TakeoverError: self.init(.failed, error.description)
        case let error as BackupError: self.init(.failed, error.description)
        case let error as MoveError: self.init(.failed, error.description)
        case let error as DiskError where error.kind == .full: self.init(.failed, "\(error): make room and try again")
        default: self.init(.failed, "\(error)")
        }
    }

    /// EACCES, EPERM and SQLite's equivalents.
    fileprivate var isAboutPermission: Bool {
        ["Permission denied", "Operation not permitted", "readonly database", "unable to open database"].contains {
            message.contains($0)
        }
    }
}

extension AccountsError {
    fileprivate var exitCode: ExitCode {
        switch self {
        case .nameTaken: .exists
        case .noAccount, .noKey: .notFound
        case .badPassword, .badKeyName, .noScope, .badQuota: .usage
        case .lastAdmin, .unreadableRow, .noHash, .tooManyKeys, .notWaiting, .tooManyWaiting: .failed
        }
    }
}

extension SettingError {
    fileprivate var exitCode: ExitCode {
        switch self {
        case .unknownKey: .notFound
        case .notAllowed, .noAddress, .noNetwork, .tooManyAddresses, .ownFolder, .programFolder: .usage
        }
    }
}

extension DatabaseError {
    fileprivate var advice: String {
        switch kind {
        case .busy: "another process has been writing to the database for too long: try again"
        case .full: "the disk is full: make room and try again"
        case .moving: "\(DatabaseError.movingWords), and nothing is changed meanwhile: try again, or see what imagebed doctor says of it"
        case .corrupt: "the database is damaged (\(message)): stop the site, restore imagebed.db from a backup, and run 'imagebed setup --restored'"
        default: description
        }
    }
}
