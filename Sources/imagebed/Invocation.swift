// The command line, parsed by the declaration of its command.

import Database
import Disk
import Process
import Site

/// One call of a command.
struct Invocation {
    private(set) var operands: [String] = []
    private var values: [String: String] = [:]

    /// The data folder of an installed package.
    static let usualDataFolder = "/var/lib/imagebed"

    /// - Throws: `CommandFailure`, `.usage`.
    init(_ arguments: [String], of command: Command) throws {
        var rest = arguments[...]
        var takesOptions = true
        while let argument = rest.popFirst() {
            if takesOptions, argument == "--" {
                takesOptions = false
            } else if takesOptions, argument.hasPrefix("-"), argument != "-" {
                try readOption(argument, &rest, of: command)
            } else {
                operands.append(argument)
            }
        }
        guard asksForHelp || operands.count == command.operands.count else {
            throw CommandFailure(.usage, "usage: \(command.usage)")
        }
    }

    private mutating func readOption(_ argument: String, _ rest: inout ArraySlice<String>, of command: Command) throws {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let name = parts[0] == "-h" ? Option.help.name : parts[0]
        guard let option = command.options.first(where: { $0.name == name }) else {
            throw CommandFailure(.usage, "\(command.name) has no option \(name): see imagebed \(command.name) --help")
        }
        guard values[name] == nil else { throw CommandFailure(.usage, "\(name) stands there twice") }
        guard let value = option.value else {
            guard parts.count == 1 else { throw CommandFailure(.usage, "\(name) takes no value") }
            values[name] = ""
            return
        }
        guard let given = parts.count == 2 ? parts[1] : rest.popFirst() else {
            throw CommandFailure(.usage, "\(name) needs a value: \(name) \(value)")
        }
        let more = given == option.longValue && rest.first?.hasPrefix("-") == false ? rest.popFirst() : nil
        values[name] = given + (more.map { " " + $0 } ?? "")
    }

    func value(_ option: Option) -> String? { values[option.name] }
    func has(_ option: Option) -> Bool { values[option.name] != nil }

    var asksForHelp: Bool { has(.help) }
    var wantsJSON: Bool { has(.json) }

    /// The selected data folder, whether it exists or not.
    var data: DataFolder {
        let named = value(.data) ?? Environment["IMAGEBED_DATA"] ?? ""
        return DataFolder(named.isEmpty ? Invocation.usualDataFolder : named)
    }

    /// Opens the site with the rights of its owner.
    ///
    /// - Throws: `CommandFailure`, `.failed`, if there is none, or its database needs a migration.
    func site() throws -> Site {
        try becomeOwnerOfSite()
        return try Site(data: data)
    }

    /// The same for what timers run and others do later: while rows are moved to another database it ends.
    ///
    /// - Throws: `CommandFailure`, also `.done`.
    func siteToChange() throws -> Site {
        let site = try site()
        guard try !site.database.refusesChanges else { throw CommandFailure(.done, "\(DatabaseError.movingWords): the next run does what this one was to do") }
        return site
    }

    /// - Throws: `CommandFailure`, `.failed`, if there is no site.
    func becomeOwnerOfSite() throws {
        let data = data
        try ServiceUser.become(ownerOf: data)
        if let refusal = FileSystem.refusal(at: data.mark) {
            guard !refusal.isForbidden else { throw CommandFailure(.failed, "\(data.mark): \(refusal.reason)") }
            throw CommandFailure(.failed, "there is no site in \(data.path) (\(data.mark): \(refusal.reason)): "
                + "name its folder with --data, or make one with imagebed setup --data DIR")
        }
    }
}
