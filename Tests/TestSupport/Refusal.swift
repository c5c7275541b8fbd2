import Database

/// What the database says of work that it refuses; nil if it does not.
public func refusal(of body: () throws -> Void) -> DatabaseError.Kind? {
    do {
        try body()
        return nil
    } catch { return (error as? DatabaseError)?.kind }
}
