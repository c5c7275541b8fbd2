// What a request is answered with, as a value: everything has been done and found out before there is one.

/// A value that encodes an answer. Encoding changes nothing and authenticates nobody.
public protocol Reply {
    /// - Throws: what keeps a stored content from being read.
    var response: Response { get throws }
}

extension Response: Reply {
    public var response: Response { self }
}
