// RFC 8259 leaves duplicate keys undefined and parsers disagree about them, so they are rejected. This set finds them with one hash per
// key, whatever the keys are, and stores the keys of all open objects in one buffer.

/// The open arrays and objects of a document, outermost first, with the keys of each object.
struct OpenContainers: ~Copyable {
    private struct Frame {
        var isObject: Bool
        /// Index in `slots` of its first key.
        var base: Int
        var keys: Int
        /// Number of hash table slots minus one; 0 while the keys are a plain list, -1 when they are an unsorted pile.
        var mask: Int

        /// Number of `slots` it uses.
        @inline(__always) var size: Int { mask > 0 ? mask &+ 1 : keys }
    }

    /// Up to this many keys a list is faster than a table.
    private static let listLimit = 8
    /// A larger table would not fit into the CPU caches, and each key would wait for memory. That many keys are
    /// collected in an unsorted pile instead, and sorted at the end of their object.
    private static let tableLimit = 131_072

    private static let escapeBit: UInt64 = 0x8000_0000
    private static func start(of entry: UInt64) -> Int { Int(entry & 0x7FFF_FFFF) }

    private let lexer: JSONLexer
    private let frames: UnsafeMutablePointer<Frame>
    private let limit: Int
    private(set) var depth = 0
    /// An entry is the upper half of the hash, one bit for escapes, and the key's offset; never 0, since a brace precedes every key.
    private var slots: UnsafeMutablePointer<UInt64>
    private var capacity: Int

    init(_ lexer: JSONLexer, depthLimit: Int) {
        self.lexer = lexer
        limit = depthLimit
        frames = .allocate(capacity: depthLimit + 1)
        capacity = 1024
        slots = .allocate(capacity: capacity)
    }

    deinit {
        frames.deallocate()
        slots.deallocate()
    }

    var isFull: Bool { @inline(__always) get { depth >= limit } }
    var isInArray: Bool { @inline(__always) get { depth > 0 && !frames[depth &- 1].isObject } }
    var isInObject: Bool { @inline(__always) get { frames[depth &- 1].isObject } }

    @inline(__always)
    mutating func open(object: Bool) {
        var base = 0
        if depth > 0 {
            let outer = frames[depth &- 1]
            base = outer.base &+ outer.size
        }
        frames[depth] = Frame(isObject: object, base: base, keys: 0, mask: 0)
        depth &+= 1
    }

    @inline(__always)
    mutating func close() { depth &-= 1 }

    /// Whether the keys of the innermost object have not been compared yet: see `duplicateInPile`.
    var isPile: Bool { @inline(__always) get { frames[depth &- 1].mask < 0 } }

    /// Adds a key of the innermost object; `start` is the offset after its quote. Returns false if the key exists already, but always true
    /// for a pile.
    @inline(__always)
    mutating func insert(_ hash: UInt64, start: Int, escaped: Bool) -> Bool {
        let entry = (hash & 0xFFFF_FFFF_0000_0000) | (escaped ? OpenContainers.escapeBit : 0) | UInt64(truncatingIfNeeded: start)
        let frame = frames[depth &- 1]
        guard frame.mask == 0 else { return insertIntoTable(entry) }
        for index in 0..<frame.keys where slots[frame.base &+ index] >> 32 == hash >> 32 {
            if isSame(slots[frame.base &+ index], entry) { return false }
        }
        if frame.keys == OpenContainers.listLimit {
            makeTable(of: OpenContainers.listLimit * 4, from: frame.keys)
            return insertIntoTable(entry)
        }
        append(entry)
        return true
    }

    @inline(__always)
    private mutating func append(_ entry: UInt64) {
        let frame = frames[depth &- 1]
        reserve(frame.base &+ frame.keys &+ 1)
        slots[frame.base &+ frame.keys] = entry
        frames[depth &- 1].keys = frame.keys &+ 1
    }

    private mutating func insertIntoTable(_ entry: UInt64) -> Bool {
        var frame = frames[depth &- 1]
        if frame.mask > 0, frame.keys &* 4 >= (frame.mask &+ 1) &* 3 {
            if frame.mask &+ 1 < OpenContainers.tableLimit {
                makeTable(of: (frame.mask &+ 1) * 2, from: frame.mask &+ 1)
            } else {
                makePile()
            }
            frame = frames[depth &- 1]
        }
        if frame.mask < 0 {
            append(entry)
            return true
        }
        var at = Int(truncatingIfNeeded: entry >> 32) & frame.mask
        while true {
            let there = slots[frame.base &+ at]
            if there == 0 { break }
            if there >> 32 == entry >> 32, isSame(there, entry) { return false }
            at = (at &+ 1) & frame.mask
        }
        slots[frame.base &+ at] = entry
        frames[depth &- 1].keys = frame.keys &+ 1
        return true
    }

    /// Moves the first `used` keys of the innermost object into a hash table of `size` slots, a power of two.
    private mutating func makeTable(of size: Int, from used: Int) {
        let base = frames[depth - 1].base
        reserve(base + used + size)
        let old = slots + base
        let new = old + used
        new.initialize(repeating: 0, count: size)
        for index in 0..<used where old[index] != 0 {
            var at = Int(truncatingIfNeeded: old[index] >> 32) & (size - 1)
            while new[at] != 0 { at = (at + 1) & (size - 1) }
            new[at] = old[index]
        }
        old.update(from: new, count: size)
        frames[depth - 1].mask = size - 1
    }

    @inline(__always)
    private mutating func reserve(_ needed: Int) {
        if needed > capacity { grow(needed) }
    }

    @inline(never)
    private mutating func grow(_ needed: Int) {
        let room = UnsafeMutablePointer<UInt64>.allocate(capacity: max(needed, capacity * 2))
        let frame = frames[depth - 1]
        room.update(from: slots, count: min(capacity, frame.base + frame.size))
        slots.deallocate()
        slots = room
        capacity = max(needed, capacity * 2)
    }

    /// Whether two keys are equal after unescaping.
    @inline(never)
    private func isSame(_ one: UInt64, _ other: UInt64) -> Bool {
        let one = (start: OpenContainers.start(of: one), escaped: one & OpenContainers.escapeBit != 0)
        let other = (start: OpenContainers.start(of: other), escaped: other & OpenContainers.escapeBit != 0)
        if one.escaped || other.escaped { return lexer.decoded(behindQuote: one.start) == lexer.decoded(behindQuote: other.start) }
        var count = 0
        while lexer.bytes[one.start + count] == lexer.bytes[other.start + count] {
            if lexer.bytes[one.start + count] == 0x22 { return true }
            count += 1
        }
        return false
    }
}

// Objects with very many keys

extension OpenContainers {
    /// Converts the innermost object's table into a pile.
    private mutating func makePile() {
        let frame = frames[depth - 1]
        var keys = 0
        for index in 0..<frame.size where slots[frame.base + index] != 0 {
            slots[frame.base + keys] = slots[frame.base + index]
            keys += 1
        }
        frames[depth - 1].keys = keys
        frames[depth - 1].mask = -1
    }

    /// The first duplicate key of the innermost object's pile, as the offset after its quote; nil if there is none.
    func duplicateInPile() -> Int? {
        let frame = frames[depth - 1]
        let pile = UnsafeMutableBufferPointer(start: slots + frame.base, count: frame.keys)
        OpenContainers.sortByHash(pile)
        var first: Int?
        var run = 0
        for index in pile.indices {
            if pile[index] >> 32 != pile[run] >> 32 { run = index }
            // Two different keys with the same hash are very rare.
            guard let same = (run..<index).first(where: { isSame(pile[$0], pile[index]) }) else { continue }
            let later = max(OpenContainers.start(of: pile[same]), OpenContainers.start(of: pile[index]))
            first = min(first ?? .max, later)
        }
        return first
    }

    /// Radix sort by the hash in the upper half, lowest byte first: four sequential passes instead of a random access per key.
    private static func sortByHash(_ entries: UnsafeMutableBufferPointer<UInt64>) {
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: entries.count) { room in
            var (from, to) = (entries, room)
            for shift in stride(from: 32, to: 64, by: 8) {
                var places = [Int](repeating: 0, count: 257)
                for entry in from { places[Int(entry >> UInt64(shift) & 0xFF) + 1] += 1 }
                for value in 1..<256 { places[value] += places[value - 1] }
                for entry in from {
                    let value = Int(entry >> UInt64(shift) & 0xFF)
                    to[places[value]] = entry
                    places[value] += 1
                }
                swap(&from, &to)
            }
        }
    }
}
