// openapi.json, for programs that make clients or tests of it: OpenAPI 3.1 of the same table as the page. Every status of every path is in it,
// also what the web server answers by itself.

import HTTP
import JSONText
import Paths
import Settings
import Words

/// The description of the API in OpenAPI 3.1.
public struct OpenAPI: Sendable {
    private let settings: Settings

    public init(_ settings: Settings) { self.settings = settings }

    /// The whole document.
    public var document: JSONValue {
        var shared = SharedResponses(OpenAPI.operations.flatMap { $0.responses })
        let paths = OpenAPI.paths.map { path in
            (path.text, JSONValue.object(OpenAPI.operations.filter { $0.operation.path == path }.map { ($0.methodName, $0.json(&shared)) }))
        }
        return [
            "openapi": "3.1.0", "info": info, "servers": [["url": .string(settings.baseURL.text)]], "paths": .object(paths),
            "components": ["securitySchemes": securitySchemes, "responses": shared.components],
        ]
    }

    private var info: JSONValue {
        [
            "title": .string("\(settings.siteName) API"), "version": "1",
            "description": .string("Requests are limited to \(settings.largestBody) bytes where files are uploaded, to "
                + "\(Endpoint.jsonMegabytes) MB where JSON files are pushed, and to 1 MB elsewhere."),
        ]
    }

    private var securitySchemes: JSONValue {
        [
            "apiKey": ["type": "apiKey", "in": "header", "name": "X-API-Key"], "bearer": ["type": "http", "scheme": "bearer"],
            "session": [
                "type": "apiKey", "in": "cookie", "name": .string(sessionCookie),
                "description": "The session of a signed-in user, on pages of this site alone.",
            ],
        ]
    }

    private var sessionCookie: String {
        settings.baseURL.isSecure ? "__Host-imagebed_session" + settings.baseURL.pathPrefix.replacing("/", with: "~") : "imagebed_session"
    }

    private static let operations = paths.flatMap(DescribedMethod.all)

    private static let paths = APIOperation.all.reduce(into: [Path]()) { paths, operation in
        if !paths.contains(operation.path) { paths.append(operation.path) }
    }
}

/// Answers that several operations have in common, each under a name of its own.
struct SharedResponses {
    private var names: [String: String] = [:]
    private var used: [(name: String, response: JSONValue)] = []

    init(_ all: [(status: Int, json: JSONValue)]) {
        var counts: [String: Int] = [:]
        var numbers: [Int: Int] = [:]
        for response in all {
            let text = SharedResponses.key(response.json)
            counts[text, default: 0] += 1
            guard counts[text] == 2 else { continue }
            numbers[response.status, default: 0] += 1
            names[text] = "status\(response.status)_\(numbers[response.status]!)"
        }
    }

    /// The response itself, or a reference to it.
    mutating func reference(_ response: JSONValue) -> JSONValue {
        guard let name = names[SharedResponses.key(response)] else { return response }
        if !used.contains(where: { $0.name == name }) { used.append((name, response)) }
        return ["$ref": .string("#/components/responses/\(name)")]
    }

    var components: JSONValue { .object(used.map { ($0.name, $0.response) }) }

    private static func key(_ response: JSONValue) -> String { String(decoding: response.bytes, as: UTF8.self) }
}
