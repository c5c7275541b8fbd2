<?php
// The pictures of a day.

require __DIR__ . '/../program.php';

$date = preg_match('#^\d{4}/\d\d/\d\d/$#', $_GET['date'] ?? '') ? $_GET['date'] : date('Y/m/d/');
$cards = '';
foreach (glob(ROOT . setting('path') . $date . '*.*') as $file) {
    $cards .= '<img src="thumb.php?img=' . htmlspecialchars(setting('path') . $date . basename($file)) . '">';
}
page('gallery', $cards ?: '今天还没有上传的图片哟~~');
