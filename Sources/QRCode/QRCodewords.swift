// From bytes to the codewords of a symbol: data, filling, error correction, all interleaved (sections 7.4 to 7.6).

enum QRCodewords {
    static func of(_ bytes: [UInt8], _ version: QRVersion) -> [UInt8] { interleaved(data(bytes, version), version) }

    /// Mode 4 (bytes), their number, they, the terminator. One group of four bits goes before whole bytes, so that the terminator, also four
    /// bits, always ends a codeword.
    private static func data(_ bytes: [UInt8], _ version: QRVersion) -> [UInt8] {
        var nibbles: [UInt8] = [4]
        for place in (0..<version.countNibbles).reversed() { nibbles.append(UInt8(bytes.count >> (4 * place) & 15)) }
        for byte in bytes { nibbles += [byte >> 4, byte & 15] }
        nibbles.append(0)
        var data = stride(from: 0, to: nibbles.count, by: 2).map { nibbles[$0] << 4 | nibbles[$0 + 1] }
        let filling: [UInt8] = [0xEC, 0x11]
        for number in 0..<version.dataLength - data.count { data.append(filling[number % 2]) }
        return data
    }

    /// The first codewords of all blocks, then the second ones; those of error correction after those of data.
    private static func interleaved(_ data: [UInt8], _ version: QRVersion) -> [UInt8] {
        let blocks = blocks(of: data, version), correction = ReedSolomon(degree: version.checkLength)
        return across(blocks) + across(blocks.map { correction.remainder(of: $0) })
    }

    /// Blocks of equal length, of which the last ones may have one codeword more.
    private static func blocks(of data: [UInt8], _ version: QRVersion) -> [ArraySlice<UInt8>] {
        let (length, longer) = data.count.quotientAndRemainder(dividingBy: version.blockCount)
        var rest = data[...]
        return (0..<version.blockCount).map { number in
            let block = rest.prefix(number < version.blockCount - longer ? length : length + 1)
            rest = rest.dropFirst(block.count)
            return block
        }
    }

    private static func across(_ blocks: [ArraySlice<UInt8>]) -> [UInt8] {
        (0..<(blocks.map(\.count).max() ?? 0)).flatMap { place in
            blocks.compactMap { place < $0.count ? $0[$0.startIndex + place] : nil }
        }
    }
}
