<?php
// The settings, which only an administrator may see.

require __DIR__ . '/../program.php';
header('refresh: 2;url=' . setting('domain') . '/admin/index.php');
page('settings', '请登录');
