// One method of one path in openapi.json. Methods that the table of operations does not describe by themselves (HEAD, OPTIONS, and POST where
// GET does the same) are derived from the one that it does.

import HTTP
import JSONText
import Paths
import Words

struct DescribedMethod: Sendable {
    private enum Role { case itself, twin, preflight }

    let operation: APIOperation
    private let method: HTTP.Method
    private let role: Role

    /// The methods of a path.
    static func all(of path: Path) -> [DescribedMethod] {
        let described = APIOperation.all.filter { $0.path == path }
        guard let first = described.first, let endpoint = Endpoint.all.first(where: { $0.paths.contains { $0.path == path } }) else { return [] }
        let own = described.map { DescribedMethod(operation: $0, method: $0.method, role: .itself) }
        // EasyImages' forms take any method for an upload.
        let methods = endpoint.methods + (first.errors == .easyImages ? [.put, .patch, .delete] : [])
        let twins = methods.filter { method in !described.contains { $0.method == method } }.map { method in
            DescribedMethod(operation: described.first { $0.method == .get && method == .head } ?? first, method: method, role: .twin)
        }
        // Where the table of paths names OPTIONS, the program answers it like any other method.
        let hasPreflight = !endpoint.methods.contains(.options)
        return own + twins + (hasPreflight ? [DescribedMethod(operation: first, method: .options, role: .preflight)] : [])
    }

    var methodName: String { method.name.lowercased() }

    func json(_ shared: inout SharedResponses) -> JSONValue {
        let responses = responses.map { ("\($0.status)", shared.reference($0.json)) }
        return .object(head + [("responses", .object(responses))])
    }

    private var head: [(String, JSONValue)] {
        let id = role == .itself ? operation.id : operation.id + method.name.capitalized
        guard role != .preflight else { return [("operationId", .string(id)), ("summary", "The methods of the path."), ("security", [])] }
        let words = Words.of(.en)
        let texts: [(String, JSONValue)] = [
            ("operationId", .string(id)), ("summary", .string(words[keyPath: operation.title])),
            ("description", .string(words[keyPath: operation.summary])), ("security", operation.security),
        ]
        let parameters = operation.parameters
        let body = role == .itself ? operation.requestBody : nil
        return texts + (parameters.isEmpty ? [] : [("parameters", .array(parameters))]) + (body.map { [("requestBody", $0)] } ?? [])
    }

    /// By status.
    var responses: [(status: Int, json: JSONValue)] {
        switch role {
        case .itself, .twin: method == .head ? operation.responses.map { ($0.status, $0.json.withoutContent) } : operation.responses
        case .preflight: [(204, operation.errors == .text ? DescribedMethod.methodsAnswer : DescribedMethod.preflightAnswer)] + APIRefusal.responses(refusalsOfPreflight, .plain)
        }
    }

    /// That of resumable uploads tells settings too.
    private var refusalsOfPreflight: [APIRefusal] {
        (operation.errors == .resumable ? APIRefusal.ofEveryResponder(.plain, failure: "Upload failed") : [])
            + APIRefusal.ofWebServer(.plain)
    }

    /// Where pages of other origins have no business.
    private static let methodsAnswer = APIAnswer(204, "The methods of the path.", type: nil, headers: [
        APIHeader("Allow", "The methods of the path."),
    ]).json

    private static let preflightAnswer = APIAnswer(204, "What pages of other origins may send.", type: nil, headers: [
        APIHeader("Access-Control-Allow-Methods", "The methods of the path."), APIHeader("Access-Control-Allow-Headers", "The headers that are read."),
        APIHeader("Access-Control-Allow-Origin", "Any."), APIHeader("Access-Control-Max-Age", "Seconds."),
    ]).json
}

extension String {
    fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst().lowercased() }
}

extension JSONValue {
    /// The same object without its member `content`.
    fileprivate var withoutContent: JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { $0.0 != "content" })
    }
}
