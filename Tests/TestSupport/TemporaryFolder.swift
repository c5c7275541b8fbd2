// Tests that touch the disk do so in a folder of their own.

import Glibc

/// A new empty folder that goes with its owner, whatever is in it by then.
public final class TemporaryFolder {
    public let path: String

    public init() {
        var template = Array("/tmp/imagebed-test-XXXXXX".utf8CString)
        path = String(cString: mkdtemp(&template))
    }

    deinit { system("rm -rf '\(path)'") }
}
