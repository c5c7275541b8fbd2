// One job, one picture, one process: the only program of ours that links ImageMagick and libxml2. PictureWorker starts it; it
// answers with one line and an exit code. The jobs are in JobRunner.swift.

import PictureWorker

let answer = JobRunner.answer(to: Array(CommandLine.arguments.dropFirst()))
answer.leave()
