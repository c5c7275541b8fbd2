<?php
// Deletes by link: what is deleted goes to the recycle bin.

require __DIR__ . '/../program.php';

if (!$_GET && !$_POST) {
    json(['code' => 200, 'msg' => '无效请求', 'type' => 'success', 'icon' => 'exclamation-sign', 'mode' => 'get', 'url' => null]);
}
if (!isset($_GET['hash'])) {
    exit('Permission denied');
}
$path = path_in($_GET['hash'], setting('password'));
$file = $path === false ? null : stored_file($path);
if (!$file) {
    json(['code' => 404, 'msg' => '文件不存在', 'type' => 'danger', 'icon' => 'exclamation-sign', 'mode' => 'delete', 'url' => $path]);
}
rename($file, ROOT . setting('path') . 'recycle/' . flat_name($path));
json(['code' => 200, 'msg' => '删除成功', 'type' => 'success', 'icon' => 'ok-sign', 'mode' => 'delete', 'url' => $path]);
