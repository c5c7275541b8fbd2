// `imagebed doctor`: checks a site without changing anything; each finding names a remedy.

import Disk
import JSONText
import Site

extension Command {
    static let doctor = Command(
        "doctor", "Look for what is wrong with the site, and say what to do.",
        details: "Ends with 1 when there is a problem; warnings alone end with 0. Nothing is changed.", options: [.json]
    ) { invocation in
        let data = invocation.data
        let place = ReplacedSite(data.path)
        try ServiceUser.become(ownerOf: data)
        let findings = Doctor.examine(data, place)
        if invocation.wantsJSON {
            Output.json(.array(findings.map(\.json)))
        } else {
            for finding in findings { Output.lines(finding.text) }
        }
        guard !findings.contains(where: { $0.level == .problem }) else { throw CommandFailure(.failed, "") }
    }
}
