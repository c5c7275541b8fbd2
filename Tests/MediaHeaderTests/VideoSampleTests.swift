// The videos of these tests are made by Debian's ffmpeg when the tests run, and ffprobe says what is right about them.
// Where the tools are missing the tests fail: a comparison that did not happen is no success.

import Glibc
import Media
import Testing

@testable import MediaHeader

/// A video that ffmpeg drew, in memory, and what ffprobe says about it.
struct VideoSample {
    let bytes: [UInt8]
    let width: Int
    let height: Int
    let duration: Double?
    /// Whether players turn it by 90 or 270 degrees.
    let isTurned: Bool

    /// - Parameter arguments: what stands between the input and the output; the format is to be named in them.
    /// - Parameter sound: whether a second input is a tone of the same length.
    /// - Parameter copying: arguments of a second pass, which does not encode again and may set what the first one cannot.
    init(
        _ arguments: String, size: String = "322x180", seconds: Double = 2, sound: Bool = false, copying: String? = nil
    ) throws {
        let folder = try TemporaryFolder()
        let picture = "testsrc=size=\(size):rate=25:duration=\(seconds)"
        let inputs = ["-f", "lavfi", "-i", picture] + (sound ? ["-f", "lavfi", "-i", "sine=duration=\(seconds)"] : [])
        try run(
            "ffmpeg", ["-nostdin", "-v", "error", "-y"] + inputs + ["-pix_fmt", "yuv420p"]
                + arguments.split(separator: " ").map(String.init) + [folder.file])
        if let copying { try VideoSample.copy(folder, copying) }
        bytes = try contents(of: folder.file)
        let answers = try VideoSample.probe(folder)
        width = try #require(answers["width"].flatMap { Int($0) })
        height = try #require(answers["height"].flatMap { Int($0) })
        duration = answers["duration"].flatMap { Double($0) }
        isTurned = ["90", "-90", "270", "-270"].contains(answers["rotation"])
    }

    private static func copy(_ folder: TemporaryFolder, _ arguments: String) throws {
        try run(
            "ffmpeg", ["-nostdin", "-v", "error", "-y", "-i", folder.file, "-map", "0", "-c", "copy"]
                + arguments.split(separator: " ").map(String.init) + [folder.answer])
        rename(folder.answer, folder.file)
    }

    private static func probe(_ folder: TemporaryFolder) throws -> [String: String] {
        try run(
            "ffprobe",
            ["-v", "error", "-select_streams", "v:0", "-show_entries", "stream=width,height:stream_side_data=rotation:format=duration", "-of",
             "default=noprint_wrappers=1", folder.file], output: folder.answer)
        let lines = String(decoding: try contents(of: folder.answer), as: UTF8.self).split(separator: "\n")
        let pairs = lines.map { $0.split(separator: "=", maxSplits: 1).map(String.init) }.filter { $0.count == 2 }
        return Dictionary(pairs.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
    }
}

/// A checksum of every frame that a player would show of a video.
func shownFrames(of video: [UInt8]) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    try write(video, to: folder.file)
    try run("ffmpeg", ["-nostdin", "-v", "error", "-y", "-i", folder.file, "-map", "0:v", "-f", "framemd5", folder.answer])
    return try contents(of: folder.answer)
}

/// A file that holds a tone and no picture.
struct SoundSample {
    let bytes: [UInt8]

    init(_ arguments: String) throws {
        let folder = try TemporaryFolder()
        try run(
            "ffmpeg", ["-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", "sine=duration=1"]
                + arguments.split(separator: " ").map(String.init) + [folder.file])
        bytes = try contents(of: folder.file)
    }
}

/// A folder with a video and an answer about it, all gone with their owner.
private final class TemporaryFolder {
    let path: String
    var file: String { path + "/video" }
    var answer: String { path + "/answer" }

    init() throws {
        var name = Array("/tmp/imagebed-video-XXXXXX\0".utf8CString)
        guard mkdtemp(&name) != nil else { throw ToolFailure(because: "mkdtemp: errno \(errno)") }
        path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit {
        unlink(file)
        unlink(answer)
        rmdir(path)
    }
}

struct ToolFailure: Error, CustomStringConvertible {
    let because: String
    var description: String { because }
}

/// Waits for a program, whose standard output goes to a file; an error when it is not installed or does not succeed.
private func run(_ program: String, _ arguments: [String], output: String = "/dev/null") throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT, 0o600)
    var pointers = ([program] + arguments).map { strdup($0) } + [nil]
    defer { pointers.forEach { free($0) } }
    var child: pid_t = 0
    let failure = posix_spawnp(&child, program, &actions, nil, &pointers, environ)
    guard failure == 0 else {
        throw ToolFailure(because: "\(program) cannot be started (errno \(failure)); these tests need Debian's package ffmpeg")
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 && errno == EINTR {}
    guard status == 0 else { throw ToolFailure(because: "\(program) \(arguments.joined(separator: " ")): status \(status)") }
}

private func write(_ bytes: [UInt8], to file: String) throws {
    let descriptor = open(file, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw ToolFailure(because: "\(file): errno \(errno)") }
    defer { close(descriptor) }
    let count = Glibc.write(descriptor, bytes, bytes.count)
    guard count == bytes.count else { throw ToolFailure(because: "\(file): \(count) bytes written, errno \(errno)") }
}

private func contents(of file: String) throws -> [UInt8] {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ToolFailure(because: "\(file): errno \(errno)") }
    defer { close(descriptor) }
    return try readAll(descriptor)
}

private func readAll(_ descriptor: Int32) throws -> [UInt8] {
    var all: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = read(descriptor, &block, block.count)
        if count == 0 { return all }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw ToolFailure(because: "read: errno \(errno)") }
        all += block[..<count]
    }
}
