// Forms without files: a login, a button. They are short, so they are read whole, within a bound.

extension Request {
    /// The fields of a body, in either coding that browsers and curl have for forms; it can be read once.
    ///
    /// - Throws: `Problem` 413 for too long a body, 400 for another content type; whatever the body throws.
    public func form() throws -> Query {
        switch HeaderValue(Array(contentType.utf8)).value.lowercased() {
        case "application/x-www-form-urlencoded": return try urlEncodedForm()
        case "multipart/form-data": return try multipartForm()
        default: throw Problem(.badRequest, says: "Invalid form: application/x-www-form-urlencoded is expected")
        }
    }

    private func urlEncodedForm() throws -> Query {
        var text: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 8_192)
        while true {
            let count = try piece.withUnsafeMutableBytes(body.read)
            guard count > 0 else { return Query(String(decoding: text, as: UTF8.self)) }
            guard text.count + count <= Query.lengthLimit else {
                throw Problem(.contentTooLarge, says: "Form too large: over \(Query.lengthLimit) bytes")
            }
            text += piece[..<count]
        }
    }

    /// Its text fields; files are passed over.
    private func multipartForm() throws -> Query {
        let reader = try MultipartReader(contentType: contentType, body: body)
        var pairs: [(name: String, value: String)] = []
        while let part = try reader.nextPart() {
            let value = try reader.readField()
            if part.fileName == nil { pairs.append((part.name, value)) }
        }
        return Query(pairs)
    }
}
