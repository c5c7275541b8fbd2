// `imagebed settings …`: shows and changes settings.

import Administration
import JSONText
import Settings

extension Command {
    static let settingsGet = Command("settings get KEY", "Show one setting.", options: [.json]) { invocation in
        let declaration = try known(invocation.operands[0])
        let value = declaration.value(in: try invocation.site().settings)
        if invocation.wantsJSON { Output.json(declaration.json(value)) } else { Output.line(value) }
    }

    static let settingsSet = Command(
        "settings set KEY VALUE", "Change one setting.",
        details: "It counts from the next request. What the web server has to know it takes by itself a little later, which is said then."
    ) { invocation in
        try SettingChange(invocation.operands[0], invocation.operands[1]).make(invocation)
    }

    static let settingsLoad = Command(
        "settings load KEY FILE", "Change one setting to what a file holds.",
        details: "For long texts, such as terms and head_html. FILE may be - for standard input. Line breaks at its end do not count."
    ) { invocation in
        let declaration = try known(invocation.operands[0])
        try SettingChange(declaration.key, TextFile(invocation.operands[1]).text).make(invocation)
    }
}

extension SettingChange {
    /// Values with more characters are not repeated in the answer.
    private static let repeated = 200

    fileprivate func make(_ invocation: Invocation) throws {
        let site = try invocation.site()
        let isOfTheWebServer = try Administration(site).change([self])
        Output.line("\(key) is \(value.isEmpty ? "empty" : value.count > SettingChange.repeated ? "a text of \(value.count) characters" : value) now")
        if isOfTheWebServer { Output.remark(webServerAdvice) }
        if try site.settings.textsWithIdleScripts.contains(key) { Output.remark(idleScriptsAdvice) }
    }
}

/// What an operator has to know who sets a text with scripts.
let idleScriptsAdvice = "scripts in it do not run: they could do all that a visitor or an administrator can; imagebed settings set operator_scripts on lets them"

/// When a change of a setting takes effect in the web server.
let webServerAdvice = "the web server takes it by itself within 5 seconds (without systemd: within a minute); sudo imagebed reload does it at once"

extension Command {
    static let settingsList = Command("settings list", "Show all settings.", options: [.json]) { invocation in
        let settings = try invocation.site().settings
        let values = Settings.declarations.map { ($0, $0.value(in: settings)) }
        if invocation.wantsJSON { return Output.json(.object(values.map { ($0.key, $0.json($1)) })) }
        Output.lines(Columns.text([["KEY", "VALUE", "A NEW SITE HAS"]] + values.map { declaration, value in
            [declaration.key, value, value == declaration.initial ? "the same" : declaration.initial]
        }))
    }

    static let settingsDocs = Command("settings docs", "Print the manual of all settings in Markdown.") { _ in
        Output.lines(String(Settings.manual.dropLast()))
    }
}

private func known(_ key: String) throws -> Declaration {
    guard let declaration = Settings.declaration(of: key) else { throw SettingError.unknownKey(key) }
    return declaration
}

extension Declaration {
    /// Numbers as JSON numbers, so that scripts need not parse "50MB".
    fileprivate func json(_ value: String) -> JSONValue {
        switch kind {
        case .bool: .bool(value == "on")
        case .bytes: JSONValue(ByteCount.parse(value))
        case .integer: JSONValue(Int(value))
        case .choice, .text, .optionalText, .folderURL, .timeZone, .url, .urls, .color, .addresses: .string(value)
        }
    }
}
