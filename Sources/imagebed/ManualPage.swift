// imagebed(1) in roff (man(7)), made from the declarations that help texts are made from.

import Site

struct ManualPage {
    let commands: [Command]

    /// The whole page.
    var text: String {
        ([head, ".SH COMMANDS"] + commands.map(section) + [foot]).joined(separator: "\n")
    }

    private var head: String {
        """
        .TH IMAGEBED 1 "" "ImageBed \(Roff.text(Release.number))" "ImageBed"
        .SH NAME
        imagebed \\- manage an ImageBed site
        .SH SYNOPSIS
        .B imagebed
        .I COMMAND
        .RI [ OPTIONS ]
        .br
        .B imagebed \\-\\-version
        .SH DESCRIPTION
        \(Roff.text(CommandLineTool.introduction))
        \(Roff.text(CommandLineTool.whichSite))
        \(Roff.text(ServiceUser.help))
        """
    }

    private func section(of command: Command) -> String {
        let title = ".SS \(Roff.text((command.words + command.operands).joined(separator: " ")))"
        let own = command.options.filter { !Option.ofEveryCommand.contains($0.name) }
        return ([title, Roff.text(command.summary), Roff.text(command.details)] + own.map(entry)).filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func entry(of option: Option) -> String {
        ".TP\n\\fB\(Roff.text(option.name))\\fR\(option.value.map { " \\fI\(Roff.text($0))\\fR" } ?? "")\n\(Roff.text(option.help))"
    }

    private var foot: String {
        """
        .SH OPTIONS
        Each command takes these too.
        \([Option.data, .help].map(entry).joined(separator: "\n"))
        .SH EXIT STATUS
        \(Roff.text(ExitCode.help))
        .SH ENVIRONMENT
        .TP
        .B IMAGEBED_DATA
        the data folder
        .SH SEE ALSO
        .IR /usr/share/doc/imagebed/README.md.gz
        """
    }
}

/// Text as roff prints it.
enum Roff {
    /// No character of the text is an escape or begins a request; its lines stay lines, and what they have in front is kept.
    static func text(_ text: String) -> String {
        text.split(separator: "\n").map { line in
            let escaped = line.map(escape).joined()
            return escaped.hasPrefix(".") ? "\\&" + escaped : escaped
        }.joined(separator: "\n")
    }

    private static func escape(_ character: Character) -> String {
        switch character {
        case "\\": "\\e"
        case "-": "\\-"
        case "'": "\\(aq"
        default: String(character)
        }
    }
}
