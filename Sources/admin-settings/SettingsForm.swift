// What a request to the settings page asks for.

import HTTP
import Pages
import Settings
import Site
import Text

enum SettingsForm {
    /// - Parameter saved: what the form changed that led here.
    case look(only: Declaration?, saved: SavedSettings?)
    case save(only: Declaration?, [SettingEntry])
    /// The watermark on a sample picture.
    case preview

    /// The field with `KEY-DIGEST` of every value that the form shows, with dots between them.
    static let seenField = "seen"
    /// The field with each change that was asked about and is meant, as `SettingRisk.consent`.
    static let sureField = "sure"
    /// The parameter that asks for a page with one setting alone: for long texts.
    static let onlyParameter = "key"
    /// The parameter that asks for the sample picture.
    static let previewParameter = "preview"
    /// Bytes of a form: what the web server lets through.
    private static let lengthLimit = 1 << 20

    /// - Throws: `Problem` 403 for a form of another site, and for a setting that only the command line changes; 400 for a form that does not
    ///   say from which values it was made.
    init(_ visit: Visit) throws {
        let only = visit.query.first(SettingsForm.onlyParameter).flatMap(Settings.declaration).flatMap { $0.isOfTheCommandLine ? nil : $0 }
        guard visit.request.method == .post else {
            self = visit.query.first(SettingsForm.previewParameter) != nil ? .preview : .look(only: only, saved: SavedSettings(visit.query))
            return
        }
        let form = try visit.ownForm(limit: SettingsForm.lengthLimit)
        let seen = SettingsForm.seen(form.first(SettingsForm.seenField) ?? "")
        self = .save(only: only, try Settings.declarations.compactMap { try SettingEntry($0, form, seen) })
    }

    var only: Declaration? {
        switch self {
        case .look(let only, _), .save(let only, _): only
        case .preview: nil
        }
    }

    private static func seen(_ text: String) -> [String: String] {
        let pairs = text.split(separator: ".").map { $0.split(separator: "-", maxSplits: 1).map(String.init) }.filter { $0.count == 2 }
        return Dictionary(pairs.map { ($0[0], $0[1]) }) { $1 }
    }
}

/// A setting as a form sent it.
struct SettingEntry {
    let declaration: Declaration
    let text: String
    /// The digest of the value from which the form was made.
    private let seen: String
    /// Whether the person knows what the change may do.
    let isSure: Bool

    /// nil if the form does not have the setting.
    fileprivate init?(_ declaration: Declaration, _ form: Query, _ seen: [String: String]) throws {
        // A switch sends "off" before "on".
        guard let text = form.all(declaration.key).last else { return nil }
        guard !declaration.isOfTheCommandLine else {
            throw Problem(.forbidden, says: "\(declaration.key) is changed by the command line only")
        }
        guard let digest = seen[declaration.key] else { throw Problem(.badRequest, says: "The form does not say which \(declaration.key) it shows") }
        (self.declaration, self.text, self.seen) = (declaration, FormValue.lines(of: text), digest)
        let consent = FormValue(SettingRisk.consent(declaration.key, text))
        isSure = form.all(SettingsForm.sureField).contains { FormValue($0) == consent }
    }

    /// Whether the person changed it.
    var isChanged: Bool { FormValue(text).digest != seen }

    /// Whether somebody else changed it since the form was made.
    func hasMoved(in settings: Settings) -> Bool { FormValue(declaration.value(in: settings)).digest != seen }
}

extension Declaration {
    var isOfTheCommandLine: Bool { Settings.keysOfTheCommandLine.contains(key) }
}
