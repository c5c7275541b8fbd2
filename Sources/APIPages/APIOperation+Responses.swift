// The answers of an operation in OpenAPI's terms: successes and refusals of one status are one response.

import JSONText
import Words

extension APIOperation {
    /// By status, in ascending order.
    var responses: [(status: Int, json: JSONValue)] {
        let refused = APIRefusal.responses(allRefusals, errors)
        let statuses = Set(answers.map(\.status) + refused.map(\.status)).sorted()
        return statuses.map { status in
            let answer = answers.first { $0.status == status }?.json
            let refusal = refused.first { $0.status == status }?.json
            return (status, answer.map { $0.merged(with: refusal) } ?? refusal ?? [:])
        }
    }
}

extension APIAnswer {
    var json: JSONValue {
        let content: [(String, JSONValue)] = type.map { [("content", .object([($0, schema.map { ["schema": $0] } ?? [:])]))] } ?? []
        return .object([("description", .string(description))] + APIHeader.json(headers) + content)
    }
}

extension APIHeader {
    fileprivate static func json(_ headers: [APIHeader]) -> [(String, JSONValue)] {
        guard !headers.isEmpty else { return [] }
        return [("headers", .object(headers.map { header in
            (header.name, ["description": .string(header.description), "required": .bool(header.isRequired), "schema": ["type": "string"]])
        }))]
    }
}

extension APIRefusal {
    /// One response for each status.
    static func responses(_ refusals: [APIRefusal], _ form: APIErrorForm) -> [(status: Int, json: JSONValue)] {
        Set(refusals.map(\.status)).sorted().map { status in
            let all = refusals.filter { $0.status == status }
            let words = Words.of(.en)
            let description = all.map { "\($0.text): \(words[keyPath: $0.meaning])" }.joined(separator: "\n")
            let headers = all.flatMap(\.headers).reduce(into: [APIHeader]()) { found, header in
                guard !found.contains(where: { $0.name == header.name }) else { return }
                let isRequired = all.allSatisfy { $0.headers.contains { $0.name == header.name } }
                found.append(APIHeader(header.name, header.description, isRequired: isRequired))
            }
            return (status, .object([("description", .string(description))] + APIHeader.json(headers) + [("content", content(all, form))]))
        }
    }

    private static func content(_ refusals: [APIRefusal], _ form: APIErrorForm) -> JSONValue {
        // The web server may have refused before it knew which path was meant.
        let asPlain = refusals.filter { $0.isOfWebServer && $0.status != 200 }
        let isAmbiguous = [.easyImages, .sync].contains(form) && !asPlain.isEmpty
        let json: JSONValue = ["schema": isAmbiguous ? Schema.any(schema(refusals, form), schema(asPlain, .plain)) : schema(refusals, form)]
        let text: JSONValue = ["schema": ["type": "string"]]
        return switch form {
        case .plain, .sync, .easyImages, .resumable: ["application/json": json]
        // Outside of `/api/` browsers get pages.
        case .deletion, .picture: ["application/json": json, "text/html": text]
        case .text: ["application/json": json, "text/plain": text, "text/html": text]
        }
    }

    /// Bodies with the same members are one schema, with all messages.
    private static func schema(_ refusals: [APIRefusal], _ form: APIErrorForm) -> JSONValue {
        var groups: [[APIRefusal]] = []
        for refusal in refusals {
            if let place = groups.firstIndex(where: { $0[0].isTold(like: refusal) }) {
                groups[place].append(refusal)
            } else {
                groups.append([refusal])
            }
        }
        // The old form chosen by an upload's metadata has its own words, and 400 for all of them.
        let old = form == .resumable && refusals[0].status == 400 ? [FileSchema.oldRefusal] : []
        let schemas = groups.map { schema(ofGroup: $0, form) } + old
        return schemas.count == 1 ? schemas[0] : ["anyOf": .array(schemas)]
    }

    private func isTold(like other: APIRefusal) -> Bool { code == other.code && members.map(\.name) == other.members.map(\.name) }

    private static func schema(ofGroup group: [APIRefusal], _ form: APIErrorForm) -> JSONValue {
        let code = Member("code", Schema.exactly(JSONValue(group[0].code)))
        guard form != .easyImages else {
            return Schema.object([Member("result", Schema.exactly("failed")), code, Member("message", messages(group))])
        }
        let first = form == .sync ? [Member("success", Schema.exactly(false))] : []
        return Schema.object(first + [Member("result", Schema.exactly("error")), code, Member("error", messages(group)), FileSchema.detail] + group[0].members + [FileSchema.requestID])
    }

    private static func messages(_ group: [APIRefusal]) -> JSONValue {
        var exact: [String] = [], beginnings: [String] = []
        for refusal in group {
            switch refusal.message {
            case .exactly(let text): if !exact.contains(text) { exact.append(text) }
            case .begins(let text): beginnings.append(text)
            }
        }
        guard !beginnings.isEmpty else { return Schema.one(of: exact) }
        let patterns = beginnings.map { ["type": "string", "pattern": .string("^" + escaped($0))] as JSONValue }
        return ["anyOf": .array((exact.isEmpty ? [] : [Schema.one(of: exact)]) + patterns)]
    }
}

/// A text as a regular expression that matches it (ECMA-262).
private func escaped(_ text: String) -> String {
    text.map { "\\^$.*+?()[]{}|/".contains($0) ? "\\\($0)" : "\($0)" }.joined()
}

extension JSONValue {
    private func member(_ name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.0 == name }?.1
    }

    /// A response that may be either of two: any of their descriptions, headers and contents.
    fileprivate func merged(with other: JSONValue?) -> JSONValue {
        guard let other, case .object(let members) = self, case .object(let others) = other else { return self }
        let names = members.map(\.0) + others.map(\.0).filter { name in !members.contains { $0.0 == name } }
        return .object(names.map { name in
            switch (member(name), other.member(name)) {
            case (let one?, let two?): (name, one.either(two, called: name))
            case (let one?, nil): (name, one)
            case (nil, let two): (name, two ?? .null)
            }
        })
    }

    private func either(_ other: JSONValue, called name: String) -> JSONValue {
        switch (self, other) {
        case (.string(let one), .string(let two)): .string(one + "\n" + two)
        case (.object, .object) where name == "schema": ["anyOf": [self, other]]
        case (.object, .object): merged(with: other)
        default: self
        }
    }
}
