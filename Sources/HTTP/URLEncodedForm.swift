// Forms without files: a login, a button. They are short, so they are read whole, within a bound.

extension Request {
    /// The fields of an application/x-www-form-urlencoded body; it can be read once.
    ///
    /// - Throws: `Problem` 413 for a body over `Query.lengthLimit`, 400 for another content type; whatever the body throws.
    public func urlEncodedForm() throws -> Query {
        let type = HeaderValue(Array(contentType.utf8)).value.lowercased()
        guard type == "application/x-www-form-urlencoded" else {
            throw Problem(.badRequest, says: "Invalid form: application/x-www-form-urlencoded is expected")
        }
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
}
