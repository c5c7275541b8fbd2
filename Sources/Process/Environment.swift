// What the process was started with.

import Glibc

public enum Environment {
    /// nil where the variable is not set.
    public static subscript(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
