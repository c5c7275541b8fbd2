// Every bound of the form parser with its reason. Whoever is refused reads in the answer which of them it was.

/// The bounds of a form, each named by the refusal that it causes.
public struct MultipartLimits: Sendable {
    /// Bytes of the boundary: RFC 2046, section 5.1.1.
    public var boundaryLength = 70
    /// A form of this site has two or three parts, one with chunks six (CVE-2023-24998: a server that took any number).
    public var parts = 32
    /// Bytes of one part's header lines: names of 4 KB are seen in the wild, and this is all that is kept in memory of a part.
    public var headerLength = 16_384
    /// Header lines of one part; senders write two or three.
    public var headerLines = 64
    /// Bytes of a text field: no field of this site is longer than a key or a name.
    public var fieldLength = 65_536
    /// Bytes of all text fields together, because they are held in memory at the same time.
    public var textLength = 262_144
    /// Bytes before the first and after the last boundary: RFC 2046 allows a note to the reader there, and nothing reads it.
    public var surroundingLength = 65_536

    public init() {}
}
