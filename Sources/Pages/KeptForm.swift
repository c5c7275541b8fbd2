// A form that was sent when its session had ended. Without scripts the sign-in page holds its fields, and asks after signing in whether to
// send them. (With scripts session.js asks for the password before the form is sent.)

import Accounts
import HTML
import HTTP
import Settings
import Site
import Text

/// The fields of a form that waits for its sender to sign in.
public struct KeptForm: Sendable {
    /// The field of the sign-in form that holds the fields, encoded as in the body of a form.
    public static let field = "kept"

    /// Bytes of the encoded fields. Browsers encode them once more, which must stay below `Query.lengthLimit`: of three bytes five at most.
    private static let lengthLimit = 16_384

    private let fields: [(name: String, value: String)]

    /// The form of a request, whose body has not been read; nil if it is not from a page of this site, because a page of another site must not
    /// put words into the mouth of whoever signs in here; and nil if it is too long, or has a password or a key, which stand in no page.
    init?(_ visit: Visit) {
        guard (try? visit.credentials.source) == .ownPage, visit.request.contentType.hasPrefix("application/x-www-form-urlencoded"),
              let form = try? visit.request.form() else { return nil }
        self.init(form)
    }

    /// - Parameter text: the field of the sign-in form.
    public init?(text: String) { self.init(Query(text)) }

    private init?(_ form: Query) {
        guard !form.pairs.contains(where: { KeptForm.isSecret($0.name) && !$0.value.isEmpty }) else { return nil }
        fields = form.pairs.filter { $0.name != FormToken.field && !KeptForm.isSecret($0.name) }
        guard !fields.isEmpty, text.utf8.count <= KeptForm.lengthLimit else { return nil }
    }

    private static func isSecret(_ name: String) -> Bool { name.contains("password") || ["current", "new", "key", "token", "code"].contains(name) }

    private var text: String {
        fields.map { "\(KeptForm.encode($0.name))=\(KeptForm.encode($0.value))" }.joined(separator: "&")
    }

    private static func encode(_ text: String) -> String { PercentCoding.encode(text, butNot: PercentCoding.isUnreserved) }

    var hiddenField: Markup { KeptForm.hidden(KeptForm.field, text) }

    private static func hidden(_ name: String, _ value: String) -> Markup { "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">\n" }

    /// The form with its fields, hidden, and the question whether to send it.
    ///
    /// - Parameters:
    ///   - action: where it was sent to.
    ///   - frame: of the account that signed in.
    public func question(sentTo action: OwnPath, _ frame: PageFrame) -> Markup {
        let words = frame.words.signIn
        return """
            <p class="notice ok" role="status">\(words.formWaits)</p>
            <form class="actions" method="post" action="\(action.text)">
            \(frame.visitor.tokenField)\(fields.map { KeptForm.hidden($0.name, $0.value) })\
            <button class="primary">\(words.sendForm)</button> \
            <a class="button" href="\(page(frame.settings.baseURL)?.text ?? action.text)">\(words.leaveForm)</a>
            </form>
            """
    }

    /// The page that has the form, if the form names it.
    func page(_ site: BaseURL) -> OwnPath? {
        fields.first { $0.name == PageFrame.backField }.flatMap { OwnPath($0.value, of: site) }
    }
}
