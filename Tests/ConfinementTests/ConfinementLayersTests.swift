// What a confined process tells of itself. That it is confined is tried out in Tests/Wire/test_confinement.py, by a probe in its place.

import Testing
import Confinement

@Suite struct ConfinementLayersTests {
    static let layers: [ConfinementLayers] = [
        ConfinementLayers(landlock: .active(version: 7), isMemoryHidden: true, hasNoNewPrivileges: true),
        ConfinementLayers(landlock: .missing, isMemoryHidden: false, hasNoNewPrivileges: true),
        ConfinementLayers(landlock: .refused(code: 1), isMemoryHidden: true, hasNoNewPrivileges: false),
    ]

    @Test(arguments: layers) func comesBack(_ layers: ConfinementLayers) {
        #expect(ConfinementLayers(words: layers.words.map { Substring($0) }) == layers)
    }

    @Test(arguments: [
        "", "layers", "layers landlock 0 yes yes", "layers landlock -1 yes yes", "layers no-landlock 5000 yes yes", "layers landlock 7 yes",
        "layers landlock 7 1 1", "layer landlock 7 yes yes", "layers landlock 7 yes yes yes",
    ]) func othersAreNone(_ line: String) {
        #expect(ConfinementLayers(words: line.split(separator: " ")) == nil)
    }
}
