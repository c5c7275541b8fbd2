<?php
// Takes a picture from the upload page.

require __DIR__ . '/../program.php';
require __DIR__ . '/../upload.php';

header('Content-Type: application/json; charset=utf-8');
$part = $_FILES['file'] ?? null;
if (!$part) {
    json(['result' => 'failed', 'code' => 204, 'message' => '没有选择上传的文件']);
}
if (time() - (float) ($_POST['sign'] ?? 0) > 12306) {
    json(['result' => 'failed', 'code' => 403, 'systime' => time(), 'message' => '上传签名错误,请刷新重试']);
}
$path = store($part, '');
json($path ? answer($path, $part) : refusal($part));
