// The totals at the top of the API page: pictures, views, the largest file, uploads.

import HTTP
import JSONText
import MediaStore
import Settings

struct StatisticsReply: Reply {
    let response: Response

    init(_ statistics: SiteStatistics, _ settings: Settings) {
        response = Response(.ok, json: [
            "success": true,
            "data": [
                "images": .int(Int64(statistics.images)), "videos": .int(Int64(statistics.videos)),
                "views": .int(Int64(statistics.views)), "uploads": .int(Int64(statistics.uploads)),
                "max_file_size": .int(Int64(settings.largestUpload)), "max_image_size": .int(Int64(settings.imageMaxBytes)),
                "max_video_size": .int(Int64(settings.videoUpload ? settings.videoMaxBytes : 0)),
            ],
        ])
    }
}
