// Schemas in the dialect of OpenAPI 3.1, JSON Schema 2020-12, as JSON values.

import JSONText

/// A member of an object's schema.
struct Member: Sendable {
    let name: String
    let schema: JSONValue
    let isRequired: Bool

    init(_ name: String, _ schema: JSONValue, isRequired: Bool = true) { (self.name, self.schema, self.isRequired) = (name, schema, isRequired) }

    static func optional(_ name: String, _ schema: JSONValue) -> Member { Member(name, schema, isRequired: false) }
}

/// Builds schemas.
enum Schema {
    static func object(_ members: [Member]) -> JSONValue {
        [
            "type": "object", "required": .array(members.filter(\.isRequired).map { .string($0.name) }),
            "properties": .object(members.map { ($0.name, $0.schema) }),
        ]
    }

    static func object(_ members: Member...) -> JSONValue { object(members) }

    static func list(of element: JSONValue) -> JSONValue { ["type": "array", "items": element] }

    static func text(_ description: String) -> JSONValue { ["type": "string", "description": .string(description)] }

    static func count(_ description: String) -> JSONValue { ["type": "integer", "minimum": 0, "description": .string(description)] }

    static func flag(_ description: String) -> JSONValue { ["type": "boolean", "description": .string(description)] }

    /// The same, or null.
    static func orNull(_ type: JSONValue, _ description: String) -> JSONValue {
        ["type": [type, "null"], "description": .string(description)]
    }

    static func exactly(_ value: JSONValue) -> JSONValue { ["const": value] }

    static func one(of words: [String]) -> JSONValue { ["enum": .array(words.map { .string($0) })] }

    static func link(_ description: String) -> JSONValue { ["type": "string", "format": "uri", "description": .string(description)] }

    /// A SHA-256 in lower-case hexadecimal.
    static func hash(_ description: String) -> JSONValue {
        ["type": "string", "pattern": "^[0-9a-f]{64}$", "description": .string(description)]
    }

    /// A time in the site's time zone: "2024-04-16 12:00:00".
    static func time(_ description: String) -> JSONValue {
        ["type": "string", "pattern": "^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d$", "description": .string(description)]
    }

    static func timeOrNull(_ description: String) -> JSONValue { ["anyOf": [time(description), ["type": "null"]]] }

    static func hashOrNull(_ description: String) -> JSONValue { ["anyOf": [hash(description), ["type": "null"]]] }

    /// Any of several forms.
    static func any(_ forms: JSONValue...) -> JSONValue { ["anyOf": .array(forms)] }

    static let anything: JSONValue = [:]

    static let pagination = object(
        Member("current_page", ["type": "integer", "minimum": 1]), Member("per_page", ["type": "integer", "minimum": 1, "maximum": 100]),
        Member("total", count("All rows.")), Member("total_pages", count("0 without rows.")))
}
