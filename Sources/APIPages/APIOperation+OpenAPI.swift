// The requests of an operation in OpenAPI's terms.

import JSONText
import Words

extension APIOperation {
    /// Any one of the ways; an empty one means that none is needed, or that the key can be a field of the body.
    var security: JSONValue {
        let header: [JSONValue] = [["apiKey": []], ["bearer": []]]
        switch access {
        case .upload, .json, .read: return .array(header + [["session": []]] + (fields.contains { $0.name == "token" } ? [[:]] : []))
        case .anyone: return fields.contains { $0.name == "X-API-Key" } ? .array([[:]] + header) : []
        case .metrics: return .array(header)
        case .token: return []
        }
    }

    /// Those of address and headers; the key is a security scheme.
    var parameters: [JSONValue] {
        fields.filter { $0.place != .body && $0.name != "X-API-Key" }.map { field in
            [
                "name": .string(field.name), "in": .string(field.place.rawValue), "required": .bool(field.isRequired),
                "description": .string(Words.of(.en)[keyPath: field.meaning]), "schema": field.type.schema(in: nil),
            ]
        }
    }

    /// nil for a request without a body.
    var requestBody: JSONValue? {
        guard !bodies.isEmpty else { return nil }
        let content = bodies.map { ($0.rawValue, $0 == .bytes ? [:] : ["schema": schema(of: $0)] as JSONValue) }
        // The first bytes of an upload may come later.
        return ["required": .bool(bodies != [.bytes] || method == .patch), "content": .object(content)]
    }

    private func schema(of body: APIBody) -> JSONValue {
        let fields = fields.filter { $0.place == .body }
        let files = fields.filter { $0.type == .file }
        // One of several files is enough.
        let required = fields.filter { $0.isRequired && (files.count < 2 || $0.type != .file) }
        var members: [(String, JSONValue)] = [
            ("type", "object"), ("properties", .object(fields.map { ($0.name, $0.schema(in: body)) })),
        ]
        if !required.isEmpty { members.append(("required", .array(required.map { .string($0.name) }))) }
        if files.count > 1 { members.append(("anyOf", .array(files.map { ["required": [.string($0.name)]] }))) }
        return .object(members)
    }
}

extension APIField {
    fileprivate func schema(in body: APIBody) -> JSONValue {
        guard case .object(let members) = type.schema(in: body) else { return [:] }
        return .object(members + [("description", .string(Words.of(.en)[keyPath: meaning]))])
    }
}

extension APIFieldType {
    /// - Parameter body: nil for a parameter of address or headers, which is text like a form's.
    fileprivate func schema(in body: APIBody?) -> JSONValue {
        switch self {
        case .file: ["type": "string", "contentMediaType": "application/octet-stream"]
        case .text(let bytes): ["type": "string", "maxLength": JSONValue(bytes)]
        case .characters(let count): ["type": "string", "maxLength": JSONValue(count)]
        case .integer(let range, let initial):
            .object([("type", "integer"), ("minimum", JSONValue(range.lowerBound)), ("maximum", JSONValue(range.upperBound))]
                + (initial.map { [("default", JSONValue($0))] } ?? []))
        case .choice(let words, let initial):
            .object([("type", "string"), ("enum", .array(words.map { .string($0) }))] + (initial.map { [("default", .string($0))] } ?? []))
        case .flag: body == .json ? ["type": "boolean"] : ["type": "string", "enum": ["0", "1", "true", "false"]]
        case .json: body == .json ? [:] : ["type": "string", "contentMediaType": "application/json"]
        }
    }
}
