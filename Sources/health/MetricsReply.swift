// The site's numbers in OpenMetrics' text format. docs/metrics.md says what they mean, and docs/grafana-dashboard.json shows them.

import HTTP
import MediaStore
import OpenMetrics
import Paths
import PictureWorker
import Site

struct MetricsReply: Reply {
    let response: Response

    init(_ metrics: SiteMetrics) {
        let families = [metrics.build] + metrics.ofRequests + metrics.ofPictures + [metrics.ofPushes, metrics.ofLimits] + metrics.ofData + [metrics.ofTimers]
        response = Response(.ok, Array(MetricFamily.text(families).utf8), type: MetricFamily.type)
    }
}

extension SiteMetrics {
    fileprivate var build: MetricFamily { .info("imagebed_build", "The version of the program.", ("version", version)) }

    fileprivate var ofRequests: [MetricFamily] {
        [
            .counter("imagebed_requests", "Requests that programs of the site answered, by path and status. What the web server answers by itself is not "
                + "among them.", requests.flatMap { row in
                row.statuses.map { MetricSample(MetricNumber($0.count), ("path", row.path.text), ("status", $0.status.map(String.init) ?? "other")) }
            }),
            .histogram("imagebed_request_duration_seconds", unit: "seconds", "How long programs worked on requests, by path.", requests.map { row in
                MetricHistogram(("path", row.path.text), bounds: RequestCounts.durationBounds.map { .seconds(microseconds: $0) }, counts: row.durations,
                                sum: .seconds(microseconds: row.microseconds))
            }),
        ]
    }

    fileprivate var ofPictures: [MetricFamily] {
        [
            .counter("imagebed_picture_jobs", "Pictures that were inspected, converted or made small, by outcome.",
                     pictures.map { MetricSample(MetricNumber($0.count), ("outcome", $0.outcome.rawValue)) }),
            .counter("imagebed_picture_wait_seconds", unit: "seconds", "How long these jobs waited for a slot, all together.",
                     [MetricSample(.seconds(microseconds: waited))]),
            .gauge("imagebed_picture_slots", "How many of these jobs can run at once.", [MetricSample(MetricNumber(queue.slots))]),
            .gauge("imagebed_picture_slots_busy", "How many run now.", [MetricSample(MetricNumber(queue.busy))]),
            .gauge("imagebed_picture_queue", "Whether a job waits for a slot now, for an upload or for somebody who looks at a page: 0 or 1.",
                   PictureDemand.allCases.map { MetricSample(queue.waiting.contains($0) ? 1 : 0, ("demand", $0.rawValue)) }),
        ]
    }

    fileprivate var ofPushes: MetricFamily {
        .counter("imagebed_sync_pushes", "Pushes of JSON files, by what became of them.",
                 pushes.map { MetricSample(MetricNumber($0.count), ("result", $0.result.rawValue)) })
    }

    fileprivate var ofLimits: MetricFamily {
        .counter("imagebed_limit_refusals", "Requests that were refused because an address, a key or an account had reached a limit, by its setting.",
                 refusals.map { MetricSample(MetricNumber($0.count), ("limit", $0.limit.rawValue)) })
    }

    fileprivate var ofData: [MetricFamily] {
        [
            .gauge("imagebed_disk_free_bytes", unit: "bytes", "Free space where the data folder and where the stored files are.",
                   disks.map { MetricSample(MetricNumber($0.free), ("folder", $0.folder)) }),
            .gauge("imagebed_disk_size_bytes", unit: "bytes", "The size of these file systems.",
                   disks.map { MetricSample(MetricNumber($0.size), ("folder", $0.folder)) }),
            .gauge("imagebed_files", "Stored files by type, unlisted ones too.", files.map { MetricSample(MetricNumber($0.files), ("type", $0.type.rawValue)) }),
            .gauge("imagebed_files_bytes", unit: "bytes", "Their bytes.", files.map { MetricSample(MetricNumber($0.bytes), ("type", $0.type.rawValue)) }),
            .counter("imagebed_uploads", "Files that were ever uploaded.", [MetricSample(MetricNumber(statistics.uploads))]),
            .gauge("imagebed_views", "Views of the files that are there.", [MetricSample(MetricNumber(statistics.views))]),
            .gauge("imagebed_accounts", "Accounts, disabled ones too.", [MetricSample(MetricNumber(accounts))]),
        ]
    }

    fileprivate var ofTimers: MetricFamily {
        .gauge("imagebed_timer_last_end_timestamp_seconds", unit: "seconds", "When the work of each timer last came to its end.",
               ends.map { MetricSample(MetricNumber($0.at), ("timer", $0.work.rawValue)) })
    }
}
