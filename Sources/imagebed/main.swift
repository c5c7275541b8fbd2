// imagebed, the command line of a site: the table of commands, which are defined in Command+GROUP.swift.

import Confinement
import Process

Confinement.hideMemory()
ThisProcess.end(CommandLineTool(commands: [
    .setup,
    .userAdd, .userList, .userPassword, .userCheck, .userDisable, .userEnable, .userApprove, .userRefuse,
    .userRole, .userQuota, .userDelete, .fileList, .fileShow, .fileDelete, .fileRestore, .fileRename, .fileReplace,
    .keyCreate, .keyList, .keyRevoke,
    .settingsGet, .settingsSet, .settingsLoad, .settingsList, .settingsDocs, .paths, .assetsDigest,
    .eventsDeliver, .eventsRun, .eventsSkip, .eventsRetry, .events,
    .jsonList, .jsonLog, .jsonShow, .jsonExport, .jsonGarbage, .jsonBind, .jsonHash,
    .importEasyImages, .exportEasyImages, .exportLinks, .oldSite, .nginxSite, .collectGarbage, .tally, .expire, .index, .rotate, .reload, .proxyBlock, .doctor,
    .backup, .restore, .verify, .move, .clusterCheck, .clusterHosts, .followNodes,
]).run(Array(CommandLine.arguments.dropFirst())))
