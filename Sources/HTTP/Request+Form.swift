// Forms without files, such as a login. They are short, so they are read into memory, up to a limit.

extension Request {
    /// The fields of the body, in either encoding of forms; can be called once.
    ///
    /// - Parameter limit: bytes of an URL-encoded body, and of all fields of a multipart one.
    /// - Throws: `Problem` 413 if the body is too long, 400 for another content type; errors of the body.
    public func form(limit: Int = Query.lengthLimit) throws -> Query {
        switch HeaderValue(Array(contentType.utf8)).value.lowercased() {
        case "application/x-www-form-urlencoded": return try urlEncodedForm(limit)
        case "multipart/form-data": return try multipartForm(limit)
        default: throw Problem(.badRequest, says: "Invalid form: application/x-www-form-urlencoded is expected")
        }
    }

    private func urlEncodedForm(_ limit: Int) throws -> Query {
        var text: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 8_192)
        while true {
            let count = try piece.withUnsafeMutableBytes(body.read)
            guard count > 0 else { return Query(String(decoding: text, as: UTF8.self), limit: limit) }
            guard text.count + count <= limit else {
                throw Problem(.contentTooLarge, says: "Form too large: over \(limit) bytes")
            }
            text += piece[..<count]
        }
    }

    /// The text fields; files are skipped.
    private func multipartForm(_ limit: Int) throws -> Query {
        var limits = MultipartLimits()
        if limit > Query.lengthLimit { (limits.fieldLength, limits.textLength) = (limit, limit) }
        let reader = try MultipartReader(contentType: contentType, body: body, limits: limits)
        var pairs: [(name: String, value: String)] = []
        while let part = try reader.nextPart() {
            let value = try reader.readField()
            if part.fileName == nil { pairs.append((part.name, value)) }
        }
        return Query(pairs)
    }
}
