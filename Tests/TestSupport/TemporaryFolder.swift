// Tests that touch the disk do so in a folder of their own.

import Glibc

/// A new empty folder that goes with its owner, whatever is in it by then.
public final class TemporaryFolder {
    public let path: String
    private var descriptors: [Int32] = []

    public init(in place: String = "/tmp") {
        var template = Array("\(place)/imagebed-test-XXXXXX".utf8CString)
        path = String(cString: mkdtemp(&template))
    }

    deinit {
        descriptors.forEach { close($0) }
        system("rm -rf '\(path)'")
    }

    /// A descriptor that is open as long as the folder is there.
    public func open(_ file: String, _ flags: Int32) -> Int32 {
        descriptors.append(Glibc.open(file, flags | O_CLOEXEC, 0o644))
        return descriptors[descriptors.count - 1]
    }

    /// Writes a file and returns its path.
    @discardableResult
    public func write(_ bytes: [UInt8], as name: String, mode: mode_t = 0o644) -> String {
        let file = "\(path)/\(name)"
        let descriptor = Glibc.open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        defer { close(descriptor) }
        _ = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        return file
    }

    /// A program of these lines. Another process makes the file that is started: a descriptor that is open for writing here is for
    /// a moment a child's too that another test starts meanwhile, and execve(2) refuses what anybody may write to (ETXTBSY).
    public func script(_ lines: String) -> String {
        let source = write(Array("#!/bin/sh\n\(lines)\n".utf8), as: "script.sh")
        let program = "\(path)/script"
        precondition(system("install -m 755 '\(source)' '\(program)'") == 0, "\(program) cannot be made")
        return program
    }

    /// A file's bytes, none when it is not there.
    public func read(_ name: String) -> [UInt8] {
        let descriptor = Glibc.open("\(path)/\(name)", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: Int(lseek(descriptor, 0, SEEK_END)))
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return Array(bytes.prefix(max(count, 0)))
    }
}

/// Whether a condition comes true, asked every 10 ms. A minute is for a machine that is busy with other things; what holds needs less.
public func becomesTrue(within seconds: Int = 60, _ condition: () -> Bool) -> Bool {
    for _ in 0..<seconds * 100 {
        if condition() { return true }
        usleep(10_000)
    }
    return condition()
}

/// The `picture` executable, which is built beside the tests.
public let pictureExecutable: String = {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    let tests = String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
    return tests.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/picture"
}()
