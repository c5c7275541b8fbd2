// The field for a new password, and what is said of it: the rule before, the fault or the strength after. With scripts (password.js) the
// strength is told while it is typed.

import Accounts
import HTML
import Words

/// The field for a new password of an account with this role, in a form whose field `user` holds the account's name.
public struct NewPassword: Sendable {
    /// The module that its page needs, with `PasswordWords`.
    public static let module = "password.js"

    private let frame: PageFrame
    private let role: Role

    public init(_ frame: PageFrame, role: Role) { (self.frame, self.role) = (frame, role) }

    /// - Parameters:
    ///   - name: of the field, and its id.
    ///   - more: what the help says beside the rule.
    public func field(_ name: String, _ label: String, more: String? = nil) -> Markup {
        let length = Accounts.passwordLength(role)
        let help = ([frame.words.password.help(length)] + [more].compactMap { $0 }).joined(separator: " · ")
        return """
            <div class="field"><label for="\(name)">\(label)</label><div class="joined">\
            <input name="\(name)" id="\(name)" type="password" autocomplete="new-password" required aria-describedby="\(name)-help" \
            data-least="\(length.lowerBound)" data-most="\(length.upperBound)" data-strength="\(name)-strength">\
            <button type="button" class="scripted" data-show="\(name)">\(frame.words.common.show)</button></div>\
            <span class="help" id="\(name)-help">\(help)</span><output class="strength" id="\(name)-strength" for="\(name)"></output></div>

            """
    }
}

extension PasswordWords {
    /// Why a new password is refused.
    public func text(for fault: PasswordFault) -> String {
        switch fault {
        case .length(let role): badLength(Accounts.passwordLength(role))
        case .hasNUL: badCharacter
        case .isName: isName
        case .isCommon: isCommon
        }
    }

    /// "一般"
    public func word(for strength: PasswordStrength) -> String {
        switch strength {
        case .weak: weak
        case .fair: fair
        case .good: good
        case .strong: strong
        }
    }
}
