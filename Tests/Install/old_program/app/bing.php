<?php
// The picture of the day: here always the same.

require __DIR__ . '/../program.php';
send(ROOT . '/public/images/404.png', 'image/jpeg');
