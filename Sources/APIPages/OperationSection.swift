// One operation on the API page: fields, samples, answers, errors, and a form that sends a real request.

import HTML
import Media
import Settings
import Words

struct OperationSection {
    let operation: APIOperation
    let page: APIPage

    init(_ operation: APIOperation, on page: APIPage) { (self.operation, self.page) = (operation, page) }

    private var words: APIWords { page.words }

    private func text(_ path: APIText) -> String { page.frame.words[keyPath: path] }

    var markup: Markup {
        """
        <section class="card" aria-labelledby="\(operation.id)">
        <h3 id="\(operation.id)">\(text(operation.title))</h3>
        <p><code>\(operation.method.name) \(operation.path.text)</code></p>
        <p>\(text(operation.summary))</p>
        \(fields)\(formats)\(samples)\(answers)\(errors)\(trial)</section>

        """
    }

    /// Resumable uploads take several requests; a form sends one.
    private var trial: Markup? { operation.path == .resumable ? nil : TrialForm(operation, on: page).markup }

    // Fields

    private var fields: Markup? {
        guard !operation.fields.isEmpty else { return nil }
        return """
            <div class="scroll" role="region" aria-label="\(words.parameters): \(text(operation.title))" tabindex="0">
            <table>
            <caption>\(words.parameters)</caption>
            <thead><tr><th scope="col">\(words.parameter)</th><th scope="col">\(words.place)</th><th scope="col">\(words.type)</th>\
            <th scope="col">\(words.meaning)</th></tr></thead>
            <tbody>
            \(operation.fields.map(row))</tbody>
            </table>
            </div>

            """
    }

    private func row(_ field: APIField) -> Markup {
        let required: Markup? = field.isRequired ? " <strong>\(words.required)</strong>" : nil
        let place = switch field.place {
        case .query: words.inQuery
        case .header: words.inHeader
        case .body: words.inBody
        }
        return """
            <tr><td><code>\(field.name)</code>\(required)</td><td>\(place)</td><td>\(field.type.name(words))</td><td>\(text(field.meaning))</td></tr>

            """
    }

    private var formats: Markup? {
        guard operation.fields.contains(where: { $0.type == .file }) else { return nil }
        let settings = page.frame.settings
        let videos: Markup? = settings.videoUpload
            ? line(words.videoTypes, OperationSection.extensions(of: .video), upTo: settings.videoMaxBytes) : nil
        return "\(line(words.pictureTypes, OperationSection.extensions(of: .image), upTo: settings.imageMaxBytes))\(videos)"
    }

    private func line(_ title: String, _ extensions: String, upTo bytes: Int) -> Markup {
        "<p>\(title): \(extensions) (≤ \(APIPage.size(bytes)))</p>\n"
    }

    private static func extensions(of kind: MediaKind) -> String {
        MediaType.allCases.filter { $0.kind == kind }.flatMap(\.fileExtensions).joined(separator: ", ")
    }

    // Samples and answers

    private var samples: Markup? {
        guard !operation.samples.isEmpty else { return nil }
        let tabs = operation.samples.map { sample -> Markup in
            "<section>\n<h4>\(sample.kind.rawValue)</h4>\n\(page.snippet(sample, id: "\(operation.id)-\(sample.kind.rawValue.lowercased())"))</section>\n"
        }
        return "<div class=\"tabbed\" data-label=\"\(words.samples)\">\n\(tabs)</div>\n"
    }

    private var answers: [Markup] {
        operation.answers.flatMap(\.examples).map { example in
            """
            <h4>\(text(example.title))</h4>
            <pre data-example="\(operation.id)" tabindex="0">\(example.text.replacing("{base}", with: page.base))</pre>

            """
        }
    }

    private var errors: Markup? {
        guard !operation.refusals.isEmpty else { return nil }
        return """
            <details class="fold">
            <summary>\(words.ownErrors)</summary>
            \(page.errorTable(operation.refusals, operation.errors, caption: "\(words.ownErrors): \(text(operation.title))"))</details>

            """
    }
}

extension APIFieldType {
    /// For the table of fields: "int, 1 – 100".
    fileprivate func name(_ words: APIWords) -> String {
        switch self {
        case .file: "File"
        case .text(let bytes): bytes > 1024 ? "string" : "string, \(words.atMost(bytes: bytes))"
        case .characters(let count): "string, \(words.atMost(characters: count))"
        case .integer(let range, let initial):
            (["int"] + (range.upperBound > 10_000 ? [] : [words.range(range)]) + (initial.map { [words.initially("\($0)")] } ?? []))
                .joined(separator: ", ")
        case .choice(let choices, let initial): choices.joined(separator: " / ") + (initial.map { ", \(words.initially($0))" } ?? "")
        case .flag: "bool"
        case .json(let bytes): "object/string, ≤ \(APIPage.size(bytes))"
        }
    }
}
