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
        let change = try SettingChange(invocation.operands[0], invocation.operands[1])
        let isOfTheWebServer = try Administration(invocation.site()).change([change])
        Output.line("\(change.key) is \(change.value.isEmpty ? "empty" : change.value) now")
        if isOfTheWebServer { Output.remark(webServerAdvice) }
    }
}

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
        case .choice, .text, .optionalText, .folderURL, .timeZone, .url, .urls, .color: .string(value)
        }
    }
}
