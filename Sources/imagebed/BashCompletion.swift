// What bash offers after a part of a command line of imagebed, made from the declarations of the commands.

struct BashCompletion {
    let commands: [Command]

    /// The script that bash-completion loads. After an option that takes a value, and for operands, bash offers files.
    var text: String {
        """
        # Completion for imagebed(1), made by imagebed help --bash-completion.

        _imagebed() {
            local before=" ${COMP_WORDS[*]:1:COMP_CWORD-1} " choices=''
            case $before in
        \(cases.joined(separator: "\n"))
            esac
            mapfile -t COMPREPLY < <(compgen -W "$choices" -- "${COMP_WORDS[COMP_CWORD]}")
        }

        complete -o default -F _imagebed imagebed
        """
    }

    private var cases: [String] {
        let first = unique(commands.map { $0.words[0] }) + ["help", "--version"]
        let valued = valuedOptions.map { "*' \($0) '" }.joined(separator: " | ")
        return ["        \(valued)) ;;", line("'  '", first)] + groups.map { line("' \($0) '", words(after: $0)) } + commands.map { command in
            line("' \(command.name) '*", command.options.map(\.name))
        }
    }

    /// The options after which a value comes, in whatever command.
    private var valuedOptions: [String] {
        let options = commands.flatMap(\.options)
        let flags = Set(options.filter { $0.value == nil }.map(\.name))
        return unique(options.map(\.name)).filter { !flags.contains($0) }
    }

    /// The first words of commands of several words.
    private var groups: [String] { unique(commands.filter { $0.words.count > 1 }.map { $0.words[0] }) }

    private func words(after group: String) -> [String] {
        commands.filter { $0.words.count > 1 && $0.words[0] == group }.map { $0.words[1] }
    }

    private func line(_ pattern: String, _ choices: [String]) -> String {
        "        \(pattern)) choices='\(choices.joined(separator: " "))' ;;"
    }

    private func unique(_ words: [String]) -> [String] {
        words.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
