// One job, one picture, one process: the only program of ours that links ImageMagick and libxml2. It is started by
// PictureWorker and answers with one line and an exit code; what it does to a picture stands in JobRunner.swift.

import PictureWorker

let answer = JobRunner.answer(to: Array(CommandLine.arguments.dropFirst()))
answer.leave()
