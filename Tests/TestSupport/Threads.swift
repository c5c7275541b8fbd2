// Work of several threads at once, as several processes do it: each needs a connection of its own.

import Glibc

/// A thread that runs from now on.
public final class TestThread {
    private var thread = pthread_t()
    private let body: () throws -> Void
    private var isJoined = false
    private var error: (any Error)?
    private var lock = pthread_mutex_t()
    private var hasEnded = false

    public init(_ body: @escaping () throws -> Void) {
        self.body = body
        pthread_mutex_init(&lock, nil)
        pthread_create(&thread, nil, { context in
            Unmanaged<TestThread>.fromOpaque(context!).takeRetainedValue().run()
            return nil
        }, Unmanaged.passRetained(self).toOpaque())
    }

    private func run() {
        do { try body() } catch { self.error = error }
        pthread_mutex_lock(&lock)
        hasEnded = true
        pthread_mutex_unlock(&lock)
    }

    public var isOver: Bool {
        pthread_mutex_lock(&lock)
        defer { pthread_mutex_unlock(&lock) }
        return hasEnded
    }

    /// Waits for its end.
    ///
    /// - Throws: what it threw.
    public func join() throws {
        if !isJoined { pthread_join(thread, nil) }
        isJoined = true
        if let error { throw error }
    }
}

/// Runs `body` with each number from 0 on, each on a thread of its own, and waits for all of them.
///
/// - Throws: what one of them threw.
public func inThreads(_ count: Int, _ body: @escaping (Int) throws -> Void) throws {
    let threads = (0..<count).map { number in TestThread { try body(number) } }
    for thread in threads { try? thread.join() }
    for thread in threads { try thread.join() }
}
