// A form that sends a real request. Without scripts the browser shows the answer as it is; api.js shows it below the form, and sends
// keys in their header and methods that forms do not have.

import HTML
import HTTP
import Words

struct TrialForm {
    private let operation: APIOperation
    private let page: APIPage

    init(_ operation: APIOperation, on page: APIPage) { (self.operation, self.page) = (operation, page) }

    private var words: APIWords { page.words }

    var markup: Markup {
        """
        <details class="fold">
        <summary>\(words.tryIt)</summary>
        \(notice)<form class="stacked trial" method="\(sendsBody ? "post" : "get")" action="\(page.frame.links.address(operation.path))" \
        data-method="\(operation.method.name)"\(encoding)\(needsScript ? " hidden" : "")>
        \(inputs)\(key)<div class="actions"><button class="primary">\(words.trySend)</button></div>
        <div class="result" role="status" aria-label="\(words.result)"></div>
        </form>
        </details>

        """
    }

    private var sendsBody: Bool { operation.method == .post }
    /// Forms know two methods.
    private var needsScript: Bool { operation.method == .delete }
    private var hasFile: Bool { operation.fields.contains { $0.type == .file } }

    private var encoding: Markup? { hasFile ? " enctype=\"multipart/form-data\"" : nil }

    private var notice: Markup? { hasFile ? "<p class=\"notice warn\">\(words.tryWarning)</p>\n" : nil }

    /// The first of several names of the file is enough; the key has a field of its own.
    private var inputs: [Markup] {
        let fields = operation.fields.filter { $0.place != .header && $0.name != "token" }
        return fields.filter { $0.type != .file || $0.isRequired }.map(input)
    }

    private func input(_ field: APIField) -> Markup {
        let id = "\(operation.id)-\(field.name)"
        let required: Markup? = field.isRequired ? " required" : nil
        let control: Markup = switch field.type {
        case .file: "<input id=\"\(id)\" type=\"file\" name=\"\(field.name)\"\(required)>"
        case .json: "<textarea id=\"\(id)\" class=\"code\" name=\"\(field.name)\" spellcheck=\"false\"\(required)></textarea>"
        case .integer: "<input id=\"\(id)\" name=\"\(field.name)\" inputmode=\"numeric\"\(required)>"
        case .choice(let choices, _): select(field, id, choices, required)
        case .flag: select(field, id, ["0", "1"], required)
        case .text, .characters: "<input id=\"\(id)\" name=\"\(field.name)\" autocomplete=\"off\"\(required)>"
        }
        return """
            <div class="field">
            <label for="\(id)"><code>\(field.name)</code></label>
            \(control)
            </div>

            """
    }

    private func select(_ field: APIField, _ id: String, _ choices: [String], _ required: Markup?) -> Markup {
        let options = ((field.isRequired ? [] : [""]) + choices).map { "<option>\($0)</option>" as Markup }
        return "<select id=\"\(id)\" name=\"\(field.name)\"\(required)>\(options)</select>"
    }

    /// Never sent in an address: where the request has no body, only the script sends it, as a header, which holds no other letters than
    /// those of ASCII (Fetch, section 5.2, converts to ByteString).
    private var key: Markup? {
        guard operation.access != .anyone else { return nil }
        let id = "\(operation.id)-key"
        let name: Markup = sendsBody ? " name=\"token\"" : " data-key pattern=\"\\s*[!-~]*\\s*\" title=\"\(words.tryKeyLetters)\""
        return """
            <div class="field\(sendsBody ? "" : " scripted")">
            <label for="\(id)">\(words.tryKey)</label>
            <input id="\(id)" type="password"\(name) autocomplete="off" spellcheck="false">
            </div>

            """
    }
}
