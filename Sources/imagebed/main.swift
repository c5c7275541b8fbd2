// imagebed, the command line of a site: a table of commands, one file for each group.

import Confinement
import Process

Confinement.hideMemory()
ThisProcess.end(CommandLineTool(commands: [
    setupCommand,
    userAdd, userList, userPassword, userCheck, userDisable, userEnable,
    keyCreate, keyList, keyRevoke,
    settingsGet, settingsSet, settingsList, settingsDocs, pathsCommand,
    jsonList, jsonLog, jsonShow, jsonExport, jsonGarbage, jsonBind, jsonHash,
    importCommand, exportCommand, garbageCommand, tallyCommand, rotateCommand, reloadCommand, doctorCommand,
    backupCommand, restoreCommand, verifyCommand,
]).run(Array(CommandLine.arguments.dropFirst())))
