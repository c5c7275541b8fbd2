// A response before encoding: all work and all queries are done when it is created.

/// A value that encodes a response. Encoding has no side effects and authenticates nobody.
public protocol Reply {
    /// - Throws: errors from reading a stored content.
    var response: Response { get throws }
}

extension Response: Reply {
    public var response: Response { self }
}
