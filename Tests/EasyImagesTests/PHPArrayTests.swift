import EasyImages
import TestSupport
import Testing

@Suite struct PHPArrayWriterTests {
    /// A recorded value as PHP had it before writing.
    private static func value(_ recorded: Recorded) -> PHPValue {
        switch recorded {
        case .null: ""
        case .bool(let isTrue): isTrue ? 1 : ""
        case .number(let digits): PHPValue(digits)
        case .text(let text): PHPValue(text)
        case .list(let elements): .array(PHPArray(list: elements.map(value)))
        case .object(let members): .array(PHPArray(members.map { (ByteText($0.name), value($0.value)) }))
        }
    }

    /// What PHP read back, in which numbers are numbers.
    private static func read(_ recorded: Recorded) -> PHPValue {
        switch recorded {
        case .number(let digits): .integer(Int(digits)!)
        case .list(let elements): .array(PHPArray(list: elements.map(read)))
        case .object(let members): .array(PHPArray(members.map { (ByteText($0.name), read($0.value)) }))
        default: value(recorded)
        }
    }

    // F 19: leading zeros are quoted here, bare there; everything else byte for byte.
    @Test func recordedFiles() throws {
        let vectors = Vectors.part("config_writer_vectors").all
        #expect(vectors.count == 6)
        for vector in vectors {
            let array = try #require(Self.value(vector["php_value"]).array)
            let written = String(decoding: PHPArrayFile(variable: "config", array: array).bytes, as: UTF8.self)
            let recorded = vector["file_text"].text
            #expect(written == recorded.replacingText("=>0123,", with: "=>'0123',").replacingText("=>00,", with: "=>'00',"))
            #expect(try PHPArrayFile(Array(recorded.utf8)).array == Self.read(vector["php_reads_back"]).array)
        }
    }

    @Test func theBrokenCaseIsReadAsTextAndWrittenSafely() throws {
        let broken = Vectors.part("config_writer_broken_case")["file_text"].text
        let file = try PHPArrayFile(Array(broken.utf8))
        #expect(file.array["w"] == "089")
        #expect(String(decoding: file.bytes, as: UTF8.self) == broken.replacingText("089", with: "'089'"))
    }

    @Test("The sample install is written back byte for byte", arguments: SampleInstall.arrayFiles)
    func sample(_ name: String) throws {
        let bytes = SampleInstall.bytes(name)
        #expect(try PHPArrayFile(bytes).bytes == bytes)
    }

    @Test func bytesThatAreNoTextSurvive() throws {
        let bytes = Array("<?php\r\n$a=Array\n\t(\n\t'k'=>'".utf8) + [0xD5, 0xE3, 0xFF] + Array("'\n\t);".utf8)
        #expect(try PHPArrayFile(bytes).bytes == bytes)
    }
}

@Suite struct PHPArrayReaderTests {
    private func read(_ text: String) throws -> [PHPArray.Item] { try PHPArrayFile(Array(text.utf8)).array.items }

    private static let same = PHPArray([("a", 1), ("b", "x"), ("c", .array(PHPArray(list: ["y", 2])))])

    @Test("What people make of it by hand", arguments: [
        "<?php $c=array('a'=>1,'b'=>'x','c'=>array('y',2));",
        "<?php\n$c = ARRAY (\n  \"a\" => 1,\n  'b' => \"x\", # why\n  'c' => [ 'y', 2, ], // so\n) ;\n?>\n\n",
        "\u{FEFF}<?PHP\r\n/* our ; site */\r\n$c\t=\r\n[\r\n'a'=>true,\r\n'b'=>'x',\r\n'c'=>[0=>'y',1=>0x2,],\r\n]\r\n?>",
        "<?php $c=['a'=>0b1,'b'=>\"\\x78\",'c'=>['y',1=>+2]]?>",
        "<?php $c=['a'=>9,'b'=>'x','c'=>['y',2],'a'=>1];",
    ])
    func tolerance(_ text: String) throws {
        let file = try PHPArrayFile(Array(text.utf8))
        #expect(file.variable == "c" && file.array == PHPArrayReaderTests.same)
    }

    @Test func freshFiles() throws {
        #expect(try read("<?php $logs=Array();?>\n").isEmpty)
        #expect(try read("<?php $ipcounts=array(); ?>\r\n").isEmpty)
    }

    @Test(arguments: [
        ("0123", 83), ("00", 0), ("-017", -15), ("0x1F", 31), ("0o17", 15), ("1_000", 1000), ("-0", 0),
        ("9223372036854775807", .max),
    ] as [(String, Int)])
    func integers(_ text: String, _ number: Int) throws { #expect(try read("<?php $a=[\(text)];").first?.value == .integer(number)) }

    @Test(arguments: [
        ("089", "089"), ("1.5", "1.5"), ("-.5", "-.5"), ("1e-3", "1e-3"), ("9223372036854775808", "9223372036854775808"),
        ("false", ""), ("NULL", ""), (#""\$a\n\101\u{20AC}\q""#, "$a\nA€\\q"), (#"'a\'b\\c\n'"#, #"a'b\c\n"#),
    ])
    func texts(_ text: String, _ value: String) throws { #expect(try read("<?php $a=[\(text)];").first?.value == PHPValue(value)) }

    @Test func keysWithoutOnesCountOn() throws {
        #expect(try read("<?php $a=['x', 7=>'y', 'z', '9'=>1, -3=>2, 'w'];").map(\.key.description) == ["0", "7", "8", "9", "-3", "10"])
    }

    @Test("What is no data is refused with line and key", arguments: [
        ("<?php\n$a=array(\n'b'=>1,\n'k'=>phpinfo());", 4, ["k"], "only texts, numbers and arrays"),
        ("<?php\n$a=['k'=>['in'=>\"$x\"]];", 2, ["k", "in"], "holds a variable"),
        ("<?php\n$a=['k'=>'x'.'y'];", 2, [], "a comma or the array's end"),
        ("<?php $a=['k'=>1]; system('id');", 1, [], "more follows"),
        ("<?php $a=['k'=>1]; ?>\n<?php exit;", 2, [], "more follows"),
        ("<?php $a=['k'=><<<X\nX];", 1, ["k"], "this is no value"),
        ("<?php $a=['k'=>10*1024];", 1, [], "a comma or the array's end"),
        ("<?php $a=['k'=>-];", 1, ["k"], "this is no number"),
        ("<?php $a=['k'=>'x", 1, ["k"], "a text is not closed"),
        ("<?php $a=['k'=>1", 1, [], "ends in the middle"),
        ("<?php $a=['k'=>1]", 1, [], "ends in the middle"),
        ("<?php $a=['k'=>1 /* ];", 1, [], "a comment is not closed"),
        ("<?php $a=[[]=>1];", 1, [], "an array is no key"),
        ("<?php $a='x';", 1, [], "$a is no array"),
        ("<html>", 1, [], "does not begin with <?php"),
        ("", 1, [], "does not begin with <?php"),
    ] as [(String, Int, [String], String)])
    func refusals(_ text: String, _ line: Int, _ keys: [String], _ problem: String) {
        let error = #expect(throws: PHPArrayError.self) { try PHPArrayFile(Array(text.utf8)) }
        #expect(error?.line == line)
        #expect(error?.keys == keys)
        #expect(error?.problem.contains(problem) == true, "\(error?.problem ?? "")")
    }

    @Test func bounds() {
        var limits = PHPArrayLimits()
        limits.items = 3
        #expect(throws: PHPArrayError.self) { try PHPArrayFile(Array("<?php $a=[1,2,3,4];".utf8), limits: limits) }
        limits.bytes = 10
        #expect(throws: PHPArrayError.self) { try PHPArrayFile(Array("<?php $a=[];".utf8), limits: limits) }
        let deep = "<?php $a=" + String(repeating: "[", count: 100_000)
        #expect(throws: PHPArrayError.self) { try PHPArrayFile(Array(deep.utf8)) }
    }

    @Test func manyItems() throws {
        var array = PHPArray()
        for number in 0..<1000 { array[ByteText("k\(number)")] = .integer(number) }
        array["k500"] = nil
        array["k20"] = "changed"
        #expect(array.count == 999 && array["k500"] == nil && array["k999"] == 999 && array["k20"] == "changed")
        #expect(try PHPArrayFile(PHPArrayFile(variable: "a", array: array).bytes).array == array)
    }
}

extension String {
    func replacingText(_ old: String, with new: String) -> String {
        var result = ""
        var rest = self[...]
        while let found = rest.range(of: old) {
            result += rest[..<found.lowerBound] + new
            rest = rest[found.upperBound...]
        }
        return result + rest
    }
}

extension Substring {
    fileprivate func range(of text: String) -> Range<Index>? {
        indices.first { self[$0...].hasPrefix(text) }.map { $0..<index($0, offsetBy: text.count) }
    }
}
