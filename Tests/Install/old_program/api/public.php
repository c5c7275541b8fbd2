<?php
// One of the site's numbers.

require __DIR__ . '/../program.php';

$name = $_GET['show'] ?? '';
if (!setting('public')) {
    http_response_code(403);
    exit('开放数据接口已关闭!');
}
if (!in_array($name, setting('public_list'), true)) {
    http_response_code(400);
    exit('没有权限或参数错误!');
}
$files = new RecursiveIteratorIterator(new RecursiveDirectoryIterator(ROOT . setting('path'), FilesystemIterator::SKIP_DOTS));
exit($name === 'time' ? date('Y-m-d H:i:s') : (string) iterator_count($files));
