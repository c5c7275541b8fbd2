// All limits of the form parser with their reasons. The error message names the limit that was exceeded.

/// Limits of a multipart form.
public struct MultipartLimits: Sendable {
    /// Bytes of the boundary: RFC 2046, section 5.1.1.
    public var boundaryLength = 70
    /// A form of this site has two or three parts, one with chunks six (CVE-2023-24998: a server without this limit).
    public var parts = 32
    /// Bytes of one part's header lines: clients send names of up to 4 KB; only this much of a part is held in memory.
    public var headerLength = 16_384
    /// Header lines of one part; clients send two or three.
    public var headerLines = 64
    /// Bytes of a text field: no field of this site is longer than a key or a name.
    public var fieldLength = 65_536
    /// Total bytes of all text fields, because they are in memory at the same time.
    public var textLength = 262_144
    /// Bytes before the first and after the last boundary: RFC 2046 allows text there, which is ignored.
    public var surroundingLength = 65_536

    public init() {}
}
