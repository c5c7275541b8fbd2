// The check of `imagebed doctor` whether this site still has the place of the one that it replaced: panels write the files of the web
// server's sites again, when a certificate is renewed, for example, and the old site answers in its place.

extension Doctor {
    static let checkPlace: @Sendable (Patient) -> [Finding] = { $0.place.map(check) ?? [] }

    private static func check(_ place: ReplacedSite) -> [Finding] {
        let saved = place.savedFiles
        let takeAgain = "sudo ./install.sh --from-easyimages \(place.folder), in the folder from which it was installed: takes it over as it is now"
        switch place.answer() {
        case .nobodys:
            return [.problem("address", "nothing answers at \(place.url)", advice: "see whether the web server runs, and its log of errors")]
        case .anothers:
            let files = saved.isEmpty ? place.filesWithItsName : saved
            let advice = saved.isEmpty ? "take the name out of that file and reload the web server, or give the site its place back: sudo install.sh rollback"
                : takeAgain
            return [.problem("address", "another server block answers for \(place.name)"
                             + (files.isEmpty ? "" : ": \(files.joined(separator: ", "))"), advice: advice)]
        case .ours where saved.isEmpty: return [.ok("address", "this site answers at \(place.url), in the place of \(place.folder)")]
        case .unknown where saved.isEmpty: return []
        case .ours, .unknown:
            return [.warning("address", "\(saved.joined(separator: ", ")) was saved by another program since the takeover: another server block "
                             + "may answer for \(place.name) when the web server is reloaded", advice: takeAgain)]
        }
    }
}
