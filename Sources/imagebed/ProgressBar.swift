// How far something long is: one line that is written over on a terminal, a line every ten seconds anywhere else.

import Glibc

final class ProgressBar {
    private let what: String
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let start = ProgressBar.now()
    private var shownAt = ProgressBar.now()
    private var isShown = false

    init(of what: String) { self.what = what }

    func show(_ done: Int, of total: Int) {
        let now = ProgressBar.now()
        guard now - shownAt >= (isTerminal ? 0.1 : 10), now > start else { return }
        shownAt = now
        isShown = true
        let rate = Double(done) / (now - start)
        let left = rate > 0 ? Int(Double(total - done) / rate) : 0
        let text = "\(what): \(done) of \(total) (\(done * 100 / max(total, 1)) %), \(Int(rate)) a second, \(ProgressBar.span(left)) left"
        isTerminal ? ProgressBar.write("\r\(text)\u{1B}[K") : ProgressBar.write(text + "\n")
    }

    /// Leaves the line to what follows.
    func end() {
        if isTerminal && isShown { ProgressBar.write("\r\u{1B}[K") }
    }

    private static func span(_ seconds: Int) -> String {
        seconds < 60 ? "\(seconds) s" : "\(seconds / 60) min \(seconds % 60) s"
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
    }
}
